import type { Fields } from '../call.js';
import { optionalText, textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { customerKey } from './create.js';
import { resolve } from './resolve.js';
import { commit, demandNotDeleted, demandWritable, type Scope } from './scope.js';
import { CURRENT, PENDING, type SecretState, versionWithId } from './state.js';
import { contentOf, hasContent, sameContent, tokenOf, tokenReused, withVersion } from './versions.js';

/** A known token with the same value succeeds and does nothing: it moves no label either. */
export function putSecretValue(scope: Scope, input: Fields): Fields {
  const content = contentOf(input);
  if (content === undefined) {
    throw new ServiceError('InvalidRequestException', 'You must provide either SecretString or SecretBinary.');
  }
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandWritable(secret);
  const token = tokenOf(input);
  const known = versionWithId(secret, token);
  if (known !== undefined && hasContent(known)) {
    if (!sameContent(known, content)) throw tokenReused();
    return answer(secret, token);
  }
  const next = withVersion(scope, secret, token, content, stagesFor(secret, input['VersionStages']));
  commit(scope, secret, abandonRotation(scope, next, token));
  return answer(next, token);
}

/**
 * Without a list AWSCURRENT moves. The first version of a secret always gets it. With a list of custom labels only, the
 * API text implies that AWSCURRENT stays; a user-guide example says otherwise. The API text holds here.
 */
function stagesFor(secret: SecretState, stages: unknown): readonly string[] {
  const wanted = (stages as string[] | undefined) ?? [CURRENT];
  const isFirst = !secret.versions.some(hasContent);
  return isFirst && !wanted.includes(CURRENT) ? [CURRENT, ...wanted] : wanted;
}

/** A new current version by hand during a rotation drops AWSPENDING from the version the rotation had announced. */
function abandonRotation(scope: Scope, secret: SecretState, token: string): SecretState {
  const pending = secret.versions.find((version) => version.stages.includes(PENDING));
  const isManual = versionWithId(secret, token)?.stages.includes(CURRENT) === true;
  if (!isManual || pending === undefined || pending.id === token) return secret;
  scope.records.push({ eventName: 'RotationAbandoned', secretArn: secret.arn });
  const versions = secret.versions.map((version) =>
    version === pending ? { ...version, stages: version.stages.filter((stage) => stage !== PENDING) } : version,
  );
  return { ...secret, versions };
}

/** With a value it always moves AWSCURRENT; with metadata only it makes no version and returns no VersionId. */
export function updateSecret(scope: Scope, input: Fields): Fields {
  const content = contentOf(input);
  const secret = resolve(scope, textOf(input, 'SecretId'));
  if (!isKeyChangeOfReplica(secret, input)) demandWritable(secret);
  demandNotDeleted(secret);
  const described = withMetadata(scope, secret, input);
  if (content === undefined) {
    commit(scope, secret, described);
    return { ARN: secret.arn, Name: secret.name };
  }
  const token = tokenOf(input);
  // The operation text calls a known token an error, the encryption page says that values are compared. Stricter: error.
  if (versionWithId(secret, token) !== undefined) throw tokenReused();
  const next = withVersion(scope, described, token, content, [CURRENT]);
  commit(scope, secret, abandonRotation(scope, next, token));
  return { ARN: secret.arn, Name: secret.name, VersionId: token };
}

/** The one thing that may be changed on a native replica itself is its KMS key. */
function isKeyChangeOfReplica(secret: SecretState, input: Fields): boolean {
  const asked = Object.keys(input).filter((key) => key !== 'SecretId' && key !== 'ClientRequestToken');
  return secret.primaryRegion !== undefined && asked.length === 1 && asked[0] === 'KmsKeyId';
}

function withMetadata(scope: Scope, secret: SecretState, input: Fields): SecretState {
  return {
    ...secret,
    description: optionalText(input, 'Description') ?? secret.description,
    kmsKeyId: input['KmsKeyId'] === undefined ? secret.kmsKeyId : customerKey(input['KmsKeyId']),
    type: optionalText(input, 'Type') ?? secret.type,
    changedAt: scope.now,
  };
}

/** A known version that has lost all its labels is told without any. */
function answer(secret: SecretState, versionId: string): Fields {
  const stages = versionWithId(secret, versionId)?.stages ?? [];
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    VersionStages: stages.length === 0 ? undefined : stages,
  };
}
