import pLimit from 'p-limit';
import { deletionsAllowed, type DeletionBrakes, type RunSeen } from '../core/deletion-brakes.js';
import { asReplicatorError, type ReplicatorError } from '../core/failure.js';
import type { SecretId, SecretName } from '../core/names.js';
import { ownedSource } from '../core/ownership.js';
import type { SecretDescription } from '../core/secret-description.js';
import { selectsName } from '../core/selection.js';
import { targetAt } from './aim.js';
import type { Destination } from './destination.js';
import type { ReplicateAllDeps } from './replicate-all.js';
import { nameAt } from './rival.js';
import { isSelectedFor, subjectOf } from './subject.js';

/** A replica of ours that no source of this configuration wants, and the source that its tag names. */
export interface Orphan {
  readonly replica: SecretName;
  readonly source: SecretName;
}

/** The destination that would have given the replica this name, so that its rule on deletion is the one that counts. */
export function destinationOf(
  deps: ReplicateAllDeps,
  destinations: readonly Destination[],
  { replica, source }: Orphan,
): Destination | undefined {
  if (!selectsName(deps.config.source.select, source)) return undefined;
  return destinations.find((one) => selectsName(one.config.select, source) && nameAt(one, source) === replica);
}

/** Descriptions under way at once. */
const MAX_AT_ONCE = 10;

/**
 * Those whose source, described one by one, does not want them. Which of the others could not be told is not known, only
 * how many. Never rejects.
 */
export async function orphansAmong(
  deps: ReplicateAllDeps,
  destinations: readonly Destination[],
  replicas: readonly SecretDescription[],
): Promise<{ readonly orphans: readonly SecretDescription[]; readonly untold: number }> {
  let untold = 0;
  const judged = await pLimit(MAX_AT_ONCE).map(replicas, async (replica) => {
    const source = ownedSource(replica)?.name;
    if (source === undefined) return [];
    try {
      return (await isClaimed(deps, destinations, { replica: replica.name, source })) ? [] : [replica];
    } catch {
      untold += 1;
      return [];
    }
  });
  return { orphans: judged.flat(), untold };
}

/** True if the source lives and wants this very replica: the list was too old, or it has not come to it yet. */
async function isClaimed(
  deps: ReplicateAllDeps,
  destinations: readonly Destination[],
  { replica, source }: Orphan,
): Promise<boolean> {
  const subject = subjectOf(deps.config, await deps.source.describe(source as string as SecretId));
  if ('ignored' in subject) return subject.ignored === 'SourceWithoutValue';
  return destinations.some((destination) => {
    if (!isSelectedFor(destination, subject.description)) return false;
    const target = targetAt(subject.description, destination);
    return target.kind === 'target' && target.replica.name === replica;
  });
}

export interface Deletions {
  readonly deleted: readonly Orphan[];
  /** Those whose source is gone and that a brake kept. */
  readonly heldBack: readonly Orphan[];
  readonly error?: ReplicatorError;
}

export interface DeletionInput {
  readonly destination: Destination;
  readonly brakes: DeletionBrakes;
  readonly seen: RunSeen;
  /** Owner of the sources. */
  readonly account: string | undefined;
  readonly orphans: readonly Orphan[];
  readonly isTimeUp: () => boolean;
}

/**
 * Schedules the deletion of replicas whose source is gone, as many as the brakes allow. Source and replica are described
 * right before: the source must be absent or scheduled for deletion itself, the replica must still be its replica. The
 * first failure ends it. A dry run looks at nothing. Never rejects.
 */
export async function deleteOrphans(deps: ReplicateAllDeps, input: DeletionInput): Promise<Deletions> {
  const { brakes, orphans, destination } = input;
  if (deps.dryRun) return { deleted: [], heldBack: [] };
  const allowed = deletionsAllowed(brakes, input.seen);
  const deleted: Orphan[] = [];
  const heldBack: Orphan[] = [];
  for (const [index, orphan] of orphans.entries()) {
    if (input.isTimeUp()) return { deleted, heldBack: [...heldBack, ...orphans.slice(index)] };
    try {
      const replica = await deletable(deps, input, orphan);
      if (replica !== undefined && deleted.length >= allowed) heldBack.push(orphan);
      else if (replica !== undefined) {
        await destination.store.delete(replica.arn, brakes.recoveryDays);
        deleted.push(orphan);
      }
    } catch (thrown) {
      return { deleted, heldBack: [...heldBack, ...orphans.slice(index)], error: asReplicatorError(thrown) };
    }
  }
  return { deleted, heldBack };
}

/** The replica if it may go. */
async function deletable(
  deps: ReplicateAllDeps,
  { destination: { store }, account }: DeletionInput,
  orphan: Orphan,
): Promise<SecretDescription | undefined> {
  const source = await deps.source.describe(orphan.source as string as SecretId);
  if (source !== undefined && source.deletedAt === undefined) return undefined;
  const replica = await store.describe(orphan.replica as string as SecretId);
  if (replica === undefined || replica.deletedAt !== undefined) return undefined;
  const owner = ownedSource(replica);
  const isOurs = owner?.region === deps.config.source.region && owner.account === account;
  return isOurs && owner.name === orphan.source ? replica : undefined;
}
