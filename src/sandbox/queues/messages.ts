import { createHash } from 'node:crypto';
import type { Fields } from '../call.js';
import { optionalNumber, optionalText, textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import type { Queue, QueueMessage } from './queue.js';

/** Largest message in UTF-8 bytes (SQS API, SendMessage). */
const MAX_MESSAGE_BYTES = 1_048_576;

export function sendMessage(queue: Queue, input: Fields): Fields {
  const body = input['MessageBody'];
  if (typeof body !== 'string' || body === '') {
    throw new ServiceError('MissingRequiredParameterException', 'The request must contain the parameter MessageBody.');
  }
  if (Buffer.byteLength(body) > MAX_MESSAGE_BYTES) {
    throw new ServiceError('InvalidParameterValueException', `A message holds at most ${MAX_MESSAGE_BYTES} bytes.`);
  }
  const message = queue.send(body, {
    delayMs: Number(input['DelaySeconds'] ?? 0) * 1000,
    messageGroupId: optionalText(input, 'MessageGroupId'),
    messageAttributes: input['MessageAttributes'] as Record<string, unknown> | undefined,
  });
  return { MessageId: message.messageId, MD5OfMessageBody: md5(body) };
}

/** Answers at once: WaitTimeSeconds is taken and has no effect. */
export function receiveMessages(queue: Queue, input: Fields): Fields {
  const max = optionalNumber(input, 'MaxNumberOfMessages') ?? 1;
  if (max < 1 || max > 10) {
    throw new ServiceError('InvalidParameterValueException', 'MaxNumberOfMessages must be between 1 and 10.');
  }
  const timeout = optionalNumber(input, 'VisibilityTimeout');
  const messages = queue.receive(max, timeout === undefined ? undefined : timeout * 1000);
  return messages.length === 0 ? {} : { Messages: messages.map((message) => received(message, input)) };
}

/** A handle that no longer counts deletes nothing and is no error. */
export function deleteMessage(queue: Queue, input: Fields): Fields {
  queue.delete(textOf(input, 'ReceiptHandle'));
  return {};
}

function received(message: QueueMessage, input: Fields): Fields {
  const names = (input['MessageSystemAttributeNames'] ?? input['AttributeNames'] ?? []) as string[];
  const attributes = Object.entries(systemAttributes(message)).filter(
    ([name]) => names.includes('All') || names.includes(name),
  );
  return {
    MessageId: message.messageId,
    ReceiptHandle: message.receiptHandle,
    MD5OfBody: md5(message.body),
    Body: message.body,
    ...(attributes.length === 0 ? {} : { Attributes: Object.fromEntries(attributes) }),
    ...askedFor(message.messageAttributes, input['MessageAttributeNames'] as string[] | undefined),
  };
}

/** The sender's own attributes come only when they are asked for by name. */
function askedFor(attributes: Fields, names: readonly string[] = []): Fields {
  const found = Object.entries(attributes).filter(([name]) => names.includes('All') || names.includes(name));
  return found.length === 0 ? {} : { MessageAttributes: Object.fromEntries(found) };
}

/** The attributes that the service itself gives a message. */
export function systemAttributes(message: QueueMessage): Readonly<Record<string, string>> {
  return {
    ApproximateReceiveCount: String(message.receiveCount),
    SentTimestamp: String(message.sentAt),
    SenderId: 'AIDASANDBOXUSER',
    ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
    ...(message.messageGroupId === undefined ? {} : { MessageGroupId: message.messageGroupId }),
    ...(message.deadLetterSource === undefined ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
  };
}

/** SDKs check it on every send and receive. */
export function md5(text: string): string {
  return createHash('md5').update(text).digest('hex');
}
