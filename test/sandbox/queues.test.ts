import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { expect, test } from '@jest/globals';
import { world } from './world.js';

test('a message is hidden while it is in flight and comes back when its time is over', () => {
  const { sandbox, clock } = world();
  const queue = sandbox.queues.create('changes', { visibilityTimeoutMs: 1_000 });
  queue.send('a');
  const [first] = queue.receive();
  expect(queue.receive()).toEqual([]);
  clock.now += 1_000;
  const [second] = queue.receive();
  expect([first?.receiveCount, second?.receiveCount]).toEqual([1, 2]);
});

test('the handle of an earlier receive deletes nothing', () => {
  const { sandbox, clock } = world();
  const queue = sandbox.queues.create('changes', { visibilityTimeoutMs: 1_000 });
  queue.send('a');
  const [first] = queue.receive();
  clock.now += 1_000;
  const [second] = queue.receive();
  expect(queue.delete(first?.receiptHandle ?? '')).toBe(false);
  expect(queue.delete(second?.receiptHandle ?? '')).toBe(true);
});

test('a message that was received often enough goes to the dead-letter queue with its age', () => {
  const { sandbox, clock } = world();
  const dead = sandbox.queues.create('dead');
  const queue = sandbox.queues.create('changes', {
    visibilityTimeoutMs: 1,
    maxReceiveCount: 2,
    deadLetterQueue: 'dead',
  });
  const { sentAt } = queue.send('a');
  for (let i = 0; i < 3; i += 1) {
    queue.receive();
    clock.now += 1;
  }
  expect([queue.counts().total, dead.messages().map((message) => [message.body, message.sentAt])]).toEqual([
    0,
    [['a', sentAt]],
  ]);
});

test('the SQS API sends, receives, shows again and deletes in batches, and tells the redrive policy', async () => {
  const { options } = world();
  const sqs = new SQSClient(options);
  await sqs.send(new CreateQueueCommand({ QueueName: 'dead' }));
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:${options.region}:111122223333:dead`,
    maxReceiveCount: 5,
  });
  await sqs.send(
    new CreateQueueCommand({ QueueName: 'changes', Attributes: { VisibilityTimeout: '60', RedrivePolicy } }),
  );
  const { QueueUrl } = await sqs.send(new GetQueueUrlCommand({ QueueName: 'changes' }));
  const Entries = ['a', 'b'].map((MessageBody) => ({
    Id: MessageBody,
    MessageBody,
    MessageAttributes: { kind: { DataType: 'String', StringValue: MessageBody } },
  }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));

  const receive = async () => {
    const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ['All'] };
    return (await sqs.send(new ReceiveMessageCommand(input))).Messages ?? [];
  };
  const received = await receive();
  expect(received.map(({ Body, MessageAttributes }) => [Body, MessageAttributes?.['kind']?.StringValue])).toEqual([
    ['a', 'a'],
    ['b', 'b'],
  ]);
  const handles = received.map(({ ReceiptHandle }, i) => ({ Id: String(i), ReceiptHandle }));
  await sqs.send(
    new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle: handles[0]?.ReceiptHandle, VisibilityTimeout: 0 }),
  );
  expect((await receive()).map(({ Body }) => Body)).toEqual(['a']);
  await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries: handles }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] }));
  expect(Attributes).toMatchObject({
    ApproximateNumberOfMessagesNotVisible: '1',
    VisibilityTimeout: '60',
    RedrivePolicy,
  });
});

test('a queue that does not exist is refused with the name that the SDK knows', async () => {
  const { options } = world();
  await expect(new SQSClient(options).send(new GetQueueUrlCommand({ QueueName: 'none' }))).rejects.toMatchObject({
    name: 'QueueDoesNotExist',
  });
});
