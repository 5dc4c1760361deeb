import { asReplicatorError, type ReplicatorError } from '../core/failure.js';
import type { MessageQueue, QueuedMessage } from './message-queue.js';

/** How long we keep a dead letter to ourselves; what is not sent is released long before. Seconds. */
const HIDDEN_SECONDS = 600;
/** Dead letters looked at in one run; those that remain are for the next. */
const MAX_MESSAGES = 10_000;

export interface RedriveDeps {
  /** The dead letters. */
  readonly from: MessageQueue;
  readonly to: Pick<MessageQueue, 'send'>;
  readonly signal: AbortSignal;
}

export interface RedriveOptions {
  readonly isWanted: (message: QueuedMessage) => boolean;
  /** Look and release, send nothing. */
  readonly dryRun: boolean;
}

/** What became of one dead letter that was wanted. */
export interface Redriven {
  readonly message: QueuedMessage;
  /** `doubled`: it was sent and could not be deleted, so it will be sent once more, which does no harm. */
  readonly kind: 'sent' | 'pending' | 'failed' | 'doubled';
  readonly error?: ReplicatorError;
}

export interface RedriveReport {
  readonly redriven: readonly Redriven[];
  /** Dead letters that nobody asked for. */
  readonly others: number;
  /** The run ended at its bound; there are more. */
  readonly isCutShort: boolean;
}

/**
 * Dead letters back to where they came from: each is deleted only after it was sent, and everything else is visible again
 * at the end, also if the queue fails in between. Rejects with ReplicatorError if the dead letters cannot be received.
 */
export async function redrive(deps: RedriveDeps, options: RedriveOptions): Promise<RedriveReport> {
  const seen = new Set<string>();
  const kept: QueuedMessage[] = [];
  const redriven: Redriven[] = [];
  let others = 0;
  try {
    while (seen.size < MAX_MESSAGES) {
      const messages = await deps.from.receive(HIDDEN_SECONDS, deps.signal);
      const fresh = messages.filter(({ id }) => !seen.has(id));
      // One that comes a second time has been visible again: then we have been round.
      if (fresh.length === 0) break;
      for (const message of messages) seen.add(message.id);
      const wanted = fresh.filter(options.isWanted);
      others += fresh.length - wanted.length;
      const ended = await Promise.all(wanted.map((message) => redriveOne(deps, options, message)));
      redriven.push(...ended);
      const gone = new Set(ended.filter(({ kind }) => kind === 'sent').map(({ message }) => message.id));
      kept.push(...messages.filter(({ id }) => !gone.has(id)));
    }
  } finally {
    await release(deps, kept);
  }
  return { redriven, others, isCutShort: seen.size >= MAX_MESSAGES };
}

async function redriveOne(
  { from, to, signal }: RedriveDeps,
  { dryRun }: RedriveOptions,
  message: QueuedMessage,
): Promise<Redriven> {
  if (dryRun) return { message, kind: 'pending' };
  try {
    await to.send(message.body, signal);
  } catch (thrown) {
    return { message, kind: 'failed', error: asReplicatorError(thrown) };
  }
  try {
    await from.delete(message.handle, signal);
    return { message, kind: 'sent' };
  } catch (thrown) {
    return { message, kind: 'doubled', error: asReplicatorError(thrown) };
  }
}

/** At once visible to others again; one that cannot be released becomes visible by itself. */
async function release({ from, signal }: RedriveDeps, kept: readonly QueuedMessage[]): Promise<void> {
  for (let start = 0; start < kept.length; start += 10) {
    const some = kept.slice(start, start + 10);
    await Promise.allSettled(some.map(({ handle }) => from.hide(handle, 0, signal)));
  }
}
