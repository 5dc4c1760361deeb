import { Duration } from 'aws-cdk-lib';
import type { IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ChangeQueue } from './change-queue.js';

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

/** Alarms on the queues, and where events come without one, on Lambda's own. */
export function platformAlarms(
  changes: ChangeQueue,
  replicator: IFunction,
  webhookUndelivered: Queue | undefined,
): readonly PlatformAlarm[] {
  return [
    { id: 'DeadLetters', ...anyMessage(changes.deadLetters), text: DEAD_LETTERS },
    { id: 'UndeliveredNative', ...anyMessage(changes.undeliveredNative), text: UNDELIVERED },
    { id: 'UndeliveredFromTrail', ...anyMessage(changes.undeliveredFromTrail), text: UNDELIVERED },
    ...(changes.queue === undefined ? onEvents(replicator) : [onAge(changes.queue)]),
    ...(webhookUndelivered === undefined
      ? []
      : [{ id: 'WebhookUndelivered', ...anyMessage(webhookUndelivered), text: WEBHOOK_UNDELIVERED }]),
  ];
}

const anyMessage = (queue: Queue) => ({
  metric: queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: 'Maximum' }),
  threshold: 0,
});

function onAge(queue: Queue): PlatformAlarm {
  const metric = queue.metricApproximateAgeOfOldestMessage({ period: MINUTE, statistic: 'Maximum' });
  return { id: 'OldestMessage', metric, threshold: OLDEST_SECONDS, text: OLDEST_MESSAGE };
}

function onEvents(replicator: IFunction): PlatformAlarm[] {
  const of = (name: string, statistic: string) => replicator.metric(name, { period: MINUTE, statistic });
  return [
    {
      id: 'OldestEvent',
      metric: of('AsyncEventAge', 'Maximum'),
      threshold: OLDEST_SECONDS * 1_000,
      text: 'A change has waited for more than 5 minutes. Run the command in docs/operations.md#oldestevent.',
    },
    {
      id: 'LettersLost',
      metric: of('DestinationDeliveryFailures', 'Sum'),
      threshold: 0,
      text: 'Lambda could not put a failed change with the dead letters. Run the command in docs/operations.md#letterslost.',
    },
  ];
}

const DEAD_LETTERS =
  'A change could not be replicated and lies in the dead-letter queue with its cause. Run the command in docs/operations.md#deadletters.';
const UNDELIVERED =
  'EventBridge could not deliver an event. Run the command in docs/operations.md#undeliverednative-and-undeliveredfromtrail.';
const OLDEST_MESSAGE =
  'A change has waited for more than 5 minutes. Run the command in docs/operations.md#oldestmessage.';
const WEBHOOK_UNDELIVERED =
  'An alarm could not be posted to the webhook. Run the command in docs/operations.md#webhookundelivered.';
