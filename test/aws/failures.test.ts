import { describe, expect, test } from '@jest/globals';
import { failureOf } from '../../src/aws/failures.js';
import type { Remedy } from '../../src/core/failure.js';

const remedyOf = (thrown: unknown) => failureOf(thrown, 'DescribeSecret', 'us-east-1').remedy;
const codeOf = (thrown: unknown) => failureOf(thrown, 'DescribeSecret', 'us-east-1').code;
/** As a service answers: a name, a status, a side that is to blame. */
const answered = (name: string, httpStatusCode = 400) =>
  Object.assign(new Error('the value hunter2 is wrong'), { name, $fault: 'client', $metadata: { httpStatusCode } });
/** As Node's sockets, resolver, TLS and HTTP parser fail. */
const broken = (code: string, name = 'Error') => Object.assign(new Error('connect hunter2'), { name, code });

describe('an error of a service', () => {
  test.each<[string, number, Remedy]>([
    ['ThrottlingException', 400, 'again'],
    ['RequestThrottledException', 400, 'again'],
    ['KMS.ThrottlingException', 400, 'again'],
    ['KmsThrottled', 400, 'again'],
    ['ProvisionedThroughputExceededException', 400, 'again'],
    ['InternalServiceError', 500, 'again'],
    ['InternalServerError', 500, 'again'],
    ['InternalServiceException', 400, 'again'],
    ['ServiceUnavailableException', 400, 'again'],
    ['NotImplemented', 501, 'again'],
    ['Unknown', 503, 'again'],
    ['LimitExceededException', 400, 'later'],
    ['EncryptionFailure', 400, 'later'],
    ['DecryptionFailure', 400, 'later'],
    ['AccessDeniedException', 400, 'later'],
    ['OptInRequired', 403, 'later'],
    ['ExpiredTokenException', 400, 'later'],
    ['RequestExpired', 400, 'later'],
    ['RequestTimeTooSkewed', 400, 'later'],
    ['InvalidSignatureException', 400, 'later'],
    ['IncompleteSignatureException', 400, 'later'],
    ['SignatureDoesNotMatch', 403, 'later'],
    ['UnrecognizedClientException', 400, 'later'],
    ['CredentialsProviderError', 400, 'later'],
    ['ResourceNotFoundException', 400, 'never'],
    ['ResourceExistsException', 400, 'never'],
    ['InvalidRequestException', 400, 'never'],
    ['InvalidParameterException', 400, 'never'],
    ['ValidationException', 400, 'never'],
    ['PreconditionNotMetException', 400, 'never'],
    ['MalformedPolicyDocumentException', 400, 'never'],
    ['PublicPolicyException', 400, 'never'],
    ['constructor', 400, 'never'],
  ])('%s (%i) is tried %s', (name, status, remedy) => {
    expect(remedyOf(answered(name, status))).toBe(remedy);
  });
});

describe('an error on the way', () => {
  test.each([
    'ECONNRESET',
    'ECONNREFUSED',
    'EPIPE',
    'EPROTO',
    'EMFILE',
    'EADDRNOTAVAIL',
    'ENOTFOUND',
    'EAI_AGAIN',
    'CERT_HAS_EXPIRED',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'ERR_STREAM_PREMATURE_CLOSE',
    'HPE_INVALID_CONSTANT',
  ])('%s is the network, whatever it is wrapped in', (code) => {
    expect(codeOf(broken(code))).toBe('Network');
    expect(codeOf(broken(code, 'AggregateError'))).toBe('Network');
    expect(codeOf(new Error('wrapped', { cause: broken(code) }))).toBe('Network');
  });

  test('a time that ran out and a call that we ended are told apart', () => {
    expect(codeOf(broken('ETIMEDOUT', 'TimeoutError'))).toBe('Timeout');
    expect(codeOf(broken('ABORT_ERR', 'AbortError'))).toBe('DeadlineReached');
  });

  test('our own mistakes are no network', () => {
    expect(codeOf(broken('ERR_INVALID_ARG_TYPE', 'TypeError'))).toBe('Unexpected');
    expect(codeOf(new RangeError('hunter2'))).toBe('Unexpected');
  });
});

test.each([
  answered('ValidationException'),
  answered('hunter2 is not a name'),
  broken('ECONNRESET'),
  new TypeError('hunter2'),
  'hunter2',
  { name: 'hunter2'.repeat(20) },
])('whatever was thrown, what it says is not passed on', (thrown) => {
  const { message, cause } = failureOf(thrown, 'DescribeSecret', 'us-east-1');
  expect(message).not.toMatch(/hunter2/);
  expect(cause).toBeUndefined();
});

test('a call without credentials says where they may come from', () => {
  const error = Object.assign(new Error('hunter2'), { name: 'CredentialsProviderError' });
  expect(failureOf(error, 'DescribeSecret', 'us-east-1').message).toMatch(/there are no credentials: set AWS_PROFILE/);
});
