import type { Members } from '../shape.js';

const text = { type: 'string' } as const;
const queueUrl = { type: 'string', required: true } as const;
const handle = { type: 'string', required: true } as const;
const names = { type: 'list', member: text } as const;
const seconds = { type: 'number', integer: true, min: 0, max: 43_200 } as const;
const attributes = { type: 'structure', members: {} } as const;
const message: Members = {
  MessageBody: { ...text, required: true },
  DelaySeconds: { type: 'number', integer: true, min: 0, max: 900 },
  MessageGroupId: { type: 'string', min: 1, max: 128 },
  MessageAttributes: attributes,
};
const id = { type: 'string', min: 1, max: 80, required: true } as const;

/** Types and ranges of the members that the stand-in reads. */
export const SQS_SHAPES: Readonly<Record<string, Members>> = {
  CreateQueue: { QueueName: { ...text, required: true }, Attributes: attributes },
  ListQueues: { QueueNamePrefix: text },
  GetQueueUrl: { QueueName: { ...text, required: true } },
  GetQueueAttributes: { QueueUrl: queueUrl, AttributeNames: names },
  PurgeQueue: { QueueUrl: queueUrl },
  SendMessage: { QueueUrl: queueUrl, ...message },
  SendMessageBatch: {
    QueueUrl: queueUrl,
    Entries: { type: 'list', required: true, member: { type: 'structure', members: { Id: id, ...message } } },
  },
  ReceiveMessage: {
    QueueUrl: queueUrl,
    MaxNumberOfMessages: { type: 'number', integer: true },
    VisibilityTimeout: seconds,
    AttributeNames: names,
    MessageSystemAttributeNames: names,
    MessageAttributeNames: names,
  },
  DeleteMessage: { QueueUrl: queueUrl, ReceiptHandle: handle },
  DeleteMessageBatch: {
    QueueUrl: queueUrl,
    Entries: {
      type: 'list',
      required: true,
      member: { type: 'structure', members: { Id: id, ReceiptHandle: handle } },
    },
  },
  ChangeMessageVisibility: {
    QueueUrl: queueUrl,
    ReceiptHandle: handle,
    VisibilityTimeout: { ...seconds, required: true },
  },
};
