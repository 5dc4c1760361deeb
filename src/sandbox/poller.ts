import { setTimeout as wait } from 'node:timers/promises';
import { drawUuid } from './chance.js';
import { type BatchAnswer, failedIds } from './batch-answer.js';
import type { Queue, QueueMessage } from './queues/queue.js';
import { sqsRecord, type SqsRecord } from './queues/record.js';

/** The part of Lambda's context that the poller fills in. */
export interface PollerContext {
  readonly functionName: string;
  readonly awsRequestId: string;
  readonly getRemainingTimeInMillis: () => number;
}

type BatchHandler = (event: { Records: SqsRecord[] }, context: PollerContext) => Promise<BatchAnswer>;

export interface PollerOptions {
  readonly queue: Queue;
  readonly handler: BatchHandler;
  /** Largest batch; default 10. */
  readonly batchSize?: number;
  /** Invocations at the same time; default 2, the least that a mapping can be told. */
  readonly concurrency?: number;
  /** Milliseconds to wait for more messages before a batch is taken; default 0: what was sent in one go. */
  readonly batchWindowMs?: number;
  /** What getRemainingTimeInMillis counts down from; default 60,000. It ends nothing. */
  readonly timeoutMs?: number;
}

interface PollerDeps {
  readonly now: () => number;
  readonly random: () => number;
  /** Default: real time. A wait that the signal ends may reject. */
  readonly sleep?: (ms: number, signal: AbortSignal) => Promise<unknown>;
}

/** Hands a queue's messages to a handler in batches, like Lambda's event source mapping. Starts at once. */
export class Poller {
  #inFlight = 0;
  #isStopped = false;
  #isPumpDue = false;
  #alarm = new AbortController();
  #waiting: (() => void)[] = [];
  readonly #unsubscribe: () => void;

  constructor(
    private readonly deps: PollerDeps,
    private readonly options: PollerOptions,
  ) {
    this.#unsubscribe = options.queue.onChange(() => this.#schedule());
    this.#schedule();
  }

  /** Takes no more messages; resolves when what is in flight has ended. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#unsubscribe();
    this.#alarm.abort();
    while (this.#inFlight > 0) await this.#settled();
  }

  /** Resolves when the queue is empty, hidden messages included, and nothing is in flight; or when stopped. */
  async idle(): Promise<void> {
    while (!this.#isStopped && (this.#inFlight > 0 || this.options.queue.counts().total > 0)) await this.#settled();
  }

  #settled(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
    });
  }

  /** After the messages that are being sent in one go, so that they share a batch. */
  #schedule(): void {
    if (this.#isPumpDue || this.#isStopped) return;
    this.#isPumpDue = true;
    const { batchWindowMs = 0 } = this.options;
    const due = batchWindowMs === 0 ? Promise.resolve() : this.#sleep(batchWindowMs, this.#alarm.signal);
    void due.then(() => this.#pump());
  }

  #pump(): void {
    this.#isPumpDue = false;
    const { queue, batchSize = 10, concurrency = 2 } = this.options;
    while (!this.#isStopped && this.#inFlight < concurrency) {
      const batch = queue.receive(batchSize);
      if (batch.length === 0) break;
      this.#inFlight += 1;
      void this.#invoke(batch);
    }
    this.#wake();
    this.#setAlarm();
  }

  async #invoke(batch: readonly QueueMessage[]): Promise<void> {
    const { queue, handler } = this.options;
    const records = batch.map((message) => sqsRecord(queue, message));
    const failed = await answered(handler, records, this.#context());
    this.#inFlight -= 1;
    // What failed stays hidden until its visibility timeout ends, as in the service.
    for (const { messageId, receiptHandle } of records) if (!failed.has(messageId)) queue.delete(receiptHandle);
    this.#schedule();
    this.#wake();
  }

  /** Comes back when the next hidden message is visible again. */
  #setAlarm(): void {
    this.#alarm.abort();
    if (this.#isStopped || this.#inFlight >= (this.options.concurrency ?? 2)) return;
    const next = this.options.queue.nextVisibleAt();
    if (next === undefined) return;
    this.#alarm = new AbortController();
    const { signal } = this.#alarm;
    const delayMs = Math.max(1, next - this.deps.now());
    void this.#scheduleAfter(delayMs, signal);
  }

  async #scheduleAfter(delayMs: number, signal: AbortSignal): Promise<void> {
    await this.#sleep(delayMs, signal);
    if (!signal.aborted) this.#schedule();
  }

  async #sleep(ms: number, signal: AbortSignal): Promise<void> {
    const { sleep = (delayMs: number) => wait(delayMs, undefined, { signal }) } = this.deps;
    await sleep(ms, signal).catch(() => undefined);
  }

  #context(): PollerContext {
    const endsAt = this.deps.now() + (this.options.timeoutMs ?? 60_000);
    return {
      functionName: 'secrets-replicator',
      awsRequestId: drawUuid(this.deps.random),
      getRemainingTimeInMillis: () => Math.max(0, endsAt - this.deps.now()),
    };
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** A handler that throws fails its whole batch. */
async function answered(
  handler: BatchHandler,
  records: SqsRecord[],
  context: PollerContext,
): Promise<ReadonlySet<string>> {
  try {
    return failedIds(await handler({ Records: records }, context), records);
  } catch {
    return new Set(records.map(({ messageId }) => messageId));
  }
}
