import { asReplicatorError, ReplicatorError, type FailureCode } from '../core/failure.js';
import type { SecretArn, SecretName, VersionId } from '../core/names.js';
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

/** Carries out an update step. Rejects with ReplicatorError; `Raced` if the replica is no longer as it was observed. */
export async function updateReplica(store: SteadyStore, step: Update, update: ReplicaUpdate): Promise<WrittenHow> {
  const { arn } = update.replica;
  for (const preparation of step.prepare) {
    const prepare = preparation === 'restore' ? () => store.restore(arn) : () => store.tag(arn, update.tags);
    await racing(['InvalidRequest', 'NotFound'], prepare);
  }
  if (step.value === 'put') return putValue(store, step, arn, update);
  if (step.value === 'promote') return promoteVersion(store, step, arn, update.token);
  return step.prepare.includes('adopt') ? 'adopted' : 'restored';
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
