import { Queue, type QueueCounts, type QueueMessage, type QueueOptions, type SendOptions } from './queue.js';

const DEFAULT_VISIBILITY_MS = 30_000;
const DEFAULT_REGION = 'us-east-1';

/** Queues of every region and account. Where a method takes a queue, a name, a URL or an ARN will do. */
export class Queues {
  readonly #queues: Queue[] = [];

  constructor(private readonly options: { now: () => number; random: () => number; defaultAccount: string }) {}

  /** Returns the queue of that name when region and account already have one. */
  create(name: string, options: QueueOptions = {}): Queue {
    const region = options.region ?? DEFAULT_REGION;
    const account = options.account ?? this.options.defaultAccount;
    const known = this.in(account, region).find((queue) => queue.name === name);
    if (known !== undefined) return known;
    const deadLetterQueue = options.deadLetterQueue === undefined ? undefined : this.get(options.deadLetterQueue);
    const queue = new Queue(
      {
        name,
        region,
        account,
        visibilityTimeoutMs: options.visibilityTimeoutMs ?? DEFAULT_VISIBILITY_MS,
        maxReceiveCount: options.maxReceiveCount ?? Number.POSITIVE_INFINITY,
        deadLetterQueue,
      },
      this.options,
    );
    this.#queues.push(queue);
    return queue;
  }

  /** Throws for a queue that does not exist. */
  get(queue: string | Queue): Queue {
    if (typeof queue !== 'string') return queue;
    const found = this.find(queue);
    if (found === undefined) throw new Error(`queue: there is none called "${queue}"`);
    return found;
  }

  /** By name, by `…/account/name` URL, or by ARN. */
  find(id: string): Queue | undefined {
    if (id.startsWith('arn:')) return this.#queues.find((queue) => queue.arn === id);
    const [account, name] = id.split('/').slice(-2);
    if (name === undefined) return this.#queues.find((queue) => queue.name === id);
    return this.#queues.find((queue) => queue.name === name && queue.settings.account === account);
  }

  in(account: string, region: string): readonly Queue[] {
    return this.#queues.filter(({ settings }) => settings.account === account && settings.region === region);
  }

  send(queue: string | Queue, body: string, options?: SendOptions): QueueMessage {
    return this.get(queue).send(body, options);
  }

  receive(queue: string | Queue, max?: number, visibilityTimeoutMs?: number): readonly QueueMessage[] {
    return this.get(queue).receive(max, visibilityTimeoutMs);
  }

  delete(queue: string | Queue, receiptHandle: string): boolean {
    return this.get(queue).delete(receiptHandle);
  }

  changeVisibility(queue: string | Queue, receiptHandle: string, timeoutMs: number): boolean {
    return this.get(queue).changeVisibility(receiptHandle, timeoutMs);
  }

  counts(queue: string | Queue): QueueCounts {
    return this.get(queue).counts();
  }

  messages(queue: string | Queue): readonly QueueMessage[] {
    return this.get(queue).messages();
  }
}
