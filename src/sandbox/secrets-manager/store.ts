import type { SecretState } from './state.js';

/** A secret's place in its store. */
export interface Entry {
  /** Order of creation; never reused. */
  readonly sequence: number;
  current: SecretState | undefined;
  /** The state before the last write, for stale reads. Undefined: it did not exist. */
  previous: SecretState | undefined;
}

/** The secrets of one account in one region: O(1) by name, pages in order of creation without copying. */
export class SecretStore {
  readonly #byName = new Map<string, Entry>();
  #ordered: Entry[] = [];
  /** Every name there ever was; made by the first list by name and kept from then on. */
  #alphabetical: string[] | undefined;
  #sequence = 0;
  #gone = 0;

  constructor(readonly now: () => number) {}

  /** Number of secrets, those scheduled for deletion included. */
  get size(): number {
    return this.#ordered.length - this.#gone;
  }

  get(name: string): SecretState | undefined {
    const entry = this.#byName.get(name);
    return entry === undefined ? undefined : this.#live(entry);
  }

  /** Whatever a read sees: the present state, or with `stale` the one before the last write. */
  see(name: string, stale: boolean): SecretState | undefined {
    return stale ? this.#byName.get(name)?.previous : this.get(name);
  }

  put(next: SecretState): void {
    const entry = this.#byName.get(next.name);
    if (entry !== undefined && this.#live(entry) !== undefined) {
      entry.previous = entry.current;
      entry.current = next;
      return;
    }
    this.#sequence += 1;
    const fresh: Entry = { sequence: this.#sequence, current: next, previous: undefined };
    this.#byName.set(next.name, fresh);
    this.#ordered.push(fresh);
    if (entry === undefined) this.#alphabetical?.splice(positionIn(this.#alphabetical, next.name), 0, next.name);
  }

  /** Replaces the state without making the old one the stale view: for what is not a write, such as LastAccessedDate. */
  touch(next: SecretState): void {
    const entry = this.#byName.get(next.name);
    if (entry !== undefined) entry.current = next;
  }

  remove(name: string): void {
    const entry = this.#byName.get(name);
    if (entry === undefined || entry.current === undefined) return;
    entry.previous = entry.current;
    entry.current = undefined;
    this.#gone += 1;
    if (this.#gone > 1_000 && this.#gone * 2 > this.#ordered.length) this.#compact();
  }

  /** Entries after (or, descending, before) the given sequence; 0 starts at the beginning (or the end). */
  *walk(after: number, descending: boolean): Generator<Entry> {
    const ordered = this.#ordered;
    if (descending) {
      const start = after === 0 ? ordered.length : this.#position(after);
      for (let i = start - 1; i >= 0; i -= 1) yield ordered[i] as Entry;
    } else {
      for (let i = this.#position(after + 1); i < ordered.length; i += 1) yield ordered[i] as Entry;
    }
  }

  /** Entries by name, from the first one after the given name on; undefined starts at the beginning. */
  *walkByName(after: string | undefined): Generator<Entry> {
    this.#alphabetical ??= [...this.#byName.keys()].sort();
    const names = this.#alphabetical;
    for (let i = after === undefined ? 0 : positionIn(names, after); i < names.length; i += 1) {
      const name = names[i] as string;
      if (name !== after) yield this.#byName.get(name) as Entry;
    }
  }

  /** The present state of an entry; a recovery window that has ended takes the secret away. */
  live(entry: Entry): SecretState | undefined {
    return this.#live(entry);
  }

  #live(entry: Entry): SecretState | undefined {
    const { current } = entry;
    if (current?.deletedAt === undefined || current.deletedAt > this.now()) return current;
    this.remove(current.name);
    return undefined;
  }

  /** Index of the first entry whose sequence is at least the given one. */
  #position(sequence: number): number {
    let low = 0;
    let high = this.#ordered.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.#ordered[middle] as Entry).sequence < sequence) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #compact(): void {
    this.#ordered = this.#ordered.filter((entry) => entry.current !== undefined);
    this.#gone = 0;
  }
}

/** Index of the first name that is not before the given one. */
function positionIn(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((names[middle] as string) < name) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** One store for each account and region, made on first use. */
export class SecretStores {
  readonly #stores = new Map<string, SecretStore>();

  constructor(readonly now: () => number) {}

  of(account: string, region: string): SecretStore {
    const key = `${account}/${region}`;
    const known = this.#stores.get(key);
    if (known !== undefined) return known;
    const store = new SecretStore(this.now);
    this.#stores.set(key, store);
    return store;
  }
}
