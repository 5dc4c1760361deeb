import type { SecretArn } from '../core/names.js';
import { MAX_CARRIED, type ReconcileCursor } from '../core/reconcile-cursor.js';
import { confirmDrift, type Confirmed, type ConfirmDeps, type Suspect } from './confirm-drift.js';

/** Sources confirmed between two looks at the clock. */
const CHUNK = 50;

type Carried = ReconcileCursor['suspects'];

/** What looks wrong in the lists and has not been confirmed yet. */
export class SuspectList {
  /** Something that was confirmed could not be repaired. */
  hasFailed = false;
  /** There was neither time nor room for some of it, here or in an invocation before. */
  hasLost: boolean;
  readonly #deps: ConfirmDeps;
  /** True where the run failed at it. */
  readonly #onConfirmed: (one: Confirmed) => boolean;
  readonly #suspects: Suspect[];

  /** Of those that another invocation left, the ones whose destination is still configured. */
  constructor(
    deps: ConfirmDeps,
    onConfirmed: (one: Confirmed) => boolean,
    { suspects, lost }: Partial<ReconcileCursor> = {},
  ) {
    this.#deps = deps;
    this.#onConfirmed = onConfirmed;
    this.hasLost = lost ?? false;
    this.#suspects = (suspects ?? []).flatMap((one) => {
      const destination = deps.destinations.find(({ config }) => config.id === one.destination);
      return destination === undefined ? [] : [{ ...one, destination } as unknown as Suspect];
    });
  }

  get isEmpty(): boolean {
    return this.#suspects.length === 0;
  }

  add(suspect: Suspect): void {
    this.#suspects.push(suspect);
  }

  /** As long as there is time; the rest stays for the next invocation. Never rejects. */
  async confirm(isTimeUp: () => boolean): Promise<void> {
    while (this.#suspects.length > 0 && !isTimeUp()) {
      const sources = new Set<SecretArn>();
      const end = this.#suspects.findIndex(({ secret }) => sources.add(secret).size > CHUNK);
      const chunk = this.#suspects.splice(0, end === -1 ? this.#suspects.length : end);
      for (const one of await confirmDrift(this.#deps, chunk)) if (this.#onConfirmed(one)) this.hasFailed = true;
    }
  }

  /** Takes away what travels to the next invocation, by the destination's id. What there is no room for is left to the next run. */
  carry(): Carried {
    const carried = this.#suspects.splice(0, MAX_CARRIED);
    if (this.#suspects.length > 0) this.hasLost = true;
    return carried.map(({ destination, changedAt, ...rest }) => ({
      ...rest,
      destination: destination.config.id,
      ...(changedAt === undefined ? {} : { changedAt }),
    }));
  }
}
