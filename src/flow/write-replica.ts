import { assertNever } from '../core/assert-never.js';
import { asReplicatorError, ReplicatorError, type FailureCode } from '../core/failure.js';
import type { SecretArn, SecretName, VersionId } from '../core/names.js';
import type { MetadataChange } from '../core/metadata.js';
import type { WrittenHow } from '../core/outcome.js';
import type { Step } from '../core/plan.js';
import { CURRENT, type SecretDescription } from '../core/secret-description.js';
import type { SecretValue } from '../core/secret-value.js';
import type { SteadyStore } from './steady-store.js';

export type Update = Extract<Step, { kind: 'update' }>;

export interface NewReplica {
  readonly name: SecretName;
  readonly token: VersionId;
  readonly value: SecretValue;
  readonly description: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly kmsKeyId: string | undefined;
}

/** Makes the replica. Rejects with ReplicatorError; `Raced` if something else took the name meanwhile. */
export async function createReplica(store: SteadyStore, replica: NewReplica): Promise<WrittenHow> {
  const { description, kmsKeyId, ...rest } = replica;
  const secret = {
    ...rest,
    ...(description === undefined ? {} : { description }),
    ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
  };
  await racing(['AlreadyExists', 'InvalidRequest'], () => store.create(secret));
  return 'created';
}

export interface ReplicaUpdate {
  readonly replica: SecretDescription;
  readonly token: VersionId;
  readonly tags: ReadonlyMap<string, string>;
  /** Called only where the step puts a value. */
  readonly value: () => SecretValue;
}

/**
 * Carries out an update step: what must come first, then the value, then what stands beside it. Rejects with
 * ReplicatorError; `Raced` if the replica is no longer as it was observed.
 */
export async function updateReplica(store: SteadyStore, step: Update, update: ReplicaUpdate): Promise<WrittenHow> {
  const { arn } = update.replica;
  for (const preparation of step.prepare) {
    const prepare = preparation === 'restore' ? () => store.restore(arn) : () => store.tag(arn, update.tags);
    await racing(['InvalidRequest', 'NotFound'], prepare);
  }
  const how = await updateValue(store, step, update);
  if (step.metadata !== undefined) await amendReplica(store, arn, step.metadata);
  return how;
}

function updateValue(store: SteadyStore, step: Update, update: ReplicaUpdate): Promise<WrittenHow> {
  const { arn } = update.replica;
  switch (step.value) {
    case 'put':
      return putValue(store, step, arn, update);
    case 'promote':
      return promoteVersion(store, step, arn, update.token);
    case 'keep':
      return Promise.resolve(withoutValue(step));
    default:
      return assertNever(step.value);
  }
}

/** How a step ends that leaves the value as it is. */
export function withoutValue({ prepare }: Update): WrittenHow {
  if (prepare.includes('adopt')) return 'adopted';
  return prepare.includes('restore') ? 'restored' : 'amended';
}

async function amendReplica(store: SteadyStore, arn: SecretArn, change: MetadataChange): Promise<void> {
  const { tags, untag, ...rest } = change;
  const gone: FailureCode[] = ['InvalidRequest', 'NotFound'];
  if (Object.keys(rest).length > 0) await racing(gone, () => store.amend(arn, rest));
  // First what goes: if the record of copied tags were written without them, nothing would know of them any more.
  if (untag !== undefined) await racing(gone, () => store.untag(arn, untag));
  if (tags !== undefined) await racing(gone, () => store.tag(arn, tags));
}

async function putValue(store: SteadyStore, step: Update, arn: SecretArn, update: ReplicaUpdate): Promise<WrittenHow> {
  const value = update.value();
  const stages = await racing(['InvalidRequest', 'NotFound'], () => store.put(arn, update.token, value));
  // A version without any label is not listed, so a rollback to one looks like a new version: the put is then ignored.
  return stages.includes(CURRENT) ? 'put' : promoteVersion(store, step, arn, update.token);
}

async function promoteVersion(store: SteadyStore, step: Update, secret: SecretArn, to: VersionId): Promise<WrittenHow> {
  const lost: FailureCode[] = ['InvalidParameter', 'InvalidRequest', 'NotFound'];
  await racing(lost, () => store.promote({ secret, to, from: step.from }));
  return 'promoted';
}

/** Failures that mean "the world moved since it was observed" become `Raced`: the next round looks again and decides anew. */
async function racing<T>(codes: readonly FailureCode[], run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (thrown) {
    const error = asReplicatorError(thrown);
    if (!codes.includes(error.code)) throw error;
    throw new ReplicatorError('Raced', `the replica changed while it was written (${error.code})`, { cause: error });
  }
}
