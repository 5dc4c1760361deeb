import type { Fields } from '../call.js';
import { optionalNumber, textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { resolve } from './resolve.js';
import { commit, demandNotDeleted, demandPrimary, seconds, type Scope } from './scope.js';
import type { SecretState } from './state.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const DEFAULT_WINDOW_DAYS = 30;

/** Schedules the deletion, or with force deletes at once (the service does so in the background). */
export function deleteSecret(scope: Scope, input: Fields): Fields {
  const force = input['ForceDeleteWithoutRecovery'] === true;
  const days = optionalNumber(input, 'RecoveryWindowInDays');
  demandWindow(days, force);
  const secret = find(scope, textOf(input, 'SecretId'), force);
  if (secret === undefined) return forgotten(scope, textOf(input, 'SecretId'));
  demandDeletable(secret);
  if (force) return gone(scope, secret);
  demandNotDeleted(secret);
  const deletedAt = scope.now + (days ?? DEFAULT_WINDOW_DAYS) * DAY_MS;
  commit(scope, secret, { ...secret, deletedAt, changedAt: scope.now });
  recordVersions(scope, secret, 'StartSecretVersionDelete');
  return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(deletedAt) };
}

/** Also succeeds for a secret that is not scheduled for deletion: there is then nothing to cancel. */
export function restoreSecret(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandPrimary(secret);
  if (secret.deletedAt !== undefined) {
    commit(scope, secret, { ...secret, deletedAt: undefined, changedAt: scope.now });
    recordVersions(scope, secret, 'CancelSecretVersionDelete');
  }
  return { ARN: secret.arn, Name: secret.name };
}

function demandWindow(days: number | undefined, force: boolean): void {
  if (force && days !== undefined) {
    throw new ServiceError(
      'InvalidParameterException',
      'RecoveryWindowInDays and ForceDeleteWithoutRecovery exclude each other.',
    );
  }
  if (days !== undefined && (days < 7 || days > 30)) {
    throw new ServiceError('InvalidParameterException', 'RecoveryWindowInDays must be between 7 and 30 days.');
  }
}

function demandDeletable(secret: SecretState): void {
  demandPrimary(secret);
  if (secret.replication.length > 0) {
    throw new ServiceError(
      'InvalidParameterException',
      'A secret with replicas cannot be deleted; remove its replicas first.',
    );
  }
  if (secret.owningService !== undefined) {
    throw new ServiceError('InvalidRequestException', `The secret is managed by ${secret.owningService}.`);
  }
}

/** Forced deletion succeeds for a missing secret. */
function find(scope: Scope, secretId: string, force: boolean): SecretState | undefined {
  try {
    return resolve(scope, secretId);
  } catch (error) {
    if (force && error instanceof ServiceError && error.code === 'ResourceNotFoundException') return undefined;
    throw error;
  }
}

function gone(scope: Scope, secret: SecretState): Fields {
  scope.store.remove(secret.name);
  recordVersions(scope, secret, 'EndSecretVersionDelete');
  return { ARN: secret.arn, Name: secret.name, DeletionDate: seconds(scope.now) };
}

function forgotten(scope: Scope, secretId: string): Fields {
  return { Name: secretId, DeletionDate: seconds(scope.now) };
}

function recordVersions(scope: Scope, secret: SecretState, eventName: string): void {
  for (const version of secret.versions) {
    scope.records.push({ eventName, secretArn: secret.arn, extra: { SecretVersionId: version.id } });
  }
}
