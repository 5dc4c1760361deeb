import type { AwsCredentialIdentityProvider, RequestHandler } from '@smithy/types';

// The handler's generics differ between the SDK's clients; what we pass through is the same object for all of them.
// oxlint-disable-next-line typescript/no-explicit-any
export type HttpHandler = RequestHandler<any, any, any>;

/** What a client of any service is made from. */
export interface ClientConfig {
  readonly region: string;
  readonly maxAttempts: number;
  readonly requestHandler: HttpHandler;
  /** Default: the environment's. */
  readonly credentials?: AwsCredentialIdentityProvider;
}
