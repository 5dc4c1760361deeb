import { Duration } from 'aws-cdk-lib';
import { Alarm, ComparisonOperator, Metric, TreatMissingData, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ReplicationConfig } from '../src/core/config.js';
import { ALARMS, METRICS, type AlarmRow } from '../src/core/metrics.js';
import { reconcileAlarms } from '../src/core/reconcile-alarms.js';
import type { ChangeQueue } from './change-queue.js';

const MISSING = { notBreaching: TreatMissingData.NOT_BREACHING, breaching: TreatMissingData.BREACHING } as const;
const ONE_MINUTE = Duration.minutes(1);
/** A change that waits longer than this has failed at least once, or deliveries are held up. Seconds. */
const OLDEST_MESSAGE_SECONDS = 300;

/** The table's alarms on our own metrics, and alarms on the queues, which tell even if the function never starts. */
export class ReplicatorAlarms extends Construct {
  readonly all: readonly Alarm[];

  constructor(scope: Construct, id: string, { metrics, reconcile }: ReplicationConfig, changes: ChangeQueue) {
    super(scope, id);
    const watched = metrics.publisher === 'none' ? [] : [...ALARMS, ...reconcileAlarms(reconcile.everyMinutes)];
    const age = changes.queue.metricApproximateAgeOfOldestMessage({ period: ONE_MINUTE, statistic: 'Maximum' });
    this.all = [
      ...watched.map((row) => this.#onTotal(row, metrics.namespace)),
      this.#onQueue('DeadLetters', visible(changes.deadLetters), 0, DEAD_LETTERS),
      this.#onQueue('UndeliveredNative', visible(changes.undeliveredNative), 0, UNDELIVERED),
      this.#onQueue('UndeliveredFromTrail', visible(changes.undeliveredFromTrail), 0, UNDELIVERED),
      this.#onQueue('OldestMessage', age, OLDEST_MESSAGE_SECONDS, OLDEST_MESSAGE),
    ];
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

  #onQueue(id: string, metric: IMetric, threshold: number, alarmDescription: string): Alarm {
    return new Alarm(this, id, {
      alarmDescription,
      metric,
      threshold,
      comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
      evaluationPeriods: 1,
      // SQS publishes nothing for a queue that nobody used for hours.
      treatMissingData: TreatMissingData.NOT_BREACHING,
    });
  }
}

const visible = (queue: ChangeQueue['queue']) =>
  queue.metricApproximateNumberOfMessagesVisible({ period: ONE_MINUTE, statistic: 'Maximum' });

const DEAD_LETTERS =
  'A change could not be replicated and lies in the dead-letter queue with its cause. Run the command in docs/operations.md#deadletters.';
const UNDELIVERED =
  'EventBridge could not put an event into the queue. Run the command in docs/operations.md#undeliverednative-and-undeliveredfromtrail.';
const OLDEST_MESSAGE =
  'A change has waited for more than 5 minutes. Run the command in docs/operations.md#oldestmessage.';
