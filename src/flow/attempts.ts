import pRetry from 'p-retry';
import type { Attempt } from '../core/attempt.js';
import { delayMs, type Backoff } from '../core/backoff.js';
import { asReplicatorError, ReplicatorError } from '../core/failure.js';
import type { Clock, Deadline } from './ports.js';

export interface AttemptsDeps {
  readonly backoff: Backoff;
  readonly clock: Clock;
  /** Uniform in [0, 1). */
  readonly random: () => number;
  readonly deadline: Deadline;
  readonly onAttempt: (attempt: Attempt) => void;
}

/**
 * The one retry loop. Calls until success, a failure that a moment will not mend, the last attempt, or a delay that would
 * pass the deadline. Rejects with the last ReplicatorError. p-retry owns attempts and abort, the delay is ours
 * (docs/decisions/0002).
 */
export async function attempts<T>(
  deps: AttemptsDeps,
  call: Pick<Attempt, 'operation' | 'region'>,
  run: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const { backoff, clock, deadline } = deps;
  if (clock.now() >= deadline.at) throw outOfTime(call.operation);
  const tryOnce = async (attempt: number): Promise<T> => {
    try {
      const result = await inTime(run(deadline.signal), call.operation, deadline.signal);
      deps.onAttempt({ ...call, attempt, failure: undefined });
      return result;
    } catch (thrown) {
      const error = asReplicatorError(thrown);
      deps.onAttempt({ ...call, attempt, failure: error.code });
      throw error;
    }
  };
  try {
    return await pRetry(tryOnce, {
      retries: backoff.attempts - 1,
      minTimeout: 0,
      signal: deadline.signal,
      shouldRetry: async ({ error, attemptNumber }) => {
        if (!(error instanceof ReplicatorError) || error.remedy !== 'again') return false;
        const delay = delayMs(backoff, attemptNumber, deps.random);
        if (clock.now() + delay >= deadline.at) return false;
        await clock.sleep(delay, deadline.signal);
        return true;
      },
    });
  } catch (thrown) {
    throw deadline.signal.aborted ? outOfTime(call.operation, thrown) : asReplicatorError(thrown);
  }
}

/** What a call waits for may not listen to the signal, a role's credentials for instance; the deadline holds all the same. */
function inTime<T>(work: Promise<T>, operation: string, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(outOfTime(operation, signal.reason));
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

function outOfTime(operation: string, cause?: unknown): ReplicatorError {
  return new ReplicatorError('DeadlineReached', `no time left for ${operation} in this invocation`, { cause });
}
