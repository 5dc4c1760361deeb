import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  type SQSClient,
  type MessageAttributeValue,
} from '@aws-sdk/client-sqs';
import type { QueuedMessage, MessageQueue, QueueDepth } from '../flow/message-queue.js';
import type { ClientConfig } from './client-config.js';
import { failureOf } from './failures.js';
import { queueClient } from './queue-client.js';

/** Most messages in one answer (SQS API reference, ReceiveMessage). */
const MAX_RECEIVED = 10;

/** One queue by its URL. Every method rejects with ReplicatorError and nothing else. */
export class SqsQueue implements MessageQueue {
  readonly #client: SQSClient;
  readonly #url: string;

  constructor(home: ClientConfig, url: string) {
    this.#client = queueClient(home);
    this.#url = url;
  }

  async receive(hiddenSeconds: number, signal: AbortSignal): Promise<readonly QueuedMessage[]> {
    const command = new ReceiveMessageCommand({
      QueueUrl: this.#url,
      MaxNumberOfMessages: MAX_RECEIVED,
      VisibilityTimeout: hiddenSeconds,
      // Any waiting makes SQS ask all of its servers; without, an answer may be empty although there are messages.
      WaitTimeSeconds: 1,
      MessageAttributeNames: ['All'],
    });
    const { Messages = [] } = await this.#call('ReceiveMessage', () => this.#client.send(command, aborted(signal)));
    return Messages.map(({ MessageId = '', ReceiptHandle = '', Body = '', MessageAttributes = {} }) => ({
      id: MessageId,
      handle: ReceiptHandle,
      body: Body,
      attributes: textsOf(MessageAttributes),
    }));
  }

  async send(body: string, signal: AbortSignal): Promise<void> {
    const command = new SendMessageCommand({ QueueUrl: this.#url, MessageBody: body });
    await this.#call('SendMessage', () => this.#client.send(command, aborted(signal)));
  }

  async delete(handle: string, signal: AbortSignal): Promise<void> {
    const command = new DeleteMessageCommand({ QueueUrl: this.#url, ReceiptHandle: handle });
    await this.#call('DeleteMessage', () => this.#client.send(command, aborted(signal)));
  }

  async hide(handle: string, seconds: number, signal: AbortSignal): Promise<void> {
    const command = new ChangeMessageVisibilityCommand({
      QueueUrl: this.#url,
      ReceiptHandle: handle,
      VisibilityTimeout: seconds,
    });
    await this.#call('ChangeMessageVisibility', () => this.#client.send(command, aborted(signal)));
  }

  async depth(signal: AbortSignal): Promise<QueueDepth> {
    const command = new GetQueueAttributesCommand({
      QueueUrl: this.#url,
      AttributeNames: ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'],
    });
    const { Attributes = {} } = await this.#call('GetQueueAttributes', () =>
      this.#client.send(command, aborted(signal)),
    );
    return {
      waiting: Number(Attributes['ApproximateNumberOfMessages'] ?? 0),
      underWay: Number(Attributes['ApproximateNumberOfMessagesNotVisible'] ?? 0),
    };
  }

  async #call<T>(operation: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (thrown) {
      throw failureOf(thrown, operation, await this.#client.config.region());
    }
  }
}

const aborted = (signal: AbortSignal) => ({ abortSignal: signal });

function textsOf(attributes: Readonly<Record<string, MessageAttributeValue>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, { StringValue }]) =>
      StringValue === undefined ? [] : [[name, StringValue]],
    ),
  );
}
