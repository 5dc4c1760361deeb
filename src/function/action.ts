import * as z from 'zod/mini';
import { FailedInvocation } from './failed-invocation.js';
import { health, type Health } from './health.js';
import type { Invocation } from './invocation.js';
import { reconcileNow, reconcileSchema, type ReconcileAnswer } from './reconcile-action.js';
import { sync, syncSchema, type SyncAnswer } from './sync.js';
import type { Wiring } from './wiring.js';

const actionSchema = z.discriminatedUnion('action', [
  syncSchema,
  reconcileSchema,
  z.strictObject({ action: z.literal('health') }),
]);

export type ActionAnswer = SyncAnswer | ReconcileAnswer | Health;

/** What an operator or a schedule asks for. Rejects with FailedInvocation for an action that nobody knows, and where one failed. */
export async function act(wiring: Wiring, invocation: Invocation, request: unknown): Promise<ActionAnswer> {
  const parsed = actionSchema.safeParse(request);
  if (!parsed.success) throw new FailedInvocation([NOT_UNDERSTOOD]);
  const { data } = parsed;
  if (data.action === 'health') return health(wiring, invocation);
  return data.action === 'reconcile' ? reconcileNow(wiring, invocation, data) : sync(wiring, invocation, data);
}

const NOT_UNDERSTOOD =
  'the action is not understood; it takes { action: sync | plan, names?: [...], destinations?: [...] }, { action: reconcile, mode?: detect | repair, destinations?: [...], cursor?: {...} } or { action: health }';
