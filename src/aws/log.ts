import { LogFormatter, LogItem, Logger } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { LogLevel } from '../core/settings.js';

/** A constant message and what varies beside it, so that records can be counted. Fields never hold a value. */
export type Fields = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>> &
  Readonly<Partial<Record<Reserved, never>>>;

/** The logger's own keys: it would drop ours of the same name, and complain in a line of its own each time. */
type Reserved = 'message' | 'level' | 'timestamp' | 'service' | 'sampling_rate';

export interface Log {
  debug(message: string, fields?: Fields): void;
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, fields?: Fields): void;
  /** The same log with these fields in every record. */
  with(fields: Fields): Log;
}

/** One JSON line per record on the function's standard output. */
export function jsonLog(level: LogLevel): Log {
  return over(new Logger({ logLevel: level, logFormatter: new LeanFormatter() }));
}

function over(logger: Logger): Log {
  return {
    debug: (message, fields = {}) => logger.debug(message, fields),
    info: (message, fields = {}) => logger.info(message, fields),
    warn: (message, fields = {}) => logger.warn(message, fields),
    error: (message, fields = {}) => logger.error(message, fields),
    with: (fields) => over(logger.createChild({ persistentKeys: fields })),
  };
}

/** Every byte of a line is paid for: without what is the same in all of them, or stands in Lambda's own lines beside the request id. */
class LeanFormatter extends LogFormatter {
  override formatAttributes({ logLevel, message, timestamp }: UnformattedAttributes, fields: LogAttributes): LogItem {
    const attributes = { level: logLevel, message, timestamp: this.formatTimestamp(timestamp) };
    return new LogItem({ attributes: { ...attributes, ...fields } });
  }
}
