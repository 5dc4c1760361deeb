import { LogFormatter, LogItem, Logger } from '@aws-lambda-powertools/logger';
import type { LogAttributes, UnformattedAttributes } from '@aws-lambda-powertools/logger/types';
import type { LogLevel } from '../core/settings.js';
import type { WriteRecord } from './log-record.js';

const METHODS = { DEBUG: 'debug', INFO: 'info', WARN: 'warn', ERROR: 'error' } as const satisfies Record<
  LogLevel,
  string
>;

/** Writes records from a level on as JSON lines. */
export function jsonLines(from: LogLevel): WriteRecord {
  const logger = new Logger({ logLevel: from, logFormatter: new LeanFormatter() });
  return (level, message, fields) => logger[METHODS[level]](message, fields);
}

/** Every byte of a line is paid for: without what is the same in all of them, or stands in Lambda's own lines beside the request id. */
class LeanFormatter extends LogFormatter {
  override formatAttributes({ logLevel, message, timestamp }: UnformattedAttributes, fields: LogAttributes): LogItem {
    const attributes = { level: logLevel, message, timestamp: this.formatTimestamp(timestamp) };
    return new LogItem({ attributes: { ...attributes, ...fields } });
  }
}
