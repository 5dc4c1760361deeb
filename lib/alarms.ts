import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import { METRICS, type AlarmRow } from '../src/core/metrics.js';
import type { PlatformAlarm } from './platform-alarms.js';

const MISSING = { notBreaching: TreatMissingData.NOT_BREACHING, breaching: TreatMissingData.BREACHING } as const;

export interface ReplicatorAlarmsProps {
  readonly namespace: string;
  /** On our own metrics. */
  readonly own: readonly AlarmRow[];
  readonly platform: readonly PlatformAlarm[];
}

/** The table's alarms on our own metrics, and those on what the platform says of it, which tell even if the function never starts. */
export class ReplicatorAlarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { namespace, own, platform }: ReplicatorAlarmsProps) {
    super(scope, id);
    this.all = [...own.map((row) => this.#onTotal(row, namespace)), ...platform.map((row) => this.#onPlatform(row))];
  }

  #onTotal(row: AlarmRow, namespace: string): Alarm {
    const { name: metricName } = METRICS[row.metric];
    const period = Duration.seconds(row.periodSeconds);
    return new Alarm(this, row.id, {
      alarmDescription: row.text,
      metric: new Metric({ namespace, metricName, statistic: row.statistic, period }),
      threshold: row.threshold,
      comparisonOperator:
        row.breaches === 'below' ? ComparisonOperator.LESS_THAN_THRESHOLD : ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: row.evaluationPeriods,
      treatMissingData: MISSING[row.missingData],
    });
  }

  #onPlatform({ id, metric, threshold, text }: PlatformAlarm): Alarm {
    return new Alarm(this, id, {
      alarmDescription: text,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      // Of what nobody used for hours nothing is published.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}
