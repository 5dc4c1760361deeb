import type { SQSBatchItemFailure, SQSBatchResponse, SQSRecord } from 'aws-lambda';
import { parseEvent } from '../aws/event.js';
import type { Change } from '../core/change.js';
import { asReplicatorError, ReplicatorError } from '../core/failure.js';
import { failuresOf, slowedUntil } from '../core/outcome.js';
import { hiddenSecondsUntil, redeliverAfterSeconds } from '../core/redelivery.js';
import { replicateAll } from '../flow/replicate-all.js';
import type { Invocation } from './invocation.js';
import { isAction } from './is-action.js';
import type { ReconcileRequest } from './reconcile-action.js';
import { logReplicated, reasonOf } from './report-log.js';
import type { Wiring } from './wiring.js';

/** What becomes of one message: gone, delivered again, or put with the dead letters at once. */
type Verdict = { kind: 'done' } | { kind: 'redeliver'; dueAt?: number } | { kind: 'bury'; cause: ReplicatorError };

const DONE: Verdict = { kind: 'done' };

/** A batch of messages, each an EventBridge event or the next part of a reconcile, which comes last. Answers with those to deliver again; one message never spoils another. */
export async function replicateBatch(
  wiring: Wiring,
  invocation: Invocation,
  records: readonly SQSRecord[],
): Promise<SQSBatchResponse> {
  const verdicts = new Map<SQSRecord, Verdict>();
  const asked: { readonly record: SQSRecord; readonly change: Change }[] = [];
  const continued: { readonly record: SQSRecord; readonly request: ReconcileRequest }[] = [];
  for (const record of records) {
    const body = jsonOf(record.body);
    const request = await reconcileIn(body);
    const parsed = parseEvent(body, wiring.config.source.region, invocation.account);
    if (request !== undefined) continued.push({ record, request });
    else if (parsed.kind === 'change') asked.push({ record, change: parsed.change });
    else verdicts.set(record, verdictOnUnread(invocation, record, parsed));
  }
  const done = await replicateAll(
    invocation.flow({ dryRun: false }),
    asked.map(({ change }) => change),
  );
  invocation.measure(done);
  for (const replicated of done) {
    logReplicated(invocation.log, replicated);
    const verdict = verdictOn(failuresOf(replicated.report), slowedUntil(replicated.report));
    for (const member of replicated.members) {
      const record = asked[member]?.record;
      if (record !== undefined) verdicts.set(record, verdict);
    }
  }
  for (const { record, request } of continued) {
    verdicts.set(record, await verdictOnReconcile(wiring, invocation, request));
  }
  const failed = await Promise.all(
    records.map((record) => carryOutVerdict(wiring, invocation, record, verdicts.get(record))),
  );
  return { batchItemFailures: failed.flat() };
}

/** The body as JSON; undefined, which is no event, where it is none. */
function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** Of a message that is the next part of a reconcile, what to do; what does it is loaded with the first of them. */
async function reconcileIn(body: unknown): Promise<ReconcileRequest | undefined> {
  if (!isAction(body)) return undefined;
  const { reconcileSchema } = await import('./reconcile-action.js');
  return reconcileSchema.safeParse(body).data;
}

async function verdictOnReconcile(wiring: Wiring, invocation: Invocation, request: ReconcileRequest): Promise<Verdict> {
  const { reconcileOn } = await import('./reconcile-action.js');
  try {
    await reconcileOn(wiring, invocation, request);
    return DONE;
  } catch (thrown) {
    return verdictOn([asReplicatorError(thrown)]);
  }
}

type Unread = Exclude<ReturnType<typeof parseEvent>, { kind: 'change' }>;

function verdictOnUnread(invocation: Invocation, record: SQSRecord, parsed: Unread): Verdict {
  if (parsed.kind === 'ignored') {
    invocation.log.info('event ignored', { messageId: record.messageId, reason: parsed.reason });
    return DONE;
  }
  const cause = new ReplicatorError('NotAnEvent', parsed.message);
  invocation.log.error('event not understood', { messageId: record.messageId, ...reasonOf(cause) });
  return { kind: 'bury', cause };
}

function verdictOn(errors: readonly ReplicatorError[], dueAt?: number): Verdict {
  if (errors.some((error) => error.remedy !== 'never')) return { kind: 'redeliver' };
  if (dueAt !== undefined) return { kind: 'redeliver', dueAt };
  const [cause] = errors;
  return cause === undefined ? DONE : { kind: 'bury', cause };
}

/** A message that cannot be buried is delivered again: the queue then gives up on it by itself. */
async function carryOutVerdict(
  wiring: Wiring,
  invocation: Invocation,
  record: SQSRecord,
  verdict: Verdict = { kind: 'redeliver' },
): Promise<SQSBatchItemFailure[]> {
  const { deadLetters } = wiring;
  if (verdict.kind === 'done') return [];
  if (verdict.kind === 'redeliver' || deadLetters === undefined) {
    const dueAt = verdict.kind === 'redeliver' ? verdict.dueAt : undefined;
    return deliverAgain(wiring, invocation, record, dueAt);
  }
  try {
    await deadLetters.bury(record.body, verdict.cause, invocation.lastSignal);
    return [];
  } catch (thrown) {
    invocation.log.error('dead letter not sent', {
      messageId: record.messageId,
      ...reasonOf(asReplicatorError(thrown)),
    });
    return deliverAgain(wiring, invocation, record);
  }
}

/** Told as failed, and hidden until it is due, or for longer the more often it came. If it cannot be hidden, the queue's own time counts. */
async function deliverAgain(
  { changes, random, clock }: Wiring,
  invocation: Invocation,
  { messageId, receiptHandle, attributes }: SQSRecord,
  dueAt?: number,
): Promise<SQSBatchItemFailure[]> {
  // Events handed over by hand, without a queue, may have no attributes.
  const receives = Number((attributes as Partial<SQSRecord['attributes']> | undefined)?.ApproximateReceiveCount ?? 1);
  const seconds =
    dueAt === undefined ? redeliverAfterSeconds(receives, random) : hiddenSecondsUntil(dueAt, clock.now());
  try {
    await changes?.hide(receiptHandle, seconds, invocation.lastSignal);
  } catch (thrown) {
    invocation.log.warn('message not delayed', { messageId, ...reasonOf(asReplicatorError(thrown)) });
  }
  return [{ itemIdentifier: messageId }];
}
