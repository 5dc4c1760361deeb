import type { Call, Fields } from '../call.js';
import { textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { queueAttributes, readQueueAttributes } from './attributes.js';
import { deleteBatch, sendBatch } from './batches.js';
import type { Queue } from './queue.js';
import type { Queues } from './queues.js';
import { SQS_SHAPES } from './shapes.js';
import { checkMembers } from '../shape.js';
import { deleteMessage, receiveMessages, sendMessage } from './messages.js';

type Operation = (queue: Queue, input: Fields) => Fields;

/** Operations on a queue that exists. */
const ON_QUEUE: Readonly<Record<string, Operation>> = {
  SendMessage: sendMessage,
  SendMessageBatch: sendBatch,
  ReceiveMessage: receiveMessages,
  DeleteMessage: deleteMessage,
  DeleteMessageBatch: deleteBatch,
  ChangeMessageVisibility: changeVisibility,
  GetQueueAttributes: (queue, input) => ({ Attributes: queueAttributes(queue, input['AttributeNames']) }),
  PurgeQueue: (queue) => {
    queue.purge();
    return {};
  },
};

export function callSqs(queues: Queues, call: Call): Fields {
  const { operation, input } = call;
  checkMembers(Object.hasOwn(SQS_SHAPES, operation) ? (SQS_SHAPES[operation] ?? {}) : {}, input);
  if (operation === 'CreateQueue') return createQueue(queues, call);
  if (operation === 'ListQueues') return listQueues(queues, call);
  if (operation === 'GetQueueUrl') return { QueueUrl: urlOf(call, byName(queues, call, textOf(input, 'QueueName'))) };
  const carryOut = Object.hasOwn(ON_QUEUE, operation) ? ON_QUEUE[operation] : undefined;
  if (carryOut === undefined) {
    throw new ServiceError('UnknownOperationException', `SQS has no operation "${operation}" here.`);
  }
  const name = textOf(input, 'QueueUrl').split('/').pop() ?? '';
  return carryOut(byName(queues, call, name), input);
}

function createQueue(queues: Queues, call: Call): Fields {
  const name = textOf(call.input, 'QueueName');
  if (!/^[\w-]{1,80}$/.test(name)) {
    throw new ServiceError(
      'InvalidParameterValueException',
      'A queue name has 1 to 80 letters, digits, hyphens and underscores.',
    );
  }
  const { account } = call.caller;
  const options = readQueueAttributes(call.input['Attributes'] as Record<string, string> | undefined, queues);
  return { QueueUrl: urlOf(call, queues.create(name, { ...options, account, region: call.region })) };
}

function listQueues(queues: Queues, call: Call): Fields {
  const prefix = textOf(call.input, 'QueueNamePrefix');
  const found = queues.in(call.caller.account, call.region).filter((queue) => queue.name.startsWith(prefix));
  return found.length === 0 ? {} : { QueueUrls: found.map((queue) => urlOf(call, queue)) };
}

function changeVisibility(queue: Queue, input: Fields): Fields {
  const handle = textOf(input, 'ReceiptHandle');
  if (!queue.changeVisibility(handle, Number(input['VisibilityTimeout']) * 1000)) {
    throw new ServiceError('MessageNotInflight', 'The message is not in flight.');
  }
  return {};
}

function byName(queues: Queues, call: Call, name: string): Queue {
  const queue = queues.in(call.caller.account, call.region).find((candidate) => candidate.name === name);
  if (queue === undefined) throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.');
  return queue;
}

/** Begins with the address that the caller reached us at, so that SDKs which follow it come back here. */
function urlOf(call: Call, queue: Queue): string {
  return `${call.origin}/${queue.settings.account}/${queue.name}`;
}
