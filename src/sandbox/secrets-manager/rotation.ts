import type { Fields } from '../call.js';
import { optionalText, textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { attach, detach, holderOf } from './labels.js';
import { resolve } from './resolve.js';
import { commit, demandWritable, type Scope } from './scope.js';
import { PENDING, type SecretState } from './state.js';
import { tokenOf } from './versions.js';

/** Starts a rotation; what the rotation function then does comes in through `Sandbox.rotate`. */
export type StartRotation = (secret: SecretState, versionId: string, lambdaArn: string) => void;

/** Announces a version without a value under AWSPENDING, as the service does before it calls the rotation function. */
export function rotateSecret(scope: Scope, input: Fields, start: StartRotation | undefined): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandWritable(secret);
  const lambdaArn = optionalText(input, 'RotationLambdaARN') ?? secret.rotation?.lambdaArn;
  if (lambdaArn === undefined || start === undefined) {
    throw new ServiceError(
      'InvalidRequestException',
      'The secret has no rotation function, and the request names none.',
    );
  }
  const pending = holderOf(secret.versions, PENDING);
  if (pending !== undefined && pending.stages.length === 1) {
    throw new ServiceError('InvalidRequestException', 'A previous rotation is not complete.');
  }
  const token = tokenOf(input);
  const rules = (input['RotationRules'] as Fields | undefined) ?? secret.rotation?.rules;
  const enabled: SecretState = { ...secret, rotationEnabled: true, rotation: { enabled: true, lambdaArn, rules } };
  if (input['RotateImmediately'] === false) commit(scope, secret, enabled);
  else {
    commit(scope, secret, announced(scope, enabled, token));
    start(enabled, token, lambdaArn);
  }
  return { ARN: secret.arn, Name: secret.name, VersionId: token };
}

/** The secret with an empty version under AWSPENDING. */
export function announced(scope: { now: number }, secret: SecretState, id: string): SecretState {
  if (secret.versions.some((version) => version.id === id)) {
    return { ...secret, versions: attach(secret.versions, id, PENDING) };
  }
  const fresh = { id, stages: [], createdAt: scope.now };
  return { ...secret, versions: attach([...secret.versions, fresh], id, PENDING) };
}

export function cancelRotateSecret(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandWritable(secret);
  if (!secret.rotationEnabled) {
    throw new ServiceError('InvalidRequestException', 'Rotation is not configured for the secret.');
  }
  const pending = holderOf(secret.versions, PENDING);
  const versions = pending === undefined ? secret.versions : detach(secret.versions, pending.id, PENDING);
  commit(scope, secret, {
    ...secret,
    versions,
    rotationEnabled: false,
    rotation: { ...secret.rotation, enabled: false },
  });
  return { ARN: secret.arn, Name: secret.name, VersionId: pending?.id };
}
