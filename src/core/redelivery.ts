import { delayMs, type Backoff } from './backoff.js';

/**
 * Between the deliveries of a message that failed: soon at first, since most causes pass in seconds, and about 37 minutes
 * in all before the fifth and last, so that an outage of a region is outlived.
 */
const BETWEEN_DELIVERIES: Backoff = {
  attempts: 5,
  minDelayMs: 10_000,
  maxDelayMs: 1_800_000,
  factor: 6,
  jitter: 0.1,
};

/** Whole seconds until a message that was received so often is to be received again. `random` gives [0, 1). */
export function redeliverAfterSeconds(receives: number, random: () => number): number {
  return Math.round(delayMs(BETWEEN_DELIVERIES, Math.max(1, receives), random) / 1_000);
}

/** A message can be hidden for twelve hours from its receipt (SQS API reference, ChangeMessageVisibility); an hour is left for the receipt. */
const LONGEST_HIDDEN_SECONDS = 39_600;

/** Whole seconds until a message that has to wait for a certain time is received again; both in epoch milliseconds. */
export function hiddenSecondsUntil(dueAt: number, now: number): number {
  return Math.min(LONGEST_HIDDEN_SECONDS, Math.max(1, Math.ceil((dueAt - now) / 1_000)));
}
