import type { Fields } from '../call.js';
import { optionalText, textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { attachAll, detach, holderOf } from './labels.js';
import { resolve } from './resolve.js';
import { commit, demandWritable, type Scope } from './scope.js';
import { CURRENT, type SecretState, versionWithId } from './state.js';

/** The only compare-and-swap of the API: a label on another version moves only if the caller names that version. */
export function updateSecretVersionStage(scope: Scope, input: Fields): Fields {
  const label = textOf(input, 'VersionStage');
  const from = optionalText(input, 'RemoveFromVersionId');
  const to = optionalText(input, 'MoveToVersionId');
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandWritable(secret);
  if (from === undefined && to === undefined) {
    throw new ServiceError('InvalidParameterException', 'Give RemoveFromVersionId, MoveToVersionId or both.');
  }
  for (const id of [from, to]) demandVersion(secret, id);
  const next = to === undefined ? removed(secret, label, from) : moved(secret, label, from, to);
  commit(scope, secret, { ...secret, versions: next, changedAt: scope.now });
  return { ARN: secret.arn, Name: secret.name };
}

function moved(secret: SecretState, label: string, from: string | undefined, to: string): SecretState['versions'] {
  const holder = holderOf(secret.versions, label);
  // "If the label is attached and you either do not specify this parameter, or the version ID does not match, then the
  // operation fails": so a repeated move, whose label has already arrived, is refused when it names the old holder.
  if (from !== undefined && holder?.id !== from) throw notAttached(label, from);
  if (holder !== undefined && holder.id !== to && from === undefined) {
    throw new ServiceError(
      'InvalidParameterException',
      `The staging label ${label} is attached to version ${holder.id}; RemoveFromVersionId has to name that version.`,
    );
  }
  return attachAll(secret.versions, to, [label]);
}

function removed(secret: SecretState, label: string, from: string | undefined): SecretState['versions'] {
  if (from === undefined || holderOf(secret.versions, label)?.id !== from) throw notAttached(label, from ?? '');
  if (label === CURRENT) {
    throw new ServiceError(
      'InvalidParameterException',
      'AWSCURRENT can only be moved to another version, not removed.',
    );
  }
  return detach(secret.versions, from, label);
}

function demandVersion(secret: SecretState, id: string | undefined): void {
  if (id !== undefined && versionWithId(secret, id) === undefined) {
    throw new ServiceError('ResourceNotFoundException', `Secrets Manager can't find the version ${id} of the secret.`);
  }
}

function notAttached(label: string, id: string): ServiceError {
  return new ServiceError('InvalidParameterException', `The staging label ${label} is not attached to version ${id}.`);
}
