import { drawUuid } from '../chance.js';

export interface QueueOptions {
  /** How long a received message stays hidden; default 30,000. */
  readonly visibilityTimeoutMs?: number;
  /** Receives after which a message goes to the dead-letter queue instead of being received once more. */
  readonly maxReceiveCount?: number;
  /** Name of an existing queue of the same region and account. */
  readonly deadLetterQueue?: string;
  readonly region?: string;
  readonly account?: string;
}

export interface QueueMessage {
  readonly messageId: string;
  readonly body: string;
  /** Epoch milliseconds; kept when the message moves to a dead-letter queue. */
  readonly sentAt: number;
  receiveCount: number;
  firstReceivedAt?: number | undefined;
  /** Hidden before this instant. */
  visibleAt: number;
  /** The handle of the last receive; older ones no longer count. */
  receiptHandle?: string | undefined;
  readonly messageGroupId?: string | undefined;
  readonly messageAttributes: Readonly<Record<string, unknown>>;
  /** ARN of the queue that gave it up. */
  readonly deadLetterSource?: string | undefined;
}

export interface SendOptions {
  readonly delayMs?: number | undefined;
  readonly messageGroupId?: string | undefined;
  readonly messageAttributes?: Readonly<Record<string, unknown>> | undefined;
}

export interface QueueCounts {
  readonly visible: number;
  readonly notVisible: number;
  readonly total: number;
}

export interface QueueSettings {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  visibilityTimeoutMs: number;
  maxReceiveCount: number;
  deadLetterQueue: Queue | undefined;
}

interface QueueDeps {
  readonly now: () => number;
  readonly random: () => number;
}

/** A standard queue: at-least-once, hidden while in flight, to its dead-letter queue after too many receives. */
export class Queue {
  readonly #messages = new Map<string, QueueMessage>();
  readonly #listeners = new Set<() => void>();
  readonly arn: string;

  constructor(
    readonly settings: QueueSettings,
    private readonly deps: QueueDeps,
  ) {
    this.arn = `arn:aws:sqs:${settings.region}:${settings.account}:${settings.name}`;
  }

  get name(): string {
    return this.settings.name;
  }

  send(body: string, options: SendOptions = {}): QueueMessage {
    const now = this.deps.now();
    const message: QueueMessage = {
      messageId: drawUuid(this.deps.random),
      body,
      sentAt: now,
      receiveCount: 0,
      visibleAt: now + (options.delayMs ?? 0),
      messageGroupId: options.messageGroupId,
      messageAttributes: options.messageAttributes ?? {},
    };
    this.#take(message);
    return message;
  }

  /** Up to `max` visible messages, oldest first, now hidden. Those received too often go to the dead-letter queue. */
  receive(max = 1, visibilityTimeoutMs = this.settings.visibilityTimeoutMs): readonly QueueMessage[] {
    const now = this.deps.now();
    const received: QueueMessage[] = [];
    for (const message of this.#messages.values()) {
      if (received.length === max) break;
      if (message.visibleAt > now) continue;
      if (this.#isSpent(message)) this.#giveUp(message);
      else received.push(this.#hide(message, now + visibilityTimeoutMs));
    }
    return received;
  }

  /** False when the handle is not that of the last receive; nothing is deleted then. */
  delete(receiptHandle: string): boolean {
    const message = this.#byHandle(receiptHandle);
    if (message === undefined) return false;
    this.#messages.delete(message.messageId);
    this.#changed();
    return true;
  }

  /** Hides a message that is in flight from now on for so long; 0 shows it at once. False when it is not in flight. */
  changeVisibility(receiptHandle: string, timeoutMs: number): boolean {
    const message = this.#byHandle(receiptHandle);
    const now = this.deps.now();
    if (message === undefined || message.visibleAt <= now) return false;
    message.visibleAt = now + timeoutMs;
    this.#changed();
    return true;
  }

  counts(): QueueCounts {
    const now = this.deps.now();
    const visible = this.messages().filter((message) => message.visibleAt <= now).length;
    return { visible, notVisible: this.#messages.size - visible, total: this.#messages.size };
  }

  messages(): readonly QueueMessage[] {
    return [...this.#messages.values()];
  }

  purge(): void {
    this.#messages.clear();
    this.#changed();
  }

  /** The instant at which the next message is visible; undefined for an empty queue. */
  nextVisibleAt(): number | undefined {
    let next: number | undefined;
    for (const { visibleAt } of this.#messages.values()) next = Math.min(next ?? visibleAt, visibleAt);
    return next;
  }

  /** Called after every change; returns the function that ends it. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  #take(message: QueueMessage): void {
    this.#messages.set(message.messageId, message);
    this.#changed();
  }

  #isSpent(message: QueueMessage): boolean {
    return this.settings.deadLetterQueue !== undefined && message.receiveCount >= this.settings.maxReceiveCount;
  }

  #giveUp(message: QueueMessage): void {
    const { deadLetterQueue } = this.settings;
    if (deadLetterQueue === undefined) return;
    this.#messages.delete(message.messageId);
    deadLetterQueue.#take({
      ...message,
      visibleAt: this.deps.now(),
      receiptHandle: undefined,
      deadLetterSource: this.arn,
    });
    this.#changed();
  }

  #hide(message: QueueMessage, untilMs: number): QueueMessage {
    message.receiveCount += 1;
    message.firstReceivedAt ??= this.deps.now();
    message.visibleAt = untilMs;
    message.receiptHandle = `${message.messageId}#${message.receiveCount}`;
    return { ...message };
  }

  #byHandle(receiptHandle: string): QueueMessage | undefined {
    const message = this.#messages.get(receiptHandle.slice(0, receiptHandle.lastIndexOf('#')));
    return message?.receiptHandle === receiptHandle ? message : undefined;
  }

  #changed(): void {
    for (const listener of this.#listeners) listener();
  }
}
