import { once } from '../core/once.js';
import { LOG_LEVELS, type LogLevel } from '../core/settings.js';
import type { Fields, WriteRecord } from './log-record.js';

export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** The same log with these fields in every record. */
  with(fields: Fields): Log;
  /** Resolves once every record is out. An invocation waits for it: what comes later may never leave a frozen process. */
  written(): Promise<void>;
}

/** One JSON line per record, in their order, on the function's standard output. */
export function jsonLog(level: LogLevel): Log {
  return over(new Records(level), {});
}

/** Writes nothing. */
export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
  with: () => silentLog,
  written: async () => undefined,
};

function over(records: Records, always: Fields): Log {
  const at =
    (level: LogLevel) =>
    (message: string, fields: Fields = {}) =>
      records.add(level, message, { ...always, ...fields });
  return {
    debug: at('DEBUG'),
    info: at('INFO'),
    warn: at('WARN'),
    error: at('ERROR'),
    with: (fields) => over(records, { ...always, ...fields }),
    written: () => records.written(),
  };
}

/** Loads the logger for its first record, which a first replica need not wait for, and holds records back until it is there. */
class Records {
  readonly #level: LogLevel;
  readonly #held: Parameters<WriteRecord>[] = [];
  #write: WriteRecord | undefined;
  readonly #ready = once(async () => {
    const { jsonLines } = await import('./json-lines.js');
    this.#write = jsonLines(this.#level);
    for (const record of this.#held.splice(0)) this.#write(...record);
  });

  constructor(level: LogLevel) {
    this.#level = level;
  }

  add(...record: Parameters<WriteRecord>): void {
    if (LOG_LEVELS.indexOf(record[0]) < LOG_LEVELS.indexOf(this.#level)) return;
    if (this.#write !== undefined) return this.#write(...record);
    this.#held.push(record);
    void this.#ready();
  }

  async written(): Promise<void> {
    if (this.#held.length > 0) await this.#ready();
  }
}
