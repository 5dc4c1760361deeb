import type { LogLevel } from '../core/settings.js';

/** A constant message and what varies beside it, so that records can be counted. Fields never hold a value. */
export type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>> &
  Readonly<Partial<Record<Reserved, never>>>;

/** The logger's own keys: it would drop ours of the same name, and complain in a line of its own each time. */
type Reserved = 'message' | 'level' | 'timestamp' | 'service' | 'sampling_rate';

export type WriteRecord = (level: LogLevel, message: string, fields: Fields) => void;
