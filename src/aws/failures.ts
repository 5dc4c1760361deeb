import { ReplicatorError, type FailureCode } from '../core/failure.js';

/** Error names of Secrets Manager, STS, SQS, CloudWatch and KMS behind them (aws-facts A10, F). */
const BY_NAME: ReadonlyMap<string, FailureCode> = new Map<string, FailureCode>([
  ['TooManyRequestsException', 'Throttled'],
  ['RequestLimitExceeded', 'Throttled'],
  ['BandwidthLimitExceeded', 'Throttled'],
  ['ProvisionedThroughputExceededException', 'Throttled'],
  ['PriorRequestNotComplete', 'Throttled'],
  ['TransactionInProgressException', 'Throttled'],
  ['SlowDown', 'Throttled'],
  ['LimitExceededException', 'LimitExceeded'],
  ['TimeoutError', 'Timeout'],
  ['RequestTimeout', 'Timeout'],
  ['RequestTimeoutException', 'Timeout'],
  ['ResourceNotFoundException', 'NotFound'],
  ['ResourceExistsException', 'AlreadyExists'],
  ['InvalidRequestException', 'InvalidRequest'],
  ['InvalidParameterException', 'InvalidParameter'],
  ['ValidationException', 'InvalidParameter'],
  ['SerializationException', 'InvalidParameter'],
  ['EncryptionFailure', 'KeyUnavailable'],
  ['DecryptionFailure', 'KeyUnavailable'],
  ['AccessDeniedException', 'AccessDenied'],
  ['AccessDenied', 'AccessDenied'],
  ['RegionDisabledException', 'AccessDenied'],
  ['CredentialsProviderError', 'CredentialsExpired'],
  ['UnrecognizedClientException', 'CredentialsExpired'],
  ['InvalidClientTokenId', 'CredentialsExpired'],
]);

/**
 * Words in the names of everything else. Services spell them in many ways, with a prefix or a suffix of their own, and a
 * cause that passes must not be taken for one that lasts.
 */
const BY_WORD: readonly (readonly [RegExp, FailureCode])[] = [
  [/thrott/i, 'Throttled'],
  [/^Internal|Unavailable/, 'ServiceError'],
  // A clock that is wrong, a signature that took too long to arrive, a session at its end: new credentials or a moment mend them.
  [/Expired|Signature|Skewed/, 'CredentialsExpired'],
];

interface ServiceFault {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  /** Set on every error that a service answered with. */
  readonly $fault?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string };
}

/** What a name may look like; a service, or something between it and us, might send any text in its place. */
const IDENTIFIER = /^[\w.]{1,64}$/;

/**
 * Whatever an SDK call threw, as ours. The sentence holds the error's name and request id, never the service's own message,
 * which may quote a parameter; for the same reason the SDK's error is not kept as the cause.
 */
export function failureOf(thrown: unknown, operation: string, region: string): ReplicatorError {
  if (thrown instanceof ReplicatorError) return thrown;
  const fault = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as ServiceFault;
  const code = codeOf(fault, 0);
  const { httpStatusCode, requestId } = fault.$metadata ?? {};
  // What the socket or TLS ran into says more than that it was an error.
  const names = isOfNetwork(fault) ? [fault.code, fault.name] : [fault.name];
  const name = names.find((one): one is string => typeof one === 'string' && IDENTIFIER.test(one)) ?? typeof thrown;
  const traces = [
    httpStatusCode === undefined ? '' : `HTTP ${httpStatusCode}`,
    requestId === undefined ? '' : `request ${requestId}`,
  ];
  const detail = traces.filter((text) => text !== '').join(', ');
  const hint = name === 'CredentialsProviderError' ? NO_CREDENTIALS : '';
  return new ReplicatorError(
    code,
    `${operation} in ${region} failed: ${name}${detail === '' ? '' : ` (${detail})`}${hint}`,
  );
}

const NO_CREDENTIALS =
  '; there are no credentials: set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or log in again';

/** Causes are followed this deep, as the SDK itself does. */
const MAX_CAUSES = 10;

function codeOf(fault: ServiceFault, depth: number): FailureCode {
  const named = codeOfName(typeof fault.name === 'string' ? fault.name : '');
  if (named !== undefined) return named;
  if (fault.name === 'AbortError') return 'DeadlineReached';
  if (isOfNetwork(fault)) return 'Network';
  const status = fault.$metadata?.httpStatusCode;
  if (status !== undefined) return codeOfStatus(status, fault.name === 'SyntaxError');
  if (typeof fault.cause === 'object' && fault.cause !== null && depth < MAX_CAUSES)
    return codeOf(fault.cause, depth + 1);
  return 'Unexpected';
}

/** A code beside an error of no service: the socket's, the resolver's, TLS's or the HTTP parser's. */
function isOfNetwork({ name, code, $fault }: ServiceFault): boolean {
  return typeof code === 'string' && $fault === undefined && !OUR_MISTAKES.has(name);
}

/** Node gives these a code as well; they are nobody's but ours. */
const OUR_MISTAKES: ReadonlySet<unknown> = new Set(['TypeError', 'RangeError', 'SyntaxError', 'ReferenceError']);

function codeOfName(name: string): FailureCode | undefined {
  return BY_NAME.get(name) ?? BY_WORD.find(([word]) => word.test(name))?.[1];
}

/** An answer without a name that we know. One that cannot be read was cut short or is somebody else's, a proxy's page for instance. */
function codeOfStatus(status: number, isGarbled: boolean): FailureCode {
  if (status === 401 || status === 403) return 'AccessDenied';
  if (status === 408) return 'Timeout';
  if (status === 429) return 'Throttled';
  return status < 400 || status >= 500 || isGarbled ? 'ServiceError' : 'InvalidRequest';
}
