import type { Fields } from '../call.js';
import { optionalNumber, optionalText, textOf } from '../fields.js';
import { decodeToken, encodeToken } from './paging.js';
import { replicationStatus } from './replication.js';
import { resolve } from './resolve.js';
import { seconds, type Scope } from './scope.js';
import type { SecretState } from './state.js';

export function describeSecret(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'), scope.call.stale);
  return {
    ...commonEntry(secret),
    VersionIdsToStages: stagesByVersion(secret),
    ReplicationStatus: secret.replication.length === 0 ? undefined : replicationStatus(secret),
  };
}

export function listEntry(secret: SecretState): Fields {
  return { ...commonEntry(secret), SecretVersionsToStages: stagesByVersion(secret) };
}

export function listSecretVersionIds(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'), scope.call.stale);
  const versions = secret.versions.filter(
    (version) => input['IncludeDeprecated'] === true || version.stages.length > 0,
  );
  const start = decodeToken('versions', optionalText(input, 'NextToken'));
  const end = start + (optionalNumber(input, 'MaxResults') ?? 100);
  return {
    Versions: versions.slice(start, end).map((version) => ({
      VersionId: version.id,
      VersionStages: version.stages.length === 0 ? undefined : version.stages,
      CreatedDate: seconds(version.createdAt),
      KmsKeyIds: [secret.kmsKeyId ?? 'DefaultEncryptionKey'],
    })),
    NextToken: end < versions.length ? encodeToken('versions', end) : undefined,
    ARN: secret.arn,
    Name: secret.name,
  };
}

/** What a description and a list entry share. Deprecated versions are hidden in both. */
function commonEntry(secret: SecretState): Fields {
  const tags = Object.entries(secret.tags);
  return {
    ARN: secret.arn,
    Name: secret.name,
    Type: secret.type,
    Description: secret.description,
    KmsKeyId: secret.kmsKeyId,
    RotationEnabled: secret.rotation === undefined ? undefined : secret.rotationEnabled,
    RotationLambdaARN: secret.rotation?.lambdaArn,
    RotationRules: secret.rotation?.rules,
    LastRotatedDate: seconds(secret.rotatedAt),
    LastChangedDate: seconds(secret.changedAt),
    LastAccessedDate: seconds(secret.accessedAt),
    DeletedDate: seconds(secret.deletedAt),
    Tags: tags.length === 0 ? undefined : tags.map(([Key, Value]) => ({ Key, Value })),
    OwningService: secret.owningService,
    CreatedDate: seconds(secret.createdAt),
    // Not confirmed for a primary; the model says "the Region the secret is in", so it is told once replicas exist.
    PrimaryRegion: secret.primaryRegion ?? (secret.replication.length > 0 ? secret.region : undefined),
  };
}

function stagesByVersion(secret: SecretState): Fields | undefined {
  const stages: Record<string, readonly string[]> = {};
  let count = 0;
  for (const version of secret.versions) {
    if (version.stages.length === 0) continue;
    stages[version.id] = version.stages;
    count += 1;
  }
  return count === 0 ? undefined : stages;
}
