import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Sandbox } from '../../../src/sandbox/sandbox.js';

/** The properties of an AWS::CloudWatch::Alarm on one metric, its tokens resolved. */
export interface AlarmDefinition {
  readonly Namespace: string;
  readonly MetricName: string;
  readonly Dimensions?: readonly { readonly Name: string; readonly Value: string }[];
  readonly Statistic?: string;
  readonly ExtendedStatistic?: string;
  /** Seconds. */
  readonly Period: number;
  readonly EvaluationPeriods: number;
  readonly DatapointsToAlarm?: number;
  readonly Threshold: number;
  readonly ComparisonOperator: string;
  readonly TreatMissingData?: string;
}

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';

/**
 * Periods that CloudWatch looks at beyond the evaluated ones: the user guide's example (alarms-and-missing-data) has five
 * for three. It takes the latest points that exist and fills in only when these are too few.
 */
const PERIODS_BEYOND = 2;

const BREACHES: Readonly<Record<string, (value: number, threshold: number) => boolean>> = {
  GreaterThanThreshold: (value, threshold) => value > threshold,
  GreaterThanOrEqualToThreshold: (value, threshold) => value >= threshold,
  LessThanThreshold: (value, threshold) => value < threshold,
  LessThanOrEqualToThreshold: (value, threshold) => value <= threshold,
};

/** What the alarm says when the period that `atMs` lies in has just ended, by the metrics that were published. */
export async function alarmState(sandbox: Sandbox, alarm: AlarmDefinition, atMs: number): Promise<AlarmState> {
  const periodMs = alarm.Period * 1_000;
  const end = (Math.floor(atMs / periodMs) + 1) * periodMs;
  const count = alarm.EvaluationPeriods + PERIODS_BEYOND;
  const start = end - count * periodMs;
  const published = await statistics(sandbox, alarm, new Date(start), new Date(end));
  const values = Array.from({ length: count }, (_one, index) => published.get(start + index * periodMs));
  return stateOf(alarm, values);
}

/** The same for a value per period, oldest first; undefined where there is none. */
export function stateOf(
  alarm: Pick<
    AlarmDefinition,
    'EvaluationPeriods' | 'DatapointsToAlarm' | 'Threshold' | 'ComparisonOperator' | 'TreatMissingData'
  >,
  values: readonly (number | undefined)[],
): AlarmState {
  const { EvaluationPeriods: periods, DatapointsToAlarm: needed = periods, Threshold: threshold } = alarm;
  const breaches = BREACHES[alarm.ComparisonOperator];
  if (breaches === undefined) throw new Error(`the evaluator does not know ${alarm.ComparisonOperator}`);
  const real = values.filter((value) => value !== undefined).slice(-periods);
  const breaching = real.filter((value) => breaches(value, threshold)).length;
  const filled = periods - real.length;
  switch (alarm.TreatMissingData) {
    case 'breaching':
      return breaching + filled >= needed ? 'ALARM' : 'OK';
    case 'notBreaching':
      return breaching >= needed ? 'ALARM' : 'OK';
    default:
      throw new Error(`the evaluator does not know missing data as ${alarm.TreatMissingData ?? 'missing'}`);
  }
}

async function statistics(
  sandbox: Sandbox,
  { Namespace, MetricName, Dimensions = [], Statistic, ExtendedStatistic, Period }: AlarmDefinition,
  StartTime: Date,
  EndTime: Date,
): Promise<ReadonlyMap<number, number>> {
  const client = new CloudWatchClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    requestHandler: sandbox.requestHandler,
  });
  const Metric = { Namespace, MetricName, Dimensions: [...Dimensions] };
  const MetricStat = { Metric, Period, Stat: Statistic ?? ExtendedStatistic };
  const query = { StartTime, EndTime, MetricDataQueries: [{ Id: 'watched', MetricStat }] };
  const { MetricDataResults = [] } = await client.send(new GetMetricDataCommand(query));
  const [{ Timestamps = [], Values = [] } = {}] = MetricDataResults;
  return new Map(Timestamps.map((at, index) => [at.getTime(), Values[index] ?? 0]));
}
