import { asReplicatorError, ReplicatorError } from '../core/failure.js';
import type { DestinationId } from '../core/names.js';
import { MAX_PARTS, type ReconcileCursor } from '../core/reconcile-cursor.js';
import { handOnTime } from './hand-on-time.js';
import { ReconcileRun, type ReconcileDeps } from './reconcile-run.js';
import type { DestinationTotals } from './reconcile-tally.js';

export interface ReconcileReport {
  /** Counted in this invocation. */
  readonly totals: ReadonlyMap<DestinationId, DestinationTotals>;
  /** Our replicas as the whole run has found them so far, those that it made aside. */
  readonly replicasAt: (destination: DestinationId) => number;
  /** Where the run goes on; undefined: it is at its end. */
  readonly cursor: ReconcileCursor | undefined;
  /** Every list was read to its end, here or in the invocations before. Whether all of it is in sync, the totals tell. */
  readonly isComplete: boolean;
  /** Lists that could not be read, and what failed in deleting. */
  readonly errors: readonly ReplicatorError[];
  /** The list of sources ended in an error, so the run is as far as before: the same cursor may be tried again. */
  readonly isBroken: boolean;
}

/**
 * Every source beside its replicas, page by page: a list entry holds versions, labels, tags and key, so no value is read
 * for what is in sync, and nothing but lists is called where all of it is. What differs is replicated as a change would
 * be; with `dryRun` it is told. Never rejects.
 */
export async function reconcile(deps: ReconcileDeps, cursor?: ReconcileCursor): Promise<ReconcileReport> {
  const isTimeUp = handOnTime(deps.clock, deps.deadline);
  const run = new ReconcileRun(deps, isTimeUp, cursor);
  await run.suspects.confirm(isTimeUp);
  let next = cursor === undefined ? undefined : cursor.source;
  try {
    while (next !== null && !isTimeUp()) {
      const page = await deps.source.list(next === '' ? undefined : next);
      next = page.next ?? null;
      await run.compare(page.secrets);
      await run.letGo();
      await run.suspects.confirm(isTimeUp);
    }
  } catch (thrown) {
    return { ...told(run), errors: [asReplicatorError(thrown)], isBroken: true };
  }
  if (next === null && (await drained(run, isTimeUp))) return concluded(run, isTimeUp);
  const left = await run.handOn(next === undefined ? '' : next);
  return left.part > MAX_PARTS ? { ...told(run), errors: [tooLong()] } : { ...told(run), cursor: left };
}

/** What is left of the destinations' lists when the sources have ended. False: there was no time for all of it. */
async function drained(run: ReconcileRun, isTimeUp: () => boolean): Promise<boolean> {
  for (const place of run.places) {
    while (!place.isEnded) {
      if (isTimeUp()) return false;
      for (const one of await place.readPage(run.isOurs)) run.judge(one);
      await run.orphan(place);
      await run.suspects.confirm(isTimeUp);
    }
    await run.conclude(place);
  }
  await run.suspects.confirm(isTimeUp);
  return run.suspects.isEmpty;
}

async function concluded(run: ReconcileRun, isTimeUp: () => boolean): Promise<ReconcileReport> {
  const { account, sources, hasFailed, unreadable } = run;
  const isComplete = unreadable.length === 0 && !run.suspects.hasLost;
  const failures = run.places.flatMap(({ failure }) => (failure === undefined ? [] : [failure]));
  const state = { account, sources, hasFailed, isComplete, isTimeUp };
  const errors = await run.replicas.deleteOrphans(state);
  return { ...told(run), isComplete, errors: [...failures, ...errors] };
}

function tooLong(): ReplicatorError {
  return new ReplicatorError('DeadlineReached', `the run did not end in ${MAX_PARTS} invocations; raise the timeout`);
}

function told(run: ReconcileRun): ReconcileReport {
  const replicasAt = (destination: DestinationId) => run.replicas.countAt(destination);
  return { totals: run.tally.totals, replicasAt, cursor: undefined, isComplete: false, errors: [], isBroken: false };
}
