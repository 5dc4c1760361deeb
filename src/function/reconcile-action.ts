import * as z from 'zod/mini';
import { sourceFailure } from '../core/outcome-metrics.js';
import { cursorSchema, type ReconcileCursor } from '../core/reconcile-cursor.js';
import { reconcilePoints } from '../core/reconcile-points.js';
import type { Replicated } from '../flow/replicate-all.js';
import { reconcile, type ReconcileReport } from '../flow/reconcile.js';
import type { Finding } from '../flow/reconcile-tally.js';
import { FailedAction } from './failed-invocation.js';
import type { Invocation } from './invocation.js';
import { limitedTo, namesSchema } from './limited-to.js';
import { logReplicated, reasonOf } from './report-log.js';
import type { Wiring } from './wiring.js';

export const reconcileSchema = z.strictObject({
  action: z.literal('reconcile'),
  /** Default: as the configuration says. */
  mode: z.optional(z.enum(['detect', 'repair'])),
  destinations: namesSchema,
  cursor: z.optional(cursorSchema),
});

export type ReconcileRequest = z.infer<typeof reconcileSchema>;

/** Rows of an answer; what is in order is counted and not listed. */
const MAX_ROWS = 1_000;

export interface ReconcileAnswer {
  readonly action: 'reconcile';
  readonly mode: 'detect' | 'repair';
  /** False: there was no time for all of it, and the run goes on by a message of the queue or with `cursor`. */
  readonly complete: boolean;
  /** By what was counted, all destinations together; of this invocation. */
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: readonly Finding[];
  readonly cursor?: ReconcileCursor;
}

/** Compares everything and repairs what differs. Rejects with FailedAction where a list could not be read to its end. */
export async function reconcileNow(
  wiring: Wiring,
  invocation: Invocation,
  request: ReconcileRequest,
): Promise<ReconcileAnswer> {
  const { report, rows, mode } = await run(wiring, invocation, request);
  const causes = report.errors.map(({ code, message }) => `reconcile: ${code}: ${message}`);
  const complete = report.cursor === undefined && causes.length === 0;
  const answer: ReconcileAnswer = { action: 'reconcile', mode, complete, counts: counted(report), rows };
  if (causes.length > 0) throw new FailedAction(causes, answer);
  return { ...answer, ...(await handOn(wiring, invocation, { ...request, mode }, report)) };
}

/**
 * The next part of a run, from the queue. Rejects with ReplicatorError where the same message may lead further when it is
 * delivered again. Whatever else went wrong is in the log and the metrics, and the next run begins anew.
 */
export async function reconcileOn(wiring: Wiring, invocation: Invocation, request: ReconcileRequest): Promise<void> {
  const destinations = request.destinations?.filter((id) => wiring.config.destinations.some((one) => one.id === id));
  // Those that it was for are not configured any more, so there is nothing left to compare.
  if (destinations?.length === 0)
    return invocation.log.info('reconcile dropped', { destinations: request.destinations });
  const rest = { ...request, destinations };
  const { report, mode } = await run(wiring, invocation, rest);
  const broken = report.isBroken ? report.errors.find(({ remedy }) => remedy !== 'never') : undefined;
  if (broken !== undefined) throw broken;
  await handOn(wiring, invocation, { ...rest, mode }, report);
}

interface Ran {
  readonly report: ReconcileReport;
  readonly rows: readonly Finding[];
  readonly mode: ReconcileAnswer['mode'];
}

async function run(wiring: Wiring, invocation: Invocation, request: ReconcileRequest): Promise<Ran> {
  const mode = request.mode ?? wiring.config.reconcile.mode;
  const rows: Finding[] = [];
  const deps = {
    ...limitedTo(invocation.flow({ dryRun: mode === 'detect' }), request.destinations),
    ownAccount: invocation.account,
    onReplicated: (done: readonly Replicated[]) => {
      invocation.measure(done);
      for (const one of done) logReplicated(invocation.log, one);
    },
    onFinding: (finding: Finding) => {
      invocation.log.info('drift found', { ...finding });
      if (rows.length < MAX_ROWS) rows.push(finding);
    },
  };
  const report = await reconcile(deps, request.cursor);
  tell(wiring, invocation, report, request);
  return { report, rows, mode };
}

/** The heartbeat is of a run over every destination: one over some of them proves nothing about the others. */
function tell(
  wiring: Wiring,
  invocation: Invocation,
  report: ReconcileReport,
  { destinations }: ReconcileRequest,
): void {
  const { config, clock } = wiring;
  const isWhole = report.isComplete && destinations === undefined;
  wiring.last.reconcile = { at: new Date(clock.now()).toISOString(), complete: isWhole };
  const counts = [...report.totals].map(([id, totals]) => ({ ...totals, replicas: report.replicasAt(id) }));
  invocation.record(reconcilePoints(counts, isWhole, clock.now()));
  for (const [destination, { oldestUnsyncedAt, ...counts }] of report.totals) {
    invocation.log.info('destination compared', { destination, ...counts, oldestUnsyncedAt });
  }
  for (const error of report.errors) {
    invocation.log.error('reconcile failed', reasonOf(error));
    invocation.record([sourceFailure(error, config.source.region)]);
  }
}

/** Puts the rest of the run into the queue. Where there is none, the answer carries the cursor, so that the caller can go on. */
async function handOn(
  { changes }: Wiring,
  invocation: Invocation,
  request: ReconcileRequest,
  { cursor }: ReconcileReport,
): Promise<{ readonly cursor?: ReconcileCursor }> {
  if (cursor === undefined) return {};
  if (changes === undefined) return { cursor };
  await changes.send(JSON.stringify({ ...request, cursor }), invocation.lastSignal);
  return {};
}

const COUNTED = [
  'inSync',
  'drifted',
  'repaired',
  'failed',
  'blocked',
  'held',
  'orphans',
  'deleted',
  'heldBack',
] as const;

function counted({ totals }: ReconcileReport): Readonly<Record<string, number>> {
  const sum = (key: (typeof COUNTED)[number]) => [...totals.values()].reduce((total, one) => total + one[key], 0);
  return Object.fromEntries(COUNTED.map((key) => [key, sum(key)]));
}
