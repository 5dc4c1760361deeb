import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ChangeQueue } from './change-queue.js';
import type { ReplicatorFunction } from './replicator-function.js';

/** An alarm on what SQS or Lambda publishes. It fires above the threshold, in one period. */
export interface PlatformAlarm {
  readonly id: string;
  readonly metric: IMetric;
  readonly threshold: number;
  /** What it means and which command to run. */
  readonly text: string;
}

const MINUTE = Duration.minutes(1);
/** A change that waits longer than this has failed at least once, or deliveries are held up. Seconds. */
const OLDEST_SECONDS = 300;

/** Alarms on the queues, and where events come without one, on Lambda's own. Their commands can be pasted: the names are those of the stack. */
export function platformAlarms(
  changes: ChangeQueue,
  replicator: ReplicatorFunction,
  webhookUndelivered: Queue | undefined,
): readonly PlatformAlarm[] {
  const undelivered = 'EventBridge could not deliver an event';
  const heading = 'undeliverednative-and-undeliveredfromtrail';
  const givenUp = 'A change could not be replicated and lies in the dead-letter queue with its cause';
  return [
    onLetters('DeadLetters', changes.deadLetters, givenUp),
    onLetters('UndeliveredNative', changes.undeliveredNative, undelivered, heading),
    onLetters('UndeliveredFromTrail', changes.undeliveredFromTrail, undelivered, heading),
    ...(changes.queue === undefined ? onEvents(replicator) : [onAge(changes.queue, replicator)]),
    ...(webhookUndelivered === undefined
      ? []
      : [onLetters('WebhookUndelivered', webhookUndelivered, 'An alarm could not be posted to the webhook')]),
  ];
}

function onLetters(id: string, queue: Queue, means: string, heading?: string): PlatformAlarm {
  const metric = queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: 'Maximum' });
  const command = `aws sqs receive-message --queue-url ${queue.queueUrl} --message-attribute-names All --visibility-timeout 0`;
  return { id, metric, threshold: 0, text: textOf(id, means, command, heading) };
}

const WAITS = 'A change has waited for more than 5 minutes';
const logOf = ({ logGroup }: ReplicatorFunction) => `aws logs tail ${logGroup.logGroupName} --since 15m`;

function onAge(queue: Queue, replicator: ReplicatorFunction): PlatformAlarm {
  const metric = queue.metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: 'Maximum' });
  const id = 'OldestMessage';
  return { id, metric, threshold: OLDEST_SECONDS, text: textOf(id, WAITS, logOf(replicator)) };
}

function onEvents(replicator: ReplicatorFunction): PlatformAlarm[] {
  const of = (name: string, statistic: string) => replicator.function.metric(name, { period: MINUTE, statistic });
  const lost = 'Lambda could not put a failed change with the dead letters';
  return [
    {
      id: 'OldestEvent',
      metric: of('AsyncEventAge', 'Maximum'),
      threshold: OLDEST_SECONDS * 1_000,
      text: textOf('OldestEvent', WAITS, logOf(replicator)),
    },
    {
      id: 'LettersLost',
      metric: of('DestinationDeliveryFailures', 'Sum'),
      threshold: 0,
      text: textOf('LettersLost', lost, 'secrets-replicator sync'),
    },
  ];
}

function textOf(id: string, means: string, command: string, heading = id.toLowerCase()): string {
  return `${means}. Run: ${command}. See docs/operations.md#${heading}.`;
}
