import type { AlarmRow } from './metrics.js';

/** A promise of two runs: what one run finds and cannot repair, the next one has looked at again. */
const RUNS_UNTIL_STALE = 2;

/** Alarms whose periods follow how often everything is compared. Pure; the stack builds them beside the table's. */
export function reconcileAlarms(everyMinutes: number): readonly AlarmRow[] {
  const periodSeconds = everyMinutes * 60;
  return [
    {
      id: 'Stale',
      metric: 'oldestUnsyncedAge',
      statistic: 'Maximum',
      threshold: RUNS_UNTIL_STALE * periodSeconds,
      periodSeconds,
      evaluationPeriods: 1,
      missingData: 'notBreaching',
      text: 'A change has been missing at a destination for longer than two runs of the reconciler. Run: secrets-replicator status. See docs/operations.md#stale.',
    },
    {
      id: 'NoReconcile',
      metric: 'reconcileRun',
      statistic: 'Sum',
      breaches: 'below',
      threshold: 1,
      periodSeconds,
      evaluationPeriods: 2,
      missingData: 'breaching',
      text: 'Two periods went by without a comparison of every destination to its end. Run: secrets-replicator doctor --function <name>. See docs/operations.md#noreconcile.',
    },
  ];
}
