import type { Fields } from '../call.js';
import { textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { resolve } from './resolve.js';
import { commit, demandNotDeleted, demandPrimary, type Scope } from './scope.js';

/** Policies are kept and returned; the stand-in does not evaluate them. */
export function putResourcePolicy(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandPrimary(secret);
  demandNotDeleted(secret);
  const policy = textOf(input, 'ResourcePolicy');
  demandJsonObject(policy);
  commit(scope, secret, { ...secret, policy });
  return { ARN: secret.arn, Name: secret.name };
}

export function getResourcePolicy(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandNotDeleted(secret);
  return { ARN: secret.arn, Name: secret.name, ResourcePolicy: secret.policy };
}

export function deleteResourcePolicy(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandPrimary(secret);
  demandNotDeleted(secret);
  commit(scope, secret, { ...secret, policy: undefined });
  return { ARN: secret.arn, Name: secret.name };
}

function demandJsonObject(policy: string): void {
  try {
    const parsed: unknown = JSON.parse(policy);
    if (typeof parsed === 'object' && parsed !== null) return;
  } catch {
    // Falls through to the refusal: text that is no JSON and JSON that is no object end the same way.
  }
  throw new ServiceError('MalformedPolicyDocumentException', 'The resource policy is not a valid policy document.');
}
