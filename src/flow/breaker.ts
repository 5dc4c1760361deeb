import {
  BrokenCircuitError,
  circuitBreaker,
  CircuitState,
  ConsecutiveBreaker,
  handleAll,
  type IBackoff,
  type IBackoffFactory,
} from 'cockatiel';
import type { CircuitBreakerConfig } from '../core/circuit-breaker.js';
import { asReplicatorError, ReplicatorError } from '../core/failure.js';
import type { Clock } from './ports.js';

export type BreakerState = 'closed' | 'open' | 'half-open' | 'off';

/** Keeps calls away from a destination that does not answer. Lives as long as the process. */
export interface Breaker {
  readonly state: BreakerState;
  /** Rejects as the call does, or with CircuitOpen: no call was made, or this one was the last failure in a row. */
  run<T>(call: () => Promise<T>): Promise<T>;
}

const STATES: Readonly<Record<CircuitState, BreakerState>> = {
  [CircuitState.Closed]: 'closed',
  [CircuitState.Open]: 'open',
  [CircuitState.HalfOpen]: 'half-open',
  [CircuitState.Isolated]: 'open',
};

/** How a call ended that says nothing against the destination: with a value, or with a failure that proves it alive. */
type Answered<T> = { readonly value: T } | { readonly error: ReplicatorError };

export function breakerFor(config: CircuitBreakerConfig, clock: Clock): Breaker {
  if (!config.enabled) return { state: 'off', run: (call) => call() };
  const policy = circuitBreaker(handleAll, {
    breaker: new ConsecutiveBreaker(config.failures),
    halfOpenAfter: byClock(clock, config.openMs),
  });
  const run = async <T>(call: () => Promise<T>): Promise<T> => {
    try {
      const answered = await policy.execute(() => answerOf(call));
      if ('value' in answered) return answered.value;
      throw answered.error;
    } catch (thrown) {
      if (thrown instanceof BrokenCircuitError) throw leftAlone(config, policy.lastFailure);
      const error = asReplicatorError(thrown);
      throw isSilence(error) && policy.state === CircuitState.Open ? leftAlone(config, { error }) : error;
    }
  };
  return {
    get state() {
      return STATES[policy.state];
    },
    run,
  };
}

async function answerOf<T>(call: () => Promise<T>): Promise<Answered<T>> {
  try {
    return { value: await call() };
  } catch (thrown) {
    const error = asReplicatorError(thrown);
    if (isSilence(error)) throw error;
    return { error };
  }
}

/** A refusal is an answer, also "slow down": for that there is the pace of writes. A call that our deadline ended had none. */
function isSilence({ remedy, code }: ReplicatorError): boolean {
  return (remedy === 'again' && code !== 'Throttled') || code === 'DeadlineReached';
}

/** cockatiel compares a duration with the machine's time; told in this way, the time that counts is our clock's. */
function byClock(clock: Clock, openMs: number): IBackoffFactory<unknown> {
  const next = (): IBackoff<unknown> => {
    const openedAt = clock.now();
    return {
      get duration() {
        return clock.now() - openedAt < openMs ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
      },
      next,
    };
  };
  return { next };
}

function leftAlone({ failures, openMs }: CircuitBreakerConfig, last: unknown): ReplicatorError {
  const cause = typeof last === 'object' && last !== null && 'error' in last ? last.error : undefined;
  const told = cause instanceof ReplicatorError ? `; the last: ${cause.message}` : '';
  return new ReplicatorError(
    'CircuitOpen',
    `no call is made for ${openMs / 1_000} s after ${failures} failures in a row${told}`,
    { cause },
  );
}
