import { ReplicatorError, type FailureCode } from '../core/failure.js';

/** Error names of Secrets Manager, STS, SQS, CloudWatch and KMS behind them (aws-facts A10, F). */
const BY_NAME: Readonly<Record<string, FailureCode>> = {
  ThrottlingException: 'Throttled',
  Throttling: 'Throttled',
  ThrottledException: 'Throttled',
  TooManyRequestsException: 'Throttled',
  RequestLimitExceeded: 'Throttled',
  RequestThrottled: 'Throttled',
  SlowDown: 'Throttled',
  LimitExceededException: 'LimitExceeded',
  InternalServiceError: 'ServiceError',
  InternalFailure: 'ServiceError',
  ServiceUnavailable: 'ServiceError',
  TimeoutError: 'Timeout',
  RequestTimeout: 'Timeout',
  RequestTimeoutException: 'Timeout',
  ResourceNotFoundException: 'NotFound',
  ResourceExistsException: 'AlreadyExists',
  InvalidRequestException: 'InvalidRequest',
  InvalidParameterException: 'InvalidParameter',
  ValidationException: 'InvalidParameter',
  SerializationException: 'InvalidParameter',
  EncryptionFailure: 'KeyUnavailable',
  DecryptionFailure: 'KeyUnavailable',
  AccessDeniedException: 'AccessDenied',
  AccessDenied: 'AccessDenied',
  RegionDisabledException: 'AccessDenied',
  CredentialsProviderError: 'CredentialsExpired',
  ExpiredToken: 'CredentialsExpired',
  ExpiredTokenException: 'CredentialsExpired',
  UnrecognizedClientException: 'CredentialsExpired',
  InvalidClientTokenId: 'CredentialsExpired',
  InvalidSignatureException: 'CredentialsExpired',
};

/** Codes of Node's sockets and resolver that mean "not this time". */
const NETWORK: ReadonlySet<string> = new Set([
  'ECONNRESET',
  'ECONNREFUSED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_SOCKET',
]);

interface ServiceFault {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/**
 * Whatever an SDK call threw, as ours. The sentence holds the error's name and request id, never the service's own message,
 * which may quote a parameter; for the same reason the SDK's error is not kept as the cause.
 */
export function failureOf(thrown: unknown, operation: string, region: string): ReplicatorError {
  if (thrown instanceof ReplicatorError) return thrown;
  const fault = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as ServiceFault;
  const code = codeOf(fault, 0);
  const { httpStatusCode, requestId } = fault.$metadata ?? {};
  const name = typeof fault.name === 'string' ? fault.name : typeof thrown;
  const traces = [
    httpStatusCode === undefined ? '' : `HTTP ${httpStatusCode}`,
    requestId === undefined ? '' : `request ${requestId}`,
  ];
  const detail = traces.filter((text) => text !== '').join(', ');
  return new ReplicatorError(code, `${operation} in ${region} failed: ${name}${detail === '' ? '' : ` (${detail})`}`);
}

/** Causes are followed this deep, as the SDK itself does. */
const MAX_CAUSES = 10;

function codeOf(fault: ServiceFault, depth: number): FailureCode {
  const byName = typeof fault.name === 'string' ? BY_NAME[fault.name] : undefined;
  if (byName !== undefined) return byName;
  if (typeof fault.code === 'string' && NETWORK.has(fault.code)) return 'Network';
  if (fault.name === 'AbortError') return 'DeadlineReached';
  const status = fault.$metadata?.httpStatusCode;
  if (status !== undefined) return codeOfStatus(status, fault.name === 'SyntaxError');
  if (typeof fault.cause === 'object' && fault.cause !== null && depth < MAX_CAUSES)
    return codeOf(fault.cause, depth + 1);
  return 'Unexpected';
}

/** An answer without a name that we know. One that cannot be read was cut short or is somebody else's, a proxy's page for instance. */
function codeOfStatus(status: number, isGarbled: boolean): FailureCode {
  if (status === 401 || status === 403) return 'AccessDenied';
  if (status === 408) return 'Timeout';
  if (status === 429) return 'Throttled';
  return status < 400 || status >= 500 || isGarbled ? 'ServiceError' : 'InvalidRequest';
}
