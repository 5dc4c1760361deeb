import type { ServiceError } from '../service-error.js';

/** Codes that clients of the older query protocol know by another name. */
const QUERY_CODES: Readonly<Record<string, string>> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  QueueNameExists: 'QueueAlreadyExists',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  InvalidParameterValueException: 'InvalidParameterValue',
  InvalidParameterCombinationException: 'InvalidParameterCombination',
  MissingRequiredParameterException: 'MissingParameter',
};

/** The header with which services that once spoke the query protocol tell the old code. */
export function queryErrorHeader(error: ServiceError): Record<string, string> {
  const code = QUERY_CODES[error.code];
  return code === undefined ? {} : { 'x-amzn-query-error': `${code};Sender` };
}
