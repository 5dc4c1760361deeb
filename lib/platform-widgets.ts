import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import type { ReplicationConfig } from '../src/core/config.js';
import type { ChangeQueue } from './change-queue.js';
import { DashboardMetrics } from './dashboard-metrics.js';
import { graph, value } from './dashboard-widgets.js';
import type { ReplicatorFunction } from './replicator-function.js';

const MINUTE = Duration.minutes(1);
const PERIOD = Duration.minutes(5);

/** What waits, for how long, and what was given up. */
export function letterWidgets(changes: ChangeQueue, { function: replicator }: ReplicatorFunction): IWidget[] {
  const { queue, deadLetters, undeliveredNative, undeliveredFromTrail } = changes;
  const letters = graph('Dead letters', [
    waiting(deadLetters, 'given up'),
    waiting(undeliveredNative, 'undelivered, native'),
    waiting(undeliveredFromTrail, 'undelivered, from the trail'),
  ]);
  if (queue !== undefined) return [...waitingWidgets(queue), letters];
  const of = (name: string, statistic: string, label: string) =>
    replicator.metric(name, { statistic, label, period: MINUTE });
  return [
    graph('Events, and invocations refused for now', [
      of('AsyncEventsReceived', 'Sum', 'events'),
      of('Throttles', 'Sum', 'refused'),
    ]),
    graph('Oldest event that waits, ms', [of('AsyncEventAge', 'Maximum', 'milliseconds')]),
    letters,
  ];
}

function waitingWidgets(queue: Queue): IWidget[] {
  const maximum = { period: MINUTE, statistic: 'Maximum' };
  const hidden = { ...maximum, label: 'being replicated, or to come back' };
  return [
    graph('Changes that wait', [waiting(queue, 'waiting'), queue.metricApproximateNumberOfMessagesNotVisible(hidden)]),
    graph('Oldest change in the queue, s', [
      queue.metricApproximateAgeOfOldestMessage({ ...maximum, label: 'seconds' }),
    ]),
  ];
}

function waiting(queue: Queue, label: string) {
  return queue.metricApproximateNumberOfMessagesVisible({ period: MINUTE, statistic: 'Maximum', label });
}

/** What the bill grows with, in its own units. Most of it is the replicas, which are secrets and paid for by the month. */
export function costWidgets(
  { metrics: { publisher, namespace }, destinations }: ReplicationConfig,
  { function: replicator, logGroup }: ReplicatorFunction,
): IWidget[] {
  const own = publisher === 'none' ? [] : [new DashboardMetrics(namespace).replicas(destinations)];
  const invocations = replicator.metricInvocations({ statistic: 'Sum', label: 'invocations', period: PERIOD });
  const ms = replicator.metricDuration({ statistic: 'Sum', label: 'ms', period: PERIOD });
  const logged = new Metric({
    namespace: 'AWS/Logs',
    metricName: 'IncomingBytes',
    dimensionsMap: { LogGroupName: logGroup.logGroupName },
    statistic: 'Sum',
    label: 'bytes',
    period: PERIOD,
  });
  return [
    ...own.map((metric) => value('Cost: replicas', metric)),
    value('Cost: invocations', invocations),
    value('Cost: seconds of the function', seconds(ms)),
    value('Cost: bytes of log', logged),
  ];
}

function seconds(ms: Metric) {
  return new MathExpression({ expression: 'ms/1000', usingMetrics: { ms }, label: 'seconds', period: PERIOD });
}
