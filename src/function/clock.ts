import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../flow/ports.js';

/** The machine's time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, { signal }),
};
