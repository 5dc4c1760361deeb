import type { HttpHandler } from '../../src/aws/client-config.js';
import type { Log } from '../../src/aws/log.js';
import { functionOver, type Handler } from '../../src/function/function.js';
import { wire } from '../../src/function/wiring.js';
import { sqsRecord } from '../../src/sandbox/queues/record.js';
import type { Queue } from '../../src/sandbox/queues/queue.js';
import type { CompiledConfig } from '../../src/transform/compile-checked.js';
import type { Cloud } from './cloud.js';
import type { EventClock } from './event-clock.js';

export interface WorkerDeps {
  readonly cloud: Pick<Cloud, 'requestHandler'>;
  readonly clock: EventClock;
  readonly random: () => number;
  readonly compiled: CompiledConfig;
  readonly environment: Readonly<Record<string, string>>;
  readonly log: Log;
  readonly queue: Queue;
  /** Chance that an invocation is killed in the middle. */
  readonly killed: number;
}

/** What an invocation may take, as in the stack. Milliseconds. */
const TIMEOUT_MS = 60_000;
/** Pause of a worker that found no message. Milliseconds. */
const IDLE_MS = 1_000;
/** Calls after which a doomed invocation dies: one of the first so many. */
const DEATH_WITHIN_CALLS = 25;

export const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' });

/** Lambda's side: one process at a time over the queue; a killed one is replaced, and what it held is delivered again later. */
export class Worker {
  invocations = 0;
  kills = 0;
  isStopped = false;
  readonly #deps: WorkerDeps;
  #process: Process;

  constructor(deps: WorkerDeps) {
    this.#deps = deps;
    this.#process = new Process(deps);
  }

  /** Resolves when the worker was told to stop and its last invocation has ended. */
  async run(): Promise<void> {
    const { queue, clock, random } = this.#deps;
    while (!this.isStopped) {
      const messages = queue.receive(1 + Math.floor(random() * 10));
      if (messages.length === 0) {
        await clock.sleep(IDLE_MS);
        continue;
      }
      const Records = messages.map((message) => sqsRecord(queue, message));
      const answer = await this.#invoke({ Records });
      if (answer === 'killed') continue;
      const failed = new Set(answer);
      for (const { messageId, receiptHandle } of Records) if (!failed.has(messageId)) queue.delete(receiptHandle);
    }
  }

  /** The ids that come back; all of them stay where the process died. */
  async #invoke(event: object): Promise<readonly string[] | 'killed'> {
    this.invocations += 1;
    const { random, killed } = this.#deps;
    const process = this.#process;
    process.callsToLive = random() < killed ? Math.floor(random() * DEATH_WITHIN_CALLS) : Number.POSITIVE_INFINITY;
    const answered = process.invoke(event);
    const answer = await Promise.race([answered, process.death]);
    if (answer !== 'killed') {
      if (!('batchItemFailures' in answer)) throw new Error('a batch is answered with its failures');
      return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
    }
    this.kills += 1;
    this.#process = new Process(this.#deps);
    return 'killed';
  }
}

/** A warm process: the wiring, with breakers and what it knows. Once dead, none of its calls ever ends. */
class Process {
  callsToLive = Number.POSITIVE_INFINITY;
  readonly death: Promise<'killed'>;
  readonly #handler: Handler;
  readonly #clock: EventClock;
  #die: () => void = () => undefined;

  constructor({ cloud, clock, random, compiled, environment, log }: WorkerDeps) {
    this.#clock = clock;
    this.death = new Promise((resolve) => {
      this.#die = () => resolve('killed');
    });
    const requestHandler = this.#mortal(cloud.requestHandler);
    this.#handler = functionOver(wire(environment, compiled, { requestHandler, credentials, log, clock, random }));
  }

  invoke(event: object): ReturnType<Handler> {
    const endsAt = this.#clock.now() + TIMEOUT_MS;
    return this.#handler(event, {
      awsRequestId: 'request',
      getRemainingTimeInMillis: () => Math.max(0, endsAt - this.#clock.now()),
    });
  }

  /** Death comes before a call or between its effect and its answer. */
  #mortal(inner: HttpHandler): HttpHandler {
    return new Proxy(inner, {
      get: (target, key, receiver) => {
        if (key !== 'handle') return Reflect.get(target, key, receiver) as unknown;
        return async (...call: Parameters<HttpHandler['handle']>) => {
          this.callsToLive -= 1;
          if (this.callsToLive < 0) return this.#ended();
          const answer = await target.handle(...call);
          return this.callsToLive === 0 ? this.#ended() : answer;
        };
      },
    });
  }

  #ended(): Promise<never> {
    this.#die();
    return new Promise(() => undefined);
  }
}
