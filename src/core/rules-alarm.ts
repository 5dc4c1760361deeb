import type { AlarmRow } from './metrics.js';

/** Only where an object may change rules. Pure; the stack builds it beside the table's. */
export const RULES_ALARM: AlarmRow = {
  id: 'RulesRefused',
  metric: 'rulesRefused',
  statistic: 'Sum',
  threshold: 0,
  periodSeconds: 300,
  evaluationPeriods: 1,
  missingData: 'notBreaching',
  text: 'The object that changes rules was not taken, and the last good ones stay in force. Run: secrets-replicator doctor --function <name>. See docs/operations.md#rulesrefused.',
};
