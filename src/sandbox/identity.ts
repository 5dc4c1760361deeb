import { ServiceError } from './service-error.js';

/** Signing names of the services that the stand-in has. */
export type ServiceName = 'secretsmanager' | 'sts' | 'monitoring' | 'sqs' | 'events' | 's3';

/** Who signed a request. */
export interface Caller {
  readonly accessKeyId: string;
  readonly account: string;
  readonly arn: string;
  readonly principalId: string;
  /** Present when the credentials came from AssumeRole. */
  readonly roleArn?: string | undefined;
  /** Epoch milliseconds at which the credentials end. */
  readonly expiresAt?: number | undefined;
}

/** The credential scope of a Signature Version 4 header. The signature itself is not verified. */
export interface Scope {
  readonly accessKeyId: string;
  readonly region: string;
  readonly service: ServiceName;
}

const SCOPE = /Credential=([^/\s,]+)\/\d{8}\/([a-z0-9-]+)\/([a-z0-9-]+)\/aws4_request/;
const SERVICES: ReadonlySet<string> = new Set<ServiceName>([
  'secretsmanager',
  'sts',
  'monitoring',
  'sqs',
  'events',
  's3',
]);

/** Refuses a request without a credential scope, as the service does, and one for a service the stand-in lacks. */
export function readScope(authorization: string | undefined): Scope {
  if (authorization === undefined) {
    throw new ServiceError('MissingAuthenticationTokenException', 'Missing Authentication Token');
  }
  const match = SCOPE.exec(authorization);
  if (match === null) {
    throw new ServiceError('IncompleteSignatureException', 'Authorization header has no Credential scope.');
  }
  const [, accessKeyId = '', region = '', service = ''] = match;
  if (!SERVICES.has(service)) {
    throw new ServiceError('UnknownOperationException', `The stand-in has no service "${service}".`);
  }
  return { accessKeyId, region, service: service as ServiceName };
}

/** `aws`, `aws-cn` or `aws-us-gov`: the second part of every ARN. */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  return region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}
