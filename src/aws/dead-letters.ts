import { SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { ReplicatorError } from '../core/failure.js';
import type { ClientConfig } from './client-config.js';
import { failureOf } from './failures.js';
import { queueClient } from './queue-client.js';

/** Longest cause we attach, in characters; attributes and body share a message's size. */
const MAX_CAUSE_CHARACTERS = 1_000;

/** The dead-letter queue, written to directly where further deliveries would only fail again. */
export class DeadLetters {
  readonly #client: SQSClient;
  readonly #queueUrl: string;

  constructor(home: ClientConfig, queueUrl: string) {
    this.#client = queueClient(home);
    this.#queueUrl = queueUrl;
  }

  /** The message as it came, with its cause as attributes. Rejects with ReplicatorError. */
  async bury(body: string, cause: ReplicatorError, signal: AbortSignal): Promise<void> {
    const attribute = (text: string) => ({ DataType: 'String', StringValue: text.slice(0, MAX_CAUSE_CHARACTERS) });
    const command = new SendMessageCommand({
      QueueUrl: this.#queueUrl,
      MessageBody: body,
      MessageAttributes: { Cause: attribute(cause.code), CauseText: attribute(cause.message) },
    });
    try {
      await this.#client.send(command, { abortSignal: signal });
    } catch (thrown) {
      throw failureOf(thrown, 'SendMessage', await this.#client.config.region());
    }
  }
}
