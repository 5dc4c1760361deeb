import { point, type DataPoint } from './metrics.js';

/** What a run counted at one destination. */
export interface ReconcileCounts {
  readonly region: string;
  /** Over all parts of the run. */
  readonly replicas: number;
  readonly inSync: number;
  readonly drifted: number;
  readonly blockedByList: number;
  readonly foreignByList: number;
  readonly heldBack: number;
  readonly oldestUnsyncedAt: number | undefined;
}

/**
 * A finished invocation of a run as data points; the parts of a long run add up. `isWhole`: every destination was compared
 * to its end, which is what the heartbeat says. A name that the lists show as blocked has no outcome to tell of it.
 */
export function reconcilePoints(counts: Iterable<ReconcileCounts>, isWhole: boolean, nowMs: number): DataPoint[] {
  return [...counts].flatMap((one) => {
    const at = { DestRegion: one.region };
    const ageMs = one.oldestUnsyncedAt === undefined ? 0 : Math.max(0, nowMs - one.oldestUnsyncedAt);
    return [
      point('inSync', one.inSync, at),
      point('drifted', one.drifted, at),
      point('oldestUnsyncedAge', Math.round(ageMs / 1_000), at),
      point('deletesHeldBack', one.heldBack, at),
      ...(one.blockedByList === 0 ? [] : [point('blocked', one.blockedByList, at)]),
      ...(one.foreignByList === 0 ? [] : [point('foreign', one.foreignByList, at)]),
      ...(isWhole ? [point('reconcileRun', 1, at), point('replicas', one.replicas, at)] : []),
    ];
  });
}
