import { parseEvent } from '../aws/event.js';
import { replicateAll } from '../flow/replicate-all.js';
import { causesOf, FailedInvocation, waitsOf } from './failed-invocation.js';
import type { Invocation } from './invocation.js';
import { logReplicated } from './report-log.js';
import type { Wiring } from './wiring.js';

/** One EventBridge event without a queue. Rejects with FailedInvocation, so that Lambda's own retry and destination act. */
export async function replicateEvent(
  wiring: Wiring,
  invocation: Invocation,
  event: unknown,
): Promise<{ ignored: string } | { ok: true }> {
  const parsed = parseEvent(event, wiring.config.source.region, invocation.account);
  if (parsed.kind === 'invalid') throw new FailedInvocation([`NotAnEvent: ${parsed.message}`]);
  if (parsed.kind === 'ignored') {
    invocation.log.info('event ignored', { reason: parsed.reason });
    return { ignored: parsed.reason };
  }
  const done = await replicateAll(invocation.flow({ dryRun: false }), [parsed.change]);
  invocation.measure(done);
  for (const replicated of done) logReplicated(invocation.log, replicated);
  const causes = done.flatMap((one) => [...causesOf(one), ...waitsOf(one)]);
  if (causes.length > 0) throw new FailedInvocation(causes);
  return { ok: true };
}
