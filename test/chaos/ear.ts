import type { Log } from '../../src/aws/log.js';
import type { Fields } from '../../src/aws/log-record.js';
import { CANARY } from './people.js';

/** Hears everything that leaves the function, and remembers where a value was in it. */
export class Ear {
  readonly leaks: string[] = [];
  /** Log records by message and code. */
  readonly counts = new Map<string, number>();
  readonly log: Log = this.#logWith({});

  hear(told: unknown): void {
    const text = JSON.stringify(told);
    if (text.includes(CANARY)) this.leaks.push(text.slice(0, 500));
  }

  #logWith(above: Fields): Log {
    const record = (message: string, fields: Fields = {}) => {
      this.hear({ message, ...above, ...fields });
      const { code } = fields;
      const kind = typeof code === 'string' ? `${message}: ${code}` : message;
      this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
    };
    return {
      debug: record,
      info: record,
      warn: record,
      error: record,
      with: (fields) => this.#logWith({ ...above, ...fields }),
      written: async () => undefined,
    };
  }
}
