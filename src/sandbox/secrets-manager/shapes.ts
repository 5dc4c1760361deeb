import type { Members, Shape } from '../shape.js';

/** Constraints of the service model 2017-10-17, operation by operation. */
const secretId = { type: 'string', min: 1, max: 2048, required: true } as const;
const token = { type: 'string', min: 32, max: 64 } as const;
const stage = { type: 'string', min: 1, max: 256 } as const;
// For text the quota page counts characters and the model says length; bytes are the stricter reading.
const secretString = { type: 'string', min: 1, max: 65_536, bytes: true } as const;
const secretBinary = { type: 'blob', min: 1, max: 65_536 } as const;
const description = { type: 'string', max: 2048 } as const;
const kmsKeyId = { type: 'string', max: 2048 } as const;
const partner = { type: 'string', max: 256 } as const;
const flag = { type: 'boolean' } as const;
const nextToken = { type: 'string', min: 1, max: 4096 } as const;
const region = { type: 'string', min: 1, max: 128 } as const;
const tags: Shape = {
  type: 'list',
  member: {
    type: 'structure',
    members: { Key: { type: 'string', min: 1, max: 128 }, Value: { type: 'string', max: 256 } },
  },
};
const replicas: Shape = {
  type: 'list',
  min: 1,
  member: { type: 'structure', members: { Region: region, KmsKeyId: kmsKeyId } },
};
const filters: Shape = {
  type: 'list',
  max: 10,
  member: {
    type: 'structure',
    members: {
      Key: {
        type: 'string',
        oneOf: ['description', 'name', 'tag-key', 'tag-value', 'primary-region', 'owning-service', 'all'],
      },
      Values: { type: 'list', min: 1, max: 10, member: { type: 'string', max: 512 } },
    },
  },
};
const count = (max: number) => ({ type: 'number', integer: true, min: 1, max }) as const;
const onlyId: Members = { SecretId: secretId };

export const SHAPES = {
  CreateSecret: {
    Name: { type: 'string', min: 1, max: 512, required: true },
    ClientRequestToken: token,
    Description: description,
    KmsKeyId: kmsKeyId,
    SecretBinary: secretBinary,
    SecretString: secretString,
    Tags: tags,
    AddReplicaRegions: replicas,
    ForceOverwriteReplicaSecret: flag,
    Type: partner,
  },
  PutSecretValue: {
    SecretId: secretId,
    ClientRequestToken: token,
    SecretBinary: secretBinary,
    SecretString: secretString,
    VersionStages: { type: 'list', min: 1, max: 20, member: stage },
    RotationToken: { type: 'string', min: 36, max: 256 },
  },
  UpdateSecret: {
    SecretId: secretId,
    ClientRequestToken: token,
    Description: description,
    KmsKeyId: kmsKeyId,
    SecretBinary: secretBinary,
    SecretString: secretString,
    Type: partner,
  },
  UpdateSecretVersionStage: {
    SecretId: secretId,
    VersionStage: { ...stage, required: true },
    RemoveFromVersionId: token,
    MoveToVersionId: token,
  },
  GetSecretValue: { SecretId: secretId, VersionId: token, VersionStage: stage },
  BatchGetSecretValue: {
    SecretIdList: { type: 'list', min: 1, max: 20, member: { type: 'string', min: 1, max: 2048 } },
    Filters: filters,
    MaxResults: count(20),
    NextToken: nextToken,
  },
  DescribeSecret: onlyId,
  ListSecrets: {
    IncludePlannedDeletion: flag,
    MaxResults: count(100),
    NextToken: nextToken,
    Filters: filters,
    SortOrder: { type: 'string', oneOf: ['asc', 'desc'] },
    SortBy: { type: 'string', oneOf: ['created-date', 'last-accessed-date', 'last-changed-date', 'name'] },
  },
  ListSecretVersionIds: { SecretId: secretId, MaxResults: count(100), NextToken: nextToken, IncludeDeprecated: flag },
  DeleteSecret: {
    SecretId: secretId,
    RecoveryWindowInDays: { type: 'number', integer: true },
    ForceDeleteWithoutRecovery: flag,
  },
  RestoreSecret: onlyId,
  TagResource: { SecretId: secretId, Tags: { ...tags, required: true } },
  UntagResource: {
    SecretId: secretId,
    TagKeys: { type: 'list', member: { type: 'string', min: 1, max: 128 }, required: true },
  },
  PutResourcePolicy: {
    SecretId: secretId,
    ResourcePolicy: { type: 'string', min: 1, max: 20_480, required: true },
    BlockPublicPolicy: flag,
  },
  GetResourcePolicy: onlyId,
  DeleteResourcePolicy: onlyId,
  ReplicateSecretToRegions: {
    SecretId: secretId,
    AddReplicaRegions: { ...replicas, required: true },
    ForceOverwriteReplicaSecret: flag,
  },
  RemoveRegionsFromReplication: {
    SecretId: secretId,
    RemoveReplicaRegions: { type: 'list', min: 1, member: region, required: true },
  },
  StopReplicationToReplica: onlyId,
  RotateSecret: {
    SecretId: secretId,
    ClientRequestToken: token,
    RotationLambdaARN: { type: 'string', max: 2048 },
    RotationRules: { type: 'any' },
    RotateImmediately: flag,
  },
  CancelRotateSecret: onlyId,
  GetRandomPassword: {
    PasswordLength: { type: 'number', integer: true, min: 1, max: 4096 },
    ExcludeCharacters: { type: 'string', max: 4096 },
    ExcludeNumbers: flag,
    ExcludePunctuation: flag,
    ExcludeUppercase: flag,
    ExcludeLowercase: flag,
    IncludeSpace: flag,
    RequireEachIncludedType: flag,
  },
} as const satisfies Record<string, Members>;

export type OperationName = keyof typeof SHAPES;
