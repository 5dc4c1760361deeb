import type { Caller, ServiceName } from './identity.js';

/** A decoded request body or answer. The shape tables decide what is in it. */
export type Fields = Readonly<Record<string, unknown>>;

/** One request after its protocol has been read. */
export interface Call {
  readonly service: ServiceName;
  readonly operation: string;
  readonly region: string;
  readonly caller: Caller;
  readonly input: Fields;
  readonly requestId: string;
  readonly userAgent: string;
  /** `https://sqs.eu-west-1.amazonaws.com` or `http://127.0.0.1:4510`: where the caller reached us; queue URLs start with it. */
  readonly origin: string;
  /** A stale-read fault hit this call: describe and list answer from the state before the last write. */
  readonly stale: boolean;
}

/** Carries out a call; throws ServiceError. Synchronous, so that a call is atomic. */
export type Service = (call: Call) => Fields;
