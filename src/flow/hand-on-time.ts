import type { Clock, Deadline } from './ports.js';

/** Kept back of an invocation so that what is under way can end and the rest can be handed on: this long, at most this share. */
const HAND_ON_MS = 15_000;
const HAND_ON_SHARE = 0.25;

/** Tells when a run has to be handed on: nothing new is begun then, what was begun still ends. */
export function handOnTime(clock: Clock, deadline: Deadline): () => boolean {
  const leftMs = deadline.at - clock.now();
  const at = deadline.at - Math.min(HAND_ON_MS, leftMs * HAND_ON_SHARE);
  return () => clock.now() >= at;
}
