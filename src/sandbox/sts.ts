import type { Call, Fields } from './call.js';
import type { Roles } from './roles.js';
import { ServiceError } from './service-error.js';

const SESSION_NAME = /^[\w+=,.@-]{2,64}$/;
const EXTERNAL_ID = /^[\w+=,.@:/-]{2,1224}$/;

/** AssumeRole and GetCallerIdentity. */
export function callSts(roles: Roles, call: Call): Fields {
  switch (call.operation) {
    case 'AssumeRole':
      return assumeRole(roles, call);
    case 'GetCallerIdentity':
      return { UserId: call.caller.principalId, Account: call.caller.account, Arn: call.caller.arn };
    default:
      throw new ServiceError('InvalidAction', `STS has no operation "${call.operation}".`);
  }
}

function assumeRole(roles: Roles, { caller, input }: Call): Fields {
  const roleArn = text(input, 'RoleArn', /^.{20,2048}$/s);
  const sessionName = text(input, 'RoleSessionName', SESSION_NAME);
  const externalId = input['ExternalId'] === undefined ? undefined : text(input, 'ExternalId', EXTERNAL_ID);
  const durationSeconds = Number(input['DurationSeconds'] ?? 3_600);
  if (!(durationSeconds >= 900 && durationSeconds <= 43_200)) {
    throw new ServiceError('ValidationError', 'DurationSeconds must be between 900 and 43200.');
  }
  const assumed = roles.assume(caller, { roleArn, sessionName, externalId, durationSeconds });
  const { accessKeyId, secretAccessKey, sessionToken, expiration } = assumed.credentials;
  return {
    Credentials: {
      AccessKeyId: accessKeyId,
      SecretAccessKey: secretAccessKey,
      SessionToken: sessionToken,
      Expiration: expiration.toISOString(),
    },
    AssumedRoleUser: { AssumedRoleId: assumed.caller.principalId, Arn: assumed.caller.arn },
    PackedPolicySize: 0,
  };
}

function text(input: Fields, key: string, form: RegExp): string {
  const value = input[key];
  if (typeof value === 'string' && form.test(value)) return value;
  throw new ServiceError(
    'ValidationError',
    `1 validation error detected: Value at '${key}' failed to satisfy constraint.`,
  );
}
