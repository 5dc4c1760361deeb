import type { Fields } from '../call.js';
import { ServiceError } from '../service-error.js';
import { deleteMessage, sendMessage } from './messages.js';
import type { Queue } from './queue.js';

const MAX_ENTRIES = 10;

export function sendBatch(queue: Queue, input: Fields): Fields {
  return eachEntry(input, (entry) => sendMessage(queue, entry));
}

export function deleteBatch(queue: Queue, input: Fields): Fields {
  return eachEntry(input, (entry) => deleteMessage(queue, entry));
}

/** One entry's refusal is an entry of Failed; the others go through. */
function eachEntry(input: Fields, carryOut: (entry: Fields) => Fields): Fields {
  const entries = (input['Entries'] as Fields[] | undefined) ?? [];
  if (entries.length === 0) throw new ServiceError('EmptyBatchRequest', 'The batch holds no entries.');
  if (entries.length > MAX_ENTRIES) {
    throw new ServiceError('TooManyEntriesInBatchRequest', `A batch holds at most ${MAX_ENTRIES} entries.`);
  }
  const successful: Fields[] = [];
  const failed: Fields[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry['Id'], ...carryOut(entry) });
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      failed.push({ Id: entry['Id'], Code: error.code, Message: error.message, SenderFault: true });
    }
  }
  return { Successful: successful, Failed: failed };
}
