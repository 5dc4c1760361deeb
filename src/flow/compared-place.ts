import { asReplicatorError, type ReplicatorError } from '../core/failure.js';
import type { SecretName } from '../core/names.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { Target } from './aim.js';
import type { Destination } from './destination.js';
import type { Subject } from './subject.js';

/** A source as its list entry shows it, and the replica it is to have. */
export interface Wanted extends Subject {
  readonly target: Target;
}

/** What is wanted beside what is listed. Undefined: the list has ended without it. */
export interface Compared {
  readonly wanted: Wanted;
  readonly replica: SecretDescription | undefined;
}

/**
 * One account and region of destinations, listed page by page beside the source. Whatever comes first waits for its other
 * half, so the order of the lists decides how much is held, never what is found (docs/decisions/0008).
 */
export class ComparedPlace {
  readonly key: string;
  readonly destinations: readonly Destination[];
  /** Every destination of this account and region takes part, so a replica that none of them wants is an orphan. */
  readonly isWhole: boolean;
  /** Why its list could not be read to the end. */
  failure: ReplicatorError | undefined;
  /** Where the next page begins; null: there is none. */
  next: string | null | undefined;
  #furthest = '';
  readonly #wanted = new Map<SecretName, Wanted>();
  readonly #unclaimed = new Map<SecretName, SecretDescription>();

  constructor(
    key: string,
    destinations: readonly Destination[],
    state: { readonly isWhole: boolean; readonly next: string | null | undefined },
  ) {
    this.key = key;
    this.destinations = destinations;
    this.isWhole = state.isWhole;
    this.next = state.next;
  }

  get isEnded(): boolean {
    return this.next === null;
  }

  /** Entries that wait for their other half. */
  get held(): number {
    return this.#wanted.size + this.#unclaimed.size;
  }

  /** Undefined: it may still come. A second source that wants the same name is not held and counts as missing. */
  lookFor(wanted: Wanted): Compared | undefined {
    const { name } = wanted.target.replica;
    const replica = this.#unclaimed.get(name);
    this.#unclaimed.delete(name);
    if (replica !== undefined || this.isEnded || this.#wanted.has(name)) return { wanted, replica };
    this.#wanted.set(name, wanted);
    return undefined;
  }

  /** Reads pages until the list is past that name, as far as its order can be trusted. Never rejects: see `failure`. */
  async readTo(
    name: string,
    isOurs: (secret: SecretDescription) => boolean,
    isTimeUp: () => boolean,
  ): Promise<Compared[]> {
    const compared: Compared[] = [];
    while (!this.isEnded && this.#furthest < name && !isTimeUp()) compared.push(...(await this.readPage(isOurs)));
    return compared;
  }

  /** Whatever of the page is ours and nobody asked for yet is held; the rest of it is nothing to us. */
  async readPage(isOurs: (secret: SecretDescription) => boolean): Promise<Compared[]> {
    const [first] = this.destinations;
    if (first === undefined || this.isEnded) return [];
    try {
      const { secrets, next } = await first.store.list(this.next ?? undefined);
      this.next = next ?? null;
      return secrets.flatMap((secret) => this.#match(secret, isOurs));
    } catch (thrown) {
      this.failure = asReplicatorError(thrown);
      this.next = null;
      this.#wanted.clear();
      this.#unclaimed.clear();
      return [];
    }
  }

  #match(replica: SecretDescription, isOurs: (secret: SecretDescription) => boolean): Compared[] {
    if (replica.name > this.#furthest) this.#furthest = replica.name;
    const wanted = this.#wanted.get(replica.name);
    if (wanted !== undefined) {
      this.#wanted.delete(replica.name);
      return [{ wanted, replica }];
    }
    if (isOurs(replica)) this.#unclaimed.set(replica.name, replica);
    return [];
  }

  /** Takes away what has been wanted for longest and not been listed. */
  takeWanted(most: number): Wanted[] {
    return taken(this.#wanted, most);
  }

  /** Takes away what was listed longest ago and is wanted by no source so far. */
  takeUnclaimed(most: number): SecretDescription[] {
    return taken(this.#unclaimed, most);
  }
}

function taken<T>(held: Map<SecretName, T>, most: number): T[] {
  const values: T[] = [];
  for (const [name, value] of held) {
    if (values.length >= most) break;
    values.push(value);
    held.delete(name);
  }
  return values;
}
