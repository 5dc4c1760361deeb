/** How often to try and how long to wait in between; milliseconds. */
export interface Backoff {
  /** Tries in all, the first included. */
  readonly attempts: number;
  readonly minDelayMs: number;
  readonly maxDelayMs: number;
  readonly factor: number;
  /** A share of the delay by which it varies either way, or `full`: anything from nothing to the delay. */
  readonly jitter: number | 'full';
}

/** Milliseconds before retry `retry` (1 is the first). `random` gives [0, 1). Never more than the ceiling and its jitter. */
export function delayMs(backoff: Backoff, retry: number, random: () => number): number {
  const ceiling = Math.min(backoff.minDelayMs * backoff.factor ** (retry - 1), backoff.maxDelayMs);
  if (backoff.jitter === 'full') return Math.round(random() * ceiling);
  return Math.round(ceiling * (1 + (random() * 2 - 1) * backoff.jitter));
}
