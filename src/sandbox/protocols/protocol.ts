import type { Fields } from '../call.js';
import type { ServiceError } from '../service-error.js';

/** A request as it comes over the wire; header names in lower case. */
export interface WireRequest {
  /** Only S3 looks at it; default: `GET`. */
  readonly method?: string | undefined;
  readonly path: string;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Uint8Array | string;
  /** `https://secretsmanager.eu-west-1.amazonaws.com`, without a path. */
  readonly origin: string;
}

export interface WireAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: Uint8Array;
}

/** How one of AWS's protocols writes an operation's name, its input, its output and its errors. */
export interface Protocol {
  readonly operation: (request: WireRequest) => string;
  readonly decode: (request: WireRequest) => Fields;
  readonly encode: (output: Fields, operation: string, requestId: string) => WireAnswer;
  readonly encodeError: (error: ServiceError, requestId: string) => WireAnswer;
}
