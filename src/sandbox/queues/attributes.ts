import type { Queue, QueueOptions } from './queue.js';
import type { Queues } from './queues.js';
import { ServiceError } from '../service-error.js';

/** The attributes of CreateQueue that the stand-in obeys; the others (encryption, retention, …) have no effect here. */
export function readQueueAttributes(attributes: Record<string, string> | undefined, queues: Queues): QueueOptions {
  const visibility = attributes?.['VisibilityTimeout'];
  const policy = attributes?.['RedrivePolicy'];
  return {
    ...(visibility === undefined ? {} : { visibilityTimeoutMs: Number(visibility) * 1000 }),
    ...(policy === undefined ? {} : readRedrivePolicy(policy, queues)),
  };
}

function readRedrivePolicy(policy: string, queues: Queues): QueueOptions {
  const { deadLetterTargetArn = '', maxReceiveCount = 10 } = parsePolicy(policy);
  if (queues.find(deadLetterTargetArn) === undefined) {
    throw new ServiceError('InvalidParameterValueException', 'RedrivePolicy: the dead-letter queue does not exist.');
  }
  return { deadLetterQueue: deadLetterTargetArn, maxReceiveCount: Number(maxReceiveCount) };
}

function parsePolicy(policy: string): { deadLetterTargetArn?: string; maxReceiveCount?: number | string } {
  try {
    return JSON.parse(policy) as { deadLetterTargetArn?: string; maxReceiveCount?: number | string };
  } catch {
    throw new ServiceError('InvalidParameterValueException', 'RedrivePolicy: it is not JSON.');
  }
}

/** Numbers are texts, as the service has it. */
export function queueAttributes(queue: Queue, names: unknown): Readonly<Record<string, string>> {
  const { visible, notVisible } = queue.counts();
  const { visibilityTimeoutMs, deadLetterQueue, maxReceiveCount } = queue.settings;
  const all: Record<string, string> = {
    QueueArn: queue.arn,
    ApproximateNumberOfMessages: String(visible),
    ApproximateNumberOfMessagesNotVisible: String(notVisible),
    ApproximateNumberOfMessagesDelayed: '0',
    VisibilityTimeout: String(visibilityTimeoutMs / 1000),
  };
  if (deadLetterQueue !== undefined) {
    all['RedrivePolicy'] = JSON.stringify({ deadLetterTargetArn: deadLetterQueue.arn, maxReceiveCount });
  }
  const wanted = new Set((names as string[] | undefined) ?? []);
  return Object.fromEntries(Object.entries(all).filter(([name]) => wanted.has('All') || wanted.has(name)));
}
