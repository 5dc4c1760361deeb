import type { Fields } from '../call.js';
import { textOf } from '../fields.js';
import { partitionOf } from '../identity.js';
import { ServiceError } from '../service-error.js';
import { resolve } from './resolve.js';
import { commit, demandWritable, type Scope } from './scope.js';
import { isReplica, type ReplicaStatus, type SecretState } from './state.js';

export function replicateSecretToRegions(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandWritable(secret);
  return { ARN: secret.arn, ReplicationStatus: replicationStatus(replicate(scope, secret, input)) };
}

/** A name that is taken in a region shows as status Failed there; the call itself succeeds. */
export function replicate(scope: Scope, secret: SecretState, input: Fields): SecretState {
  const asked = input['AddReplicaRegions'] as { Region?: string; KmsKeyId?: string }[];
  const force = input['ForceOverwriteReplicaSecret'] === true;
  const added = asked.map(({ Region = '', KmsKeyId }) => {
    demandRegion(secret, Region);
    const taken = scope.stores.of(secret.account, Region).get(secret.name);
    const clash = taken !== undefined && !force && taken.primaryRegion !== secret.region;
    return clash
      ? failed(Region, KmsKeyId, 'Replication failed: Secret name already exists in this region.')
      : ({ region: Region, kmsKeyId: KmsKeyId, status: 'InSync' } as const);
  });
  const kept = secret.replication.filter(({ region }) => !added.some((other) => other.region === region));
  const next = { ...secret, replication: [...kept, ...added] };
  commit(scope, secret, next);
  for (const { status, message } of added) {
    const eventName = status === 'InSync' ? 'ReplicationSucceeded' : 'ReplicationFailed';
    scope.records.push({
      eventName,
      secretArn: secret.arn,
      ...(message === undefined ? {} : { errorMessage: message }),
    });
  }
  return next;
}

/** The replicas vanish at once. */
export function removeRegionsFromReplication(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandWritable(secret);
  const regions = new Set(input['RemoveReplicaRegions'] as string[]);
  for (const { region } of secret.replication) {
    const store = scope.stores.of(secret.account, region);
    const replica = store.get(secret.name);
    if (regions.has(region) && replica !== undefined && isReplica(replica)) store.remove(secret.name);
  }
  const next = { ...secret, replication: secret.replication.filter(({ region }) => !regions.has(region)) };
  commit(scope, secret, next);
  return { ARN: secret.arn, ReplicationStatus: replicationStatus(next) };
}

/** Called in the replica's region; makes it a secret of its own. */
export function stopReplicationToReplica(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  if (!isReplica(secret)) {
    throw new ServiceError('InvalidParameterException', 'The secret is not a replica; call this in a replica region.');
  }
  const primaries = scope.stores.of(secret.account, secret.primaryRegion ?? '');
  const primary = primaries.get(secret.name);
  if (primary !== undefined) {
    primaries.put({ ...primary, replication: primary.replication.filter(({ region }) => region !== secret.region) });
  }
  commit(scope, secret, { ...secret, primaryRegion: undefined });
  return { ARN: secret.arn };
}

export function replicationStatus(secret: SecretState): readonly Fields[] {
  return secret.replication.map(({ region, kmsKeyId, status, message }) => ({
    Region: region,
    KmsKeyId: kmsKeyId ?? 'alias/aws/secretsmanager',
    Status: status,
    StatusMessage: message ?? (status === 'InSync' ? 'Replication succeeded' : undefined),
  }));
}

function failed(region: string, kmsKeyId: string | undefined, message: string): ReplicaStatus {
  return { region, kmsKeyId, status: 'Failed', message };
}

function demandRegion(secret: SecretState, region: string): void {
  if (
    region === secret.region ||
    partitionOf(region) !== partitionOf(secret.region) ||
    !/^([a-z]+-)+\d+$/.test(region)
  ) {
    throw new ServiceError('InvalidParameterException', 'Invalid replica region.');
  }
}
