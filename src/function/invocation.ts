import { setMaxListeners } from 'node:events';
import type { Context } from 'aws-lambda';
import { attemptPoints } from '../core/attempt.js';
import { asReplicatorError } from '../core/failure.js';
import { accountOfFunction, type AccountId } from '../core/names.js';
import type { DataPoint } from '../core/metrics.js';
import { PointTally } from '../core/metric-series.js';
import { replicaEvents, type ReplicaWritten } from '../core/outcome-event.js';
import { pointsOf } from '../core/outcome-metrics.js';
import type { AttemptsDeps } from '../flow/attempts.js';
import type { Deadline } from '../flow/ports.js';
import type { Replicated, ReplicateAllDeps } from '../flow/replicate-all.js';
import { SharedReads } from '../flow/shared-reads.js';
import { steadyStore } from '../flow/steady-store.js';
import type { Log } from '../aws/log.js';
import type { Wiring } from './wiring.js';

/** The part of Lambda's context that we read. Lambda gives all of it; a script that calls the handler may leave it out. */
export type InvocationContext = Partial<
  Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis' | 'invokedFunctionArn'>
>;

/** What a caller without a context may take; milliseconds. */
const DEFAULT_TIME_MS = 60_000;

/** Kept back before Lambda ends the function, so that metrics, dead letters and the answer still get out. Milliseconds. */
const RESERVE_MS = 5_000;
/** Of a function with little time, at most this share is kept back. */
const RESERVE_SHARE = 0.25;
/** Shares of the reserve after which dead letters, and then metrics, have to be out: a queue that hangs costs neither these nor the answer. */
const LETTERS_SHARE = 0.5;
const METRICS_SHARE = 0.9;

/** One invocation: its deadline, what it measures, and the flow's dependencies made for it. */
export class Invocation {
  readonly log: Log;
  readonly deadline: Deadline;
  /** Our own; undefined: the caller is not Lambda. */
  readonly account: AccountId | undefined;
  readonly #wiring: Wiring;
  readonly #measured = new PointTally();
  readonly #written: ReplicaWritten[] = [];
  readonly #letters: Alarm;
  readonly #metrics: Alarm;
  readonly #end: Alarm;

  constructor(wiring: Wiring, context: InvocationContext = {}) {
    this.#wiring = wiring;
    const { log, fullLog, random, settings } = wiring;
    const isSampled = settings.logSampleRate > 0 && random() < settings.logSampleRate;
    this.log = (isSampled ? fullLog : log).with({ requestId: context.awsRequestId });
    this.account = accountOfFunction(context.invokedFunctionArn ?? '');
    const remainingMs = context.getRemainingTimeInMillis?.() ?? DEFAULT_TIME_MS;
    const reserveMs = Math.min(RESERVE_MS, remainingMs * RESERVE_SHARE);
    const timeMs = Math.max(0, remainingMs - reserveMs);
    this.#end = alarmIn(timeMs);
    this.#letters = alarmIn(timeMs + reserveMs * LETTERS_SHARE);
    this.#metrics = alarmIn(timeMs + reserveMs * METRICS_SHARE);
    this.deadline = { at: wiring.clock.now() + timeMs, signal: this.#end.signal };
  }

  /** For what still has to get out after the deadline, metrics aside: dead letters, delays, the rest of a run. */
  get lastSignal(): AbortSignal {
    return this.#letters.signal;
  }

  flow(options: { readonly dryRun: boolean }): ReplicateAllDeps {
    const { config, clock, random, trace, destinations, known, budget } = this.#wiring;
    const attempts: AttemptsDeps = {
      backoff: config.retry,
      clock,
      random,
      deadline: this.deadline,
      onAttempt: (attempt) => {
        this.#measured.add(attemptPoints(attempt));
        if (attempt.failure !== undefined) this.log.debug('attempt failed', { ...attempt });
      },
    };
    const source = steadyStore(attempts, config.source.region, this.#wiring.source);
    return {
      config,
      clock,
      trace,
      deadline: this.deadline,
      dryRun: options.dryRun || this.#wiring.settings.dryRun,
      source,
      reads: new SharedReads(source),
      known,
      budget,
      ownershipEnforced: this.#wiring.settings.ownershipEnforced,
      destinations: destinations.map(({ store, breaker, pace, ...rest }) => ({
        ...rest,
        store: steadyStore(attempts, rest.config.region, store, { breaker, pace }),
      })),
    };
  }

  measure(done: readonly Replicated[]): void {
    const { config, outcomeEvents } = this.#wiring;
    for (const one of done) {
      this.#measured.add(pointsOf(one, config.source.region));
      if (outcomeEvents !== undefined) this.#written.push(...replicaEvents(one.report));
    }
  }

  record(points: readonly DataPoint[]): void {
    this.#measured.add(points);
  }

  /** Sends metrics and outcome events, sees the log out and stops the clocks. A failure to send is logged and never touches replication. */
  async finish(): Promise<void> {
    const { publisher, outcomeEvents, clock } = this.#wiring;
    const at = new Date(clock.now());
    const { signal } = this.#metrics;
    const [{ points }, events] = [this.#measured, this.#written];
    await Promise.all([
      this.#trySend('metrics not published', { points: points.length }, () => publisher?.publish(points, at, signal)),
      this.#trySend('outcome events not sent', { events: events.length }, () =>
        outcomeEvents?.send(events, at, signal),
      ),
    ]);
    await this.log.written();
    for (const { timer } of [this.#end, this.#letters, this.#metrics]) clearTimeout(timer);
  }

  async #trySend(
    failed: string,
    counts: Readonly<Record<string, number>>,
    send: () => Promise<void> | undefined,
  ): Promise<void> {
    try {
      if (Object.values(counts).some((count) => count > 0)) await send();
    } catch (thrown) {
      const error = asReplicatorError(thrown);
      this.log.warn(failed, { code: error.code, reason: error.message, ...counts });
    }
  }
}

interface Alarm {
  readonly signal: AbortSignal;
  readonly timer: NodeJS.Timeout;
}

function alarmIn(ms: number): Alarm {
  const controller = new AbortController();
  // Every call under way listens; their number is bounded by the batch, so many listeners are no leak.
  setMaxListeners(0, controller.signal);
  return { signal: controller.signal, timer: setTimeout(() => controller.abort(), ms).unref() };
}
