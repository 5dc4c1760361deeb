import * as z from 'zod/mini';
import type { Change } from '../core/change.js';
import { parseSecretArn, type SecretId } from '../core/names.js';
import { neverThere } from '../flow/absent-source.js';
import { replicateAll, type ReplicateAllDeps, type Replicated } from '../flow/replicate-all.js';
import { FailedAction } from './failed-invocation.js';
import type { Invocation } from './invocation.js';
import { limitedTo, namesSchema } from './limited-to.js';
import { logReplicated } from './report-log.js';
import { SyncTally, type ActionRow } from './sync-tally.js';
import type { Wiring } from './wiring.js';

export const syncSchema = z.strictObject({
  action: z.enum(['sync', 'plan']),
  names: namesSchema,
  destinations: namesSchema,
});

type Sync = z.infer<typeof syncSchema>;

export interface SyncAnswer {
  readonly action: Sync['action'];
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: readonly ActionRow[];
}

/** Rejects with FailedAction after a sync in which something failed. */
export async function sync(wiring: Wiring, invocation: Invocation, request: Sync): Promise<SyncAnswer> {
  const flow = limitedTo(invocation.flow({ dryRun: request.action === 'plan' }), request.destinations);
  const tally = new SyncTally();
  for await (const changes of changesOf(wiring, flow, request.names)) {
    const done = await replicateAll(flow, changes);
    invocation.measure(done);
    for (const ended of done) {
      const one = request.names === undefined ? ended : await asAsked(flow, ended);
      if (one.report.kind !== 'ignored') logReplicated(invocation.log, one);
      tally.add(one);
    }
  }
  const answer = { action: request.action, counts: Object.fromEntries(tally.counts), rows: tally.rows };
  if (request.action === 'sync' && tally.causes.length > 0) throw new FailedAction(tally.causes, answer);
  return answer;
}

/** A source that was asked for by name and never was there is not passed over like one that an event names. */
async function asAsked(flow: ReplicateAllDeps, ended: Replicated): Promise<Replicated> {
  const { report, changes } = ended;
  if (report.kind !== 'ignored' || report.reason !== 'SourceAbsent') return ended;
  const error = await neverThere(flow.config, flow.destinations, changes[0]?.secret ?? '');
  return error === undefined ? ended : { ...ended, report: { kind: 'unread', error } };
}

/** The named secrets as one batch, or every secret of the source region, a page at a time. */
async function* changesOf(
  wiring: Wiring,
  flow: ReplicateAllDeps,
  ids: readonly string[] | undefined,
): AsyncGenerator<Change[]> {
  const now = wiring.clock.now();
  const asked = (secret: string): Change => ({
    secret: secret as SecretId,
    region: wiring.config.source.region,
    account: (parseSecretArn(secret)?.account ?? '') as Change['account'],
    versions: [],
    firstAt: now,
    lastAt: now,
    existed: false,
    eventIds: [],
  });
  if (ids !== undefined) {
    yield ids.map(asked);
    return;
  }
  let from: string | undefined;
  do {
    const page = await flow.source.list(from);
    yield page.secrets.map(({ arn }) => asked(arn));
    from = page.next;
  } while (from !== undefined);
}
