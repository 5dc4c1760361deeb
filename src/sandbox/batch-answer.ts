import type { SqsRecord } from './queues/record.js';

/** What a handler may answer to a batch. Nothing at all is a success of the whole batch. */
export type BatchAnswer = { readonly batchItemFailures?: readonly { readonly itemIdentifier: string }[] } | null | void;

/** The messages that failed. An answer that names none of the batch's messages, or is malformed, fails them all. */
export function failedIds(answer: BatchAnswer, records: readonly SqsRecord[]): ReadonlySet<string> {
  const all = new Set(records.map(({ messageId }) => messageId));
  const failures: unknown = answer?.batchItemFailures ?? [];
  if (!Array.isArray(failures)) return all;
  const ids = failures.map((failure: unknown) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier);
  const named = ids.filter((id): id is string => typeof id === 'string' && all.has(id));
  return named.length === ids.length ? new Set(named) : all;
}
