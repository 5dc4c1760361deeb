import { ReplicatorError } from '../core/failure.js';
import { pause } from './pause.js';
import type { Clock, Deadline } from './ports.js';

/** Writes a second and the burst before them: together never more than the 50 of the service's bucket (aws-facts A5). */
const FASTEST_PER_SECOND = 40;
const BURST = 10;
/** Slower than this would not get through a batch. */
const SLOWEST_PER_SECOND = 1;
/** A burst of refusals is one message, so within this time the pace is halved once. Milliseconds. */
const ONE_MESSAGE_MS = 1_000;
/** Regained in each second without a refusal, in writes a second. */
const REGAINED = 2;

/**
 * The writes of one account and region: evenly below the quota that everybody there shares, half as fast after a
 * refusal, and little by little faster again. Lives as long as the process.
 */
export class Pace {
  readonly #clock: Clock;
  #perSecond = FASTEST_PER_SECOND;
  #ratedAt: number;
  #slowedAt = Number.NEGATIVE_INFINITY;
  /** When the next write is due if all before it had come evenly. */
  #due = Number.NEGATIVE_INFINITY;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#ratedAt = clock.now();
  }

  /** Writes a second as of now. */
  get perSecond(): number {
    const regained = ((this.#clock.now() - this.#ratedAt) / 1_000) * REGAINED;
    return Math.min(FASTEST_PER_SECOND, this.#perSecond + regained);
  }

  /** Resolves when the next write may begin. Rejects with DeadlineReached where that would be too late. */
  async turn(deadline: Deadline): Promise<void> {
    const now = this.#clock.now();
    const interval = 1_000 / this.perSecond;
    const due = Math.max(this.#due, now - (this.#isSlowed(now) ? 0 : (BURST - 1) * interval));
    const wait = Math.max(0, Math.ceil(due - now));
    if (now + wait >= deadline.at) throw new ReplicatorError('DeadlineReached', 'no time left to wait for a write');
    this.#due = due + interval;
    if (wait > 0) await pause({ clock: this.#clock, deadline }, wait);
  }

  /** A write was refused for coming too fast. */
  slowDown(): void {
    const now = this.#clock.now();
    if (now - this.#slowedAt < ONE_MESSAGE_MS) return;
    this.#perSecond = Math.max(SLOWEST_PER_SECOND, this.perSecond / 2);
    this.#ratedAt = now;
    this.#slowedAt = now;
    this.#due = Math.max(this.#due, now + 1_000 / this.#perSecond);
  }

  /** Until the full pace is regained nothing is saved up for a burst. */
  #isSlowed(now: number): boolean {
    return now - this.#slowedAt < ((FASTEST_PER_SECOND - this.#perSecond) / REGAINED) * 1_000;
  }
}
