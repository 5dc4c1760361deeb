import { putDueAt, SPACING_MS } from '../core/write-budget.js';
import type { Aim } from './aim.js';
import type { Clock } from './ports.js';

/** Replicas whose puts are remembered, those of the last puts; each takes about half a kibibyte. */
const MAX_REMEMBERED = 5_000;
/** Of one replica; more than the budget has. */
const MAX_PUTS = 100;
/** Puts of this process into one replica that are too few to ask the service how many there were. */
const UNASKED_PUTS = 10;

/** The puts that this process made lately: they tell for which replicas the service has to be asked (docs/decisions/0010). */
export class WriteBudget {
  readonly #clock: Clock;
  readonly #puts = new Map<string, number[]>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  note({ replica }: Pick<Aim, 'replica'>): void {
    const key = keyOf(replica);
    const puts = [...(this.#puts.get(key) ?? []), this.#clock.now()].slice(-MAX_PUTS);
    this.#puts.delete(key);
    this.#puts.set(key, puts);
    if (this.#puts.size <= MAX_REMEMBERED) return;
    const [oldest] = this.#puts.keys();
    if (oldest !== undefined) this.#puts.delete(oldest);
  }

  /**
   * Until when a put into the replica has to wait; undefined: it may go ahead. Asks the service for the dates of its versions
   * where this process alone has written often and just now; where it does not say, our own puts count. Never rejects.
   */
  async dueAt({ replica, observed, destination }: Aim): Promise<number | undefined> {
    if (observed === undefined) return undefined;
    const now = this.#clock.now();
    const own = this.#puts.get(keyOf(replica)) ?? [];
    const lastAt = Math.max(observed.changedAt ?? now, own.at(-1) ?? 0);
    if (own.length < UNASKED_PUTS || now - lastAt >= SPACING_MS) return undefined;
    const made = await destination.store.versionDates(observed.arn).catch(() => own);
    const dueAt = putDueAt(made, now);
    return dueAt > now ? dueAt : undefined;
  }
}

function keyOf({ destination, name }: Aim['replica']): string {
  return `${destination} ${name}`;
}
