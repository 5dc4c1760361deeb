/** One request that reached the stand-in, also one that a fault stopped. */
export interface CallEntry {
  readonly service: string;
  readonly operation: string;
  readonly region: string;
  readonly account: string;
  /** The error code of the answer, or the Node code of the cut connection. */
  readonly error?: string;
}

export type CallFilter = Partial<Pick<CallEntry, 'service' | 'operation' | 'region' | 'account'>>;

/** Every call in order of arrival. */
export class CallLog {
  #entries: CallEntry[] = [];

  total(): number {
    return this.#entries.length;
  }

  count(filter: CallFilter = {}): number {
    return this.list(filter).length;
  }

  list(filter: CallFilter = {}): readonly CallEntry[] {
    const wanted = Object.entries(filter);
    return this.#entries.filter((entry) => wanted.every(([key, value]) => entry[key as keyof CallEntry] === value));
  }

  clear(): void {
    this.#entries = [];
  }

  add(entry: CallEntry): void {
    this.#entries.push(entry);
  }
}
