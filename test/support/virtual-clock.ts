import type { Clock } from '../../src/flow/ports.js';

/** Time that passes only by sleeping: ten minutes of backoff take none. */
export class VirtualClock implements Clock {
  readonly sleeps: number[] = [];
  #now: number;

  constructor(now = Date.parse('2026-11-02T08:15:42Z')) {
    this.#now = now;
  }

  now = (): number => this.#now;

  sleep = async (ms: number, signal: AbortSignal): Promise<void> => {
    signal.throwIfAborted();
    this.sleeps.push(ms);
    this.#now += ms;
  };

  advance(ms: number): void {
    this.#now += ms;
  }
}
