/** Every metric of the product. Publisher, alarms, dashboard and documentation read these rows and nothing else. */
export type Unit = 'Count' | 'Milliseconds' | 'Bytes' | 'Seconds';

export type DimensionName =
  'SourceRegion' | 'DestRegion' | 'TransformMode' | 'ErrorType' | 'Operation' | 'Success' | 'Region';

/** CloudWatch API reference, PutMetricData; the configuration and an environment variable may name one. */
export const METRIC_NAMESPACE = /^(?!AWS\/)[\w./#:-]{1,255}$/;
export const METRIC_NAMESPACE_TAKES = 'takes 1 to 255 letters, digits and . - _ / # :, not starting with AWS/';

/** What can be published without its dimensions to save money: each combination of their values is billed. */
export const METRIC_GROUPS = ['replications', 'transformations', 'attempts', 'reconciler'] as const;
export type MetricGroup = (typeof METRIC_GROUPS)[number];

export interface MetricRow {
  readonly group: MetricGroup;
  readonly name: string;
  readonly unit: Unit;
  /** Never a secret's name: each combination is a metric of its own and is billed. */
  readonly dimensions: readonly DimensionName[];
  /** Published a second time without dimensions, because an alarm watches the total. */
  readonly total: boolean;
}

type Row = (name: string, unit: Unit, dimensions: readonly DimensionName[], total?: boolean) => MetricRow;
const rowOf =
  (group: MetricGroup): Row =>
  (name, unit, dimensions, total = false) => ({ group, name, unit, dimensions, total });
const [ofReplications, ofTransformations] = [rowOf('replications'), rowOf('transformations')];
const [ofAttempts, ofReconciler] = [rowOf('attempts'), rowOf('reconciler')];

const SUCCESS: readonly DimensionName[] = ['SourceRegion', 'DestRegion', 'TransformMode'];
const FAILURE: readonly DimensionName[] = ['SourceRegion', 'DestRegion', 'ErrorType'];

export const METRICS = {
  replicationSuccess: ofReplications('ReplicationSuccess', 'Count', SUCCESS),
  replicationDuration: ofReplications('ReplicationDuration', 'Milliseconds', SUCCESS, true),
  secretSize: ofReplications('SecretSize', 'Bytes', SUCCESS),
  replicationFailure: ofReplications('ReplicationFailure', 'Count', FAILURE, true),
  failureDuration: ofReplications('FailureDuration', 'Milliseconds', FAILURE),
  transformationDuration: ofTransformations('TransformationDuration', 'Milliseconds', ['TransformMode']),
  transformationInputSize: ofTransformations('TransformationInputSize', 'Bytes', ['TransformMode']),
  transformationOutputSize: ofTransformations('TransformationOutputSize', 'Bytes', ['TransformMode']),
  transformationRulesCount: ofTransformations('TransformationRulesCount', 'Count', ['TransformMode']),
  retryAttempt: ofAttempts('RetryAttempt', 'Count', ['Operation', 'Success'], true),
  retryAttemptNumber: ofAttempts('RetryAttemptNumber', 'Count', ['Operation', 'Success']),
  throttlingEvent: ofAttempts('ThrottlingEvent', 'Count', ['Operation', 'Region'], true),
  replicationLag: ofReplications('ReplicationLag', 'Milliseconds', ['DestRegion']),
  blocked: ofReplications('Blocked', 'Count', ['DestRegion']),
  foreign: ofReplications('Foreign', 'Count', ['DestRegion'], true),
  contractBroken: ofReplications('ContractBroken', 'Count', ['DestRegion'], true),
  inSync: ofReconciler('InSync', 'Count', ['DestRegion']),
  drifted: ofReconciler('Drifted', 'Count', ['DestRegion']),
  oldestUnsyncedAge: ofReconciler('OldestUnsyncedAge', 'Seconds', ['DestRegion'], true),
  replicas: ofReconciler('Replicas', 'Count', ['DestRegion']),
  reconcileRun: ofReconciler('ReconcileRun', 'Count', ['DestRegion'], true),
  deletesHeldBack: ofReconciler('DeletesHeldBack', 'Count', ['DestRegion'], true),
  writesSlowed: ofReplications('WritesSlowed', 'Count', ['DestRegion']),
  circuitOpen: ofReplications('CircuitOpen', 'Count', ['DestRegion'], true),
  rulesRefused: ofReplications('RulesRefused', 'Count', ['SourceRegion'], true),
} as const satisfies Record<string, MetricRow>;

export type MetricKey = keyof typeof METRICS;

export interface DataPoint {
  readonly metric: MetricRow;
  readonly value: number;
  /** How often it was measured; default once. */
  readonly count?: number;
  /** Exactly the row's dimensions. */
  readonly dimensions: Readonly<Partial<Record<DimensionName, string>>>;
}

/** Longest dimension value CloudWatch takes, in characters (API reference, Dimension). */
const MAX_DIMENSION_CHARACTERS = 1_024;

/** One point; dimensions the row does not name do not compile into it, and a missing one reads `unknown`. */
export function point(
  key: MetricKey,
  value: number,
  given: Readonly<Partial<Record<DimensionName, string>>>,
): DataPoint {
  const metric: MetricRow = METRICS[key];
  const dimensions: Partial<Record<DimensionName, string>> = {};
  for (const name of metric.dimensions)
    dimensions[name] = (given[name] ?? 'unknown').slice(0, MAX_DIMENSION_CHARACTERS);
  return { metric, value, dimensions };
}

export type Statistic = 'Sum' | 'Average' | 'Maximum' | 'Minimum' | 'p99';

/** What an alarm on one of the totals watches. The stack builds its alarms from these rows; a test feeds points to them. */
export interface AlarmRow {
  readonly id: string;
  readonly metric: MetricKey;
  readonly statistic: Statistic;
  readonly periodSeconds: number;
  readonly evaluationPeriods: number;
  /** Breaches when the statistic is greater than this, or with `below` when it is less. */
  readonly threshold: number;
  readonly breaches?: 'below';
  readonly missingData: 'notBreaching' | 'breaching';
  /** What it means and which command to run. */
  readonly text: string;
}

const fiveMinutes = { periodSeconds: 300, evaluationPeriods: 1, missingData: 'notBreaching' } as const;

export const ALARMS: readonly AlarmRow[] = [
  {
    id: 'ReplicationFailures',
    metric: 'replicationFailure',
    statistic: 'Sum',
    threshold: 5,
    ...fiveMinutes,
    text: 'More than 5 replications failed in 5 minutes. Run: secrets-replicator status. See docs/operations.md#replicationfailures.',
  },
  {
    id: 'Throttling',
    metric: 'throttlingEvent',
    statistic: 'Sum',
    threshold: 10,
    ...fiveMinutes,
    text: 'AWS throttled more than 10 calls in 5 minutes. Run: aws cloudwatch list-metrics --metric-name ThrottlingEvent. See docs/operations.md#throttling.',
  },
  {
    id: 'SlowReplication',
    metric: 'replicationDuration',
    statistic: 'Average',
    threshold: 5_000,
    ...fiveMinutes,
    text: 'A replication takes more than 5 seconds on average. Run: secrets-replicator doctor. See docs/operations.md#slowreplication.',
  },
  {
    id: 'Retries',
    metric: 'retryAttempt',
    statistic: 'Sum',
    threshold: 20,
    ...fiveMinutes,
    text: 'More than 20 retries in 5 minutes: a destination or its key is unwell. Run: secrets-replicator doctor. See docs/operations.md#retries.',
  },
  {
    id: 'CircuitOpen',
    metric: 'circuitOpen',
    statistic: 'Sum',
    threshold: 0,
    ...fiveMinutes,
    text: 'A destination does not answer and is left alone for a minute at a time. Run: secrets-replicator doctor. See docs/operations.md#circuitopen.',
  },
  {
    id: 'ContractBroken',
    metric: 'contractBroken',
    statistic: 'Sum',
    threshold: 0,
    ...fiveMinutes,
    text: 'A value broke its contract and was not written. Run: secrets-replicator explain <secret> --to <destination>. See docs/operations.md#contractbroken.',
  },
  {
    id: 'Foreign',
    metric: 'foreign',
    statistic: 'Sum',
    threshold: 0,
    ...fiveMinutes,
    text: 'A secret that is not ours has the name of a replica. Run: secrets-replicator plan. See docs/operations.md#foreign.',
  },
];
