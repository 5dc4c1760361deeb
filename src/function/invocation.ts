import { setMaxListeners } from 'node:events';
import type { Context } from 'aws-lambda';
import { attemptPoints } from '../core/attempt.js';
import { asReplicatorError } from '../core/failure.js';
import type { DataPoint } from '../core/metrics.js';
import { pointsOf } from '../core/outcome-metrics.js';
import type { AttemptsDeps } from '../flow/attempts.js';
import type { Deadline } from '../flow/ports.js';
import type { Replicated, ReplicateAllDeps } from '../flow/replicate-all.js';
import { SharedReads } from '../flow/shared-reads.js';
import { steadyStore } from '../flow/steady-store.js';
import type { Log } from '../aws/log.js';
import type { Wiring } from './wiring.js';

/** The part of Lambda's context that we read. Lambda gives all of it; a script that calls the handler may leave it out. */
export type InvocationContext = Partial<Pick<Context, 'awsRequestId' | 'getRemainingTimeInMillis'>>;

/** What a caller without a context may take; milliseconds. */
const DEFAULT_TIME_MS = 60_000;

/** Kept back before Lambda ends the function, so that metrics, dead letters and the answer still get out. Milliseconds. */
const RESERVE_MS = 5_000;
/** Of a function with little time, at most this share is kept back. */
const RESERVE_SHARE = 0.25;

/** One invocation: its deadline, what it measures, and the flow's dependencies made for it. */
export class Invocation {
  readonly log: Log;
  readonly deadline: Deadline;
  readonly #wiring: Wiring;
  readonly #points: DataPoint[] = [];
  readonly #timer: NodeJS.Timeout;
  /** Ends with the function itself: for what still has to get out after the deadline. */
  readonly #last: AbortController = new AbortController();
  readonly #lastTimer: NodeJS.Timeout;

  constructor(wiring: Wiring, context: InvocationContext = {}) {
    this.#wiring = wiring;
    this.log = wiring.log.with({ requestId: context.awsRequestId });
    const remainingMs = context.getRemainingTimeInMillis?.() ?? DEFAULT_TIME_MS;
    const timeMs = Math.max(0, remainingMs - Math.min(RESERVE_MS, remainingMs * RESERVE_SHARE));
    const controller = new AbortController();
    // Every call under way listens; their number is bounded by the batch, so many listeners are no leak.
    setMaxListeners(0, controller.signal, this.#last.signal);
    this.#timer = setTimeout(() => controller.abort(), timeMs).unref();
    this.#lastTimer = setTimeout(() => this.#last.abort(), remainingMs).unref();
    this.deadline = { at: wiring.clock.now() + timeMs, signal: controller.signal };
  }

  /** For calls of the reserve: dead letters and metrics. */
  get lastSignal(): AbortSignal {
    return this.#last.signal;
  }

  flow(options: { readonly dryRun: boolean }): ReplicateAllDeps {
    const { config, clock, random, destinations, known } = this.#wiring;
    const attempts: AttemptsDeps = {
      backoff: config.retry,
      clock,
      random,
      deadline: this.deadline,
      onAttempt: (attempt) => {
        this.#points.push(...attemptPoints(attempt));
        if (attempt.failure !== undefined) this.log.debug('attempt failed', { ...attempt });
      },
    };
    const source = steadyStore(attempts, config.source.region, this.#wiring.source);
    return {
      config,
      clock,
      deadline: this.deadline,
      dryRun: options.dryRun || this.#wiring.settings.dryRun,
      source,
      reads: new SharedReads(source),
      known,
      ownershipEnforced: this.#wiring.settings.ownershipEnforced,
      destinations: destinations.map(({ store, breaker, pace, ...rest }) => ({
        ...rest,
        store: steadyStore(attempts, rest.config.region, store, { breaker, pace }),
      })),
    };
  }

  measure(done: readonly Replicated[]): void {
    const { config } = this.#wiring;
    for (const one of done) this.#points.push(...pointsOf(one, config.source.region));
  }

  record(points: readonly DataPoint[]): void {
    this.#points.push(...points);
  }

  /** Sends the metrics and stops the clocks. A failure to publish is logged and never touches replication. */
  async finish(): Promise<void> {
    clearTimeout(this.#timer);
    const { publisher, clock } = this.#wiring;
    try {
      if (this.#points.length > 0) await publisher?.publish(this.#points, new Date(clock.now()), this.lastSignal);
    } catch (thrown) {
      const error = asReplicatorError(thrown);
      this.log.warn('metrics not published', { code: error.code, reason: error.message, points: this.#points.length });
    } finally {
      clearTimeout(this.#lastTimer);
    }
  }
}
