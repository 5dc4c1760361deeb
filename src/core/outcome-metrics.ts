import { assertNever } from './assert-never.js';
import type { Change } from './change.js';
import type { ReplicatorError } from './failure.js';
import { point, type DataPoint } from './metrics.js';
import type { ChangeReport, Outcome, TransformReport } from './outcome.js';

export interface Measured {
  readonly report: ChangeReport;
  /** What the report answers; none for an action that no event asked for. */
  readonly changes: readonly Change[];
}

/** A finished change as data points. Pure. */
export function pointsOf(measured: Measured, sourceRegion: string): DataPoint[] {
  const { report, changes } = measured;
  switch (report.kind) {
    case 'ignored':
      return [];
    case 'unread':
      return [sourceFailure(report.error, sourceRegion)];
    case 'replicated': {
      const askedAt = firstAsked(changes);
      const points = report.outcomes.flatMap((outcome) => outcomePoints(outcome, sourceRegion, askedAt));
      return report.unsettled === undefined ? points : [...points, sourceFailure(report.unsettled, sourceRegion)];
    }
    default:
      return assertNever(report);
  }
}

/** A failure that is no destination's. */
export function sourceFailure(error: ReplicatorError, SourceRegion: string): DataPoint {
  return point('replicationFailure', 1, { SourceRegion, DestRegion: 'none', ErrorType: error.code });
}

function outcomePoints(outcome: Outcome, SourceRegion: string, askedAt: number | undefined): DataPoint[] {
  const DestRegion = outcome.replica.region;
  switch (outcome.kind) {
    case 'unchanged':
    case 'held':
    case 'pending':
      return [];
    case 'slowed':
      return [point('writesSlowed', 1, { DestRegion })];
    case 'written': {
      const TransformMode = outcome.transform?.mode ?? 'none';
      const dimensions = { SourceRegion, DestRegion, TransformMode };
      return [
        point('replicationSuccess', 1, dimensions),
        point('replicationDuration', outcome.durationMs, dimensions),
        ...(outcome.transform === undefined ? [] : transformPoints(outcome.transform, dimensions)),
        ...lagPoints(outcome, askedAt),
      ];
    }
    case 'blocked':
      return [
        point('blocked', 1, { DestRegion }),
        ...(outcome.error.code === 'Foreign' ? [point('foreign', 1, { DestRegion })] : []),
      ];
    case 'failed': {
      const dimensions = { SourceRegion, DestRegion, ErrorType: outcome.error.code };
      return [
        point('replicationFailure', 1, dimensions),
        point('failureDuration', outcome.durationMs, dimensions),
        ...(outcome.error.code === 'ContractBroken' ? [point('contractBroken', 1, { DestRegion })] : []),
        ...(outcome.error.code === 'CircuitOpen' ? [point('circuitOpen', 1, { DestRegion })] : []),
      ];
    }
    default:
      return assertNever(outcome);
  }
}

function transformPoints(transform: TransformReport, dimensions: Parameters<typeof point>[2]): DataPoint[] {
  return [
    point('secretSize', transform.outputBytes, dimensions),
    point('transformationDuration', transform.durationMs, dimensions),
    point('transformationInputSize', transform.inputBytes, dimensions),
    point('transformationOutputSize', transform.outputBytes, dimensions),
    point('transformationRulesCount', transform.rules.length, dimensions),
  ];
}

/**
 * From the first event of the change to the verified write of this destination. A version that is younger than the event, which
 * had come back for another destination, lags since it was made. Never negative: clocks differ.
 */
function lagPoints({ settledAt, madeAt = 0, replica }: Written, askedAt: number | undefined): DataPoint[] {
  if (settledAt === undefined || askedAt === undefined) return [];
  const lag = Math.max(0, settledAt - Math.max(askedAt, madeAt));
  return [point('replicationLag', lag, { DestRegion: replica.region })];
}

type Written = Extract<Outcome, { kind: 'written' }>;

/** When the first of the events happened; undefined for what no event asked for. */
function firstAsked(changes: readonly Change[]): number | undefined {
  const asked = changes.filter((change) => change.eventIds.length > 0);
  return asked.length === 0 ? undefined : Math.min(...asked.map((change) => change.firstAt));
}
