import type { SQSEvent } from 'aws-lambda';
import { asReplicatorError } from '../core/failure.js';
import type { ActionAnswer } from './action.js';
import { replicateEvent } from './direct-event.js';
import { FailedInvocation } from './failed-invocation.js';
import type { Health } from './health.js';
import { Invocation, type InvocationContext } from './invocation.js';
import { isAction } from './is-action.js';
import { replicateBatch } from './queue-batch.js';
import { reasonOf } from './report-log.js';
import { underRules, type Wiring } from './wiring.js';

export type Answer =
  Awaited<ReturnType<typeof replicateBatch>> | Awaited<ReturnType<typeof replicateEvent>> | ActionAnswer | Health;
export type Handler = (event: unknown, context?: InvocationContext) => Promise<Answer>;

/** The function over its wiring: a queue's batch, one event, or an action. Metrics are out before it answers or rejects. */
export function functionOver(deployed: Wiring): Handler {
  return async (event, context) => {
    // From here on one set of rules holds, whatever is published meanwhile.
    const rules = await (await deployed.published?.())?.current(context?.getRemainingTimeInMillis?.());
    const wiring = rules?.compiled === undefined ? deployed : underRules(deployed, rules.compiled);
    const invocation = new Invocation(wiring, context);
    rules?.tell(invocation);
    const about = { kind: kindOf(event), requestId: context?.awsRequestId ?? '' };
    try {
      return await wiring.trace('event', about, () => answer(wiring, invocation, event));
    } catch (thrown) {
      throw told(invocation, thrown);
    } finally {
      await invocation.finish();
    }
  };
}

async function answer(wiring: Wiring, invocation: Invocation, event: unknown): Promise<Answer> {
  if (isBatch(event)) return replicateBatch(wiring, invocation, event.Records);
  if (isAction(event)) {
    // On demand: a change needs nothing of it.
    const { act } = await import('./action.js');
    return act(wiring, invocation, event);
  }
  return replicateEvent(wiring, invocation, event);
}

function kindOf(event: unknown): string {
  if (isBatch(event)) return 'batch';
  return isAction(event) ? 'action' : 'direct';
}

/** Lambda prints what it is thrown, causes and all, and those may quote anything: it gets a sentence, the log gets the place. */
function told({ log }: Invocation, thrown: unknown): FailedInvocation {
  if (thrown instanceof FailedInvocation) return thrown;
  const error = asReplicatorError(thrown);
  log.error('invocation failed', reasonOf(error));
  return new FailedInvocation([`${error.code}: ${error.message}`]);
}

function isBatch(event: unknown): event is SQSEvent {
  return typeof event === 'object' && event !== null && 'Records' in event && Array.isArray(event.Records);
}
