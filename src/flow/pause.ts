import { ReplicatorError } from '../core/failure.js';
import type { Clock, Deadline } from './ports.js';

/** Waits so many milliseconds. Rejects with DeadlineReached where the invocation has not that much time. */
export async function pause(
  { clock, deadline }: { readonly clock: Clock; readonly deadline: Deadline },
  ms: number,
): Promise<void> {
  const outOfTime = new ReplicatorError('DeadlineReached', 'no time left to wait in this invocation');
  if (clock.now() + ms >= deadline.at) throw outOfTime;
  try {
    await clock.sleep(ms, deadline.signal);
  } catch {
    throw outOfTime;
  }
}
