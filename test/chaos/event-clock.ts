import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../src/flow/ports.js';

interface Timer {
  readonly at: number;
  readonly wake: () => void;
}

/** Turns of the machine's loop after which nobody is under way any more but those who sleep. */
const TURNS = 12;

/** Time in which everybody may sleep at once: it jumps to the next waking when nobody has anything else to do. */
export class EventClock implements Clock {
  #now: number;
  readonly #timers = new Set<Timer>();
  readonly #elsewhere = new Set<Promise<unknown>>();

  constructor(now: number) {
    this.#now = now;
  }

  now = (): number => this.#now;

  sleep = (ms: number, signal?: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const timer = { at: this.#now + ms, wake: resolve };
      this.#timers.add(timer);
      signal?.addEventListener('abort', () => {
        this.#timers.delete(timer);
        reject(signal.reason as Error);
      });
    });

  /** Time stands still as long as the work, done by another process, is under way. */
  async during<T>(work: Promise<T>): Promise<T> {
    this.#elsewhere.add(work);
    try {
      return await work;
    } finally {
      this.#elsewhere.delete(work);
    }
  }

  /** Lets time pass until the work is done. Rejects as the work does. */
  async passUntil<T>(work: Promise<T>): Promise<T> {
    const state = { isDone: false };
    const finished = work.finally(() => {
      state.isDone = true;
    });
    // Handled below; a rejection must not be reported as nobody's while time passes.
    finished.catch(() => undefined);
    while (!state.isDone) {
      for (let turns = 0; turns < TURNS; turns += 1) await turn();
      if (this.#elsewhere.size > 0) {
        await Promise.race(this.#elsewhere).catch(() => undefined);
        continue;
      }
      this.#wakeNext();
    }
    return finished;
  }

  #wakeNext(): void {
    let next: Timer | undefined;
    for (const timer of this.#timers) if (next === undefined || timer.at < next.at) next = timer;
    if (next === undefined) return;
    this.#timers.delete(next);
    this.#now = Math.max(this.#now, next.at);
    next.wake();
  }
}
