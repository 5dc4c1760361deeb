/** Every metric of the product. Publisher, alarms, dashboard and documentation read these rows and nothing else. */
export type Unit = 'Count' | 'Milliseconds' | 'Bytes' | 'Seconds';

export type DimensionName =
  'SourceRegion' | 'DestRegion' | 'TransformMode' | 'ErrorType' | 'Operation' | 'Success' | 'Region';

export interface MetricRow {
  readonly name: string;
  readonly unit: Unit;
  /** Never a secret's name: each combination is a metric of its own and is billed. */
  readonly dimensions: readonly DimensionName[];
  /** Published a second time without dimensions, because an alarm watches the total. */
  readonly total: boolean;
}

const row = (name: string, unit: Unit, dimensions: readonly DimensionName[], total = false): MetricRow => ({
  name,
  unit,
  dimensions,
  total,
});

const SUCCESS: readonly DimensionName[] = ['SourceRegion', 'DestRegion', 'TransformMode'];
const FAILURE: readonly DimensionName[] = ['SourceRegion', 'DestRegion', 'ErrorType'];

export const METRICS = {
  replicationSuccess: row('ReplicationSuccess', 'Count', SUCCESS),
  replicationDuration: row('ReplicationDuration', 'Milliseconds', SUCCESS, true),
  secretSize: row('SecretSize', 'Bytes', SUCCESS),
  replicationFailure: row('ReplicationFailure', 'Count', FAILURE, true),
  failureDuration: row('FailureDuration', 'Milliseconds', FAILURE),
  transformationDuration: row('TransformationDuration', 'Milliseconds', ['TransformMode']),
  transformationInputSize: row('TransformationInputSize', 'Bytes', ['TransformMode']),
  transformationOutputSize: row('TransformationOutputSize', 'Bytes', ['TransformMode']),
  transformationRulesCount: row('TransformationRulesCount', 'Count', ['TransformMode']),
  retryAttempt: row('RetryAttempt', 'Count', ['Operation', 'Success'], true),
  retryAttemptNumber: row('RetryAttemptNumber', 'Count', ['Operation', 'Success']),
  throttlingEvent: row('ThrottlingEvent', 'Count', ['Operation', 'Region'], true),
  replicationLag: row('ReplicationLag', 'Milliseconds', ['DestRegion']),
  blocked: row('Blocked', 'Count', ['DestRegion']),
  foreign: row('Foreign', 'Count', ['DestRegion'], true),
  contractBroken: row('ContractBroken', 'Count', ['DestRegion'], true),
  inSync: row('InSync', 'Count', ['DestRegion']),
  drifted: row('Drifted', 'Count', ['DestRegion']),
  oldestUnsyncedAge: row('OldestUnsyncedAge', 'Seconds', ['DestRegion'], true),
  reconcileRun: row('ReconcileRun', 'Count', ['DestRegion'], true),
  deletesHeldBack: row('DeletesHeldBack', 'Count', ['DestRegion'], true),
  writesSlowed: row('WritesSlowed', 'Count', ['DestRegion']),
  circuitOpen: row('CircuitOpen', 'Count', ['DestRegion'], true),
} as const satisfies Record<string, MetricRow>;

export type MetricKey = keyof typeof METRICS;

export interface DataPoint {
  readonly metric: MetricRow;
  readonly value: number;
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
    text: 'More than 5 replications failed in 5 minutes. Run: secrets-replicator status, then read docs/operations.md#replicationfailures.',
  },
  {
    id: 'Throttling',
    metric: 'throttlingEvent',
    statistic: 'Sum',
    threshold: 10,
    ...fiveMinutes,
    text: 'AWS throttled more than 10 calls in 5 minutes. Lower the maximum concurrency; see docs/operations.md#throttling.',
  },
  {
    id: 'SlowReplication',
    metric: 'replicationDuration',
    statistic: 'Average',
    threshold: 5_000,
    ...fiveMinutes,
    text: 'A replication takes more than 5 seconds on average. See docs/operations.md#slowreplication.',
  },
  {
    id: 'Retries',
    metric: 'retryAttempt',
    statistic: 'Sum',
    threshold: 20,
    ...fiveMinutes,
    text: 'More than 20 retries in 5 minutes: a destination or its key is unwell. See docs/operations.md#retries.',
  },
  {
    id: 'CircuitOpen',
    metric: 'circuitOpen',
    statistic: 'Sum',
    threshold: 0,
    ...fiveMinutes,
    text: 'A destination does not answer and is left alone for a minute at a time. See docs/operations.md#circuitopen.',
  },
  {
    id: 'ContractBroken',
    metric: 'contractBroken',
    statistic: 'Sum',
    threshold: 0,
    ...fiveMinutes,
    text: 'A value broke its contract and was not written. Run: secrets-replicator explain <secret> --to <destination>; see docs/operations.md#contractbroken.',
  },
  {
    id: 'Foreign',
    metric: 'foreign',
    statistic: 'Sum',
    threshold: 0,
    ...fiveMinutes,
    text: 'A secret that is not ours has the name of a replica. Run: secrets-replicator plan; see docs/operations.md#foreign.',
  },
];
