import type { Call } from '../call.js';
import { ServiceError } from '../service-error.js';
import type { SecretStore, SecretStores } from './store.js';
import { isReplica, type SecretState } from './state.js';

/** A secret before and after a write; `before` is absent for a new one. */
interface SecretChange {
  readonly before: SecretState | undefined;
  readonly after: SecretState;
}

/** An event that the service makes by itself, beside the record of the call. */
export interface ServiceRecord {
  readonly eventName: string;
  readonly secretArn: string;
  readonly extra?: Readonly<Record<string, string>>;
  readonly errorMessage?: string;
}

/** What an operation works with: its call, the caller's own store, and what it leaves behind for the event log. */
export interface Scope {
  readonly call: Call;
  /** Epoch milliseconds, read once for the call. */
  readonly now: number;
  readonly random: () => number;
  readonly stores: SecretStores;
  readonly store: SecretStore;
  readonly changes: SecretChange[];
  readonly records: ServiceRecord[];
  /** The secret that the call was about, once it is known. */
  arn: string | undefined;
}

/** Instants in answers: epoch seconds. */
export function seconds(atMs: number | undefined): number | undefined {
  return atMs === undefined ? undefined : atMs / 1000;
}

/** Stores the next state and brings the service's own replicas along. */
export function commit(scope: Scope, before: SecretState | undefined, after: SecretState): void {
  scope.arn = after.arn;
  scope.store.put(after);
  scope.changes.push({ before, after });
  for (const replica of after.replication) {
    if (replica.status === 'InSync') copyToReplica(scope, after, replica.region, replica.kmsKeyId);
  }
}

/**
 * Same name, suffix, versions, tags and policy; own region in the ARN, own key. No event is sent in the replica's region:
 * that the service sends one there is not confirmed.
 */
function copyToReplica(scope: Scope, primary: SecretState, region: string, kmsKeyId: string | undefined): void {
  const store = scope.stores.of(primary.account, region);
  store.put({
    ...primary,
    region,
    arn: primary.arn.replace(`:${primary.region}:`, `:${region}:`),
    kmsKeyId,
    primaryRegion: primary.region,
    replication: [],
    accessedAt: store.get(primary.name)?.accessedAt,
  });
}

/** Refuses what the service refuses to change: scheduled for deletion, kept by another service, or a native replica. */
export function demandWritable(secret: SecretState): void {
  demandPrimary(secret);
  demandNotDeleted(secret);
  if (secret.owningService !== undefined) {
    throw new ServiceError(
      'InvalidRequestException',
      `The secret is managed by ${secret.owningService}; only that service can change it.`,
    );
  }
}

export function demandPrimary(secret: SecretState): void {
  if (isReplica(secret)) {
    throw new ServiceError(
      'InvalidParameterException',
      `Operation not permitted on a replica secret. Call it in the primary's region, ${secret.primaryRegion}.`,
    );
  }
}

export function demandNotDeleted(secret: SecretState): void {
  if (secret.deletedAt !== undefined) {
    throw new ServiceError(
      'InvalidRequestException',
      'The operation cannot be performed because the secret is marked for deletion.',
    );
  }
}
