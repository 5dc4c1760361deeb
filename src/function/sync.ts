import * as z from 'zod/mini';
import type { Change } from '../core/change.js';
import { parseSecretArn, type SecretId } from '../core/names.js';
import type { ChangeReport, Outcome } from '../core/outcome.js';
import { replicateAll, type Replicated, type ReplicateAllDeps } from '../flow/replicate-all.js';
import { causesOf, FailedInvocation } from './failed-invocation.js';
import type { Invocation } from './invocation.js';
import { limitedTo, namesSchema } from './limited-to.js';
import { logReplicated } from './report-log.js';
import type { Wiring } from './wiring.js';

export const syncSchema = z.strictObject({
  action: z.enum(['sync', 'plan']),
  names: namesSchema,
  destinations: namesSchema,
});

type Sync = z.infer<typeof syncSchema>;

/** Rows of an answer; what is in order is counted and not listed. */
const MAX_ROWS = 1_000;

export interface ActionRow {
  readonly source: string;
  readonly destination: string;
  readonly replica: string;
  readonly kind: Outcome['kind'] | ChangeReport['kind'];
  readonly detail: string;
}

export interface SyncAnswer {
  readonly action: Sync['action'];
  readonly counts: Readonly<Record<string, number>>;
  readonly rows: readonly ActionRow[];
}

/** Rejects with FailedInvocation after a sync in which something failed. */
export async function sync(wiring: Wiring, invocation: Invocation, request: Sync): Promise<SyncAnswer> {
  const flow = limitedTo(invocation.flow({ dryRun: request.action === 'plan' }), request.destinations);
  const tally = new Tally();
  for await (const changes of changesOf(wiring, flow, request.names)) {
    const done = await replicateAll(flow, changes);
    invocation.measure(done);
    for (const one of done) {
      if (one.report.kind !== 'ignored') logReplicated(invocation.log, one);
      tally.add(one);
    }
  }
  if (request.action === 'sync' && tally.causes.length > 0) throw new FailedInvocation(tally.causes);
  return { action: request.action, counts: Object.fromEntries(tally.counts), rows: tally.rows };
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

class Tally {
  readonly counts = new Map<string, number>();
  readonly rows: ActionRow[] = [];
  readonly causes: string[] = [];

  add(replicated: Replicated): void {
    const { report, changes } = replicated;
    this.causes.push(...causesOf(replicated));
    if (report.kind !== 'replicated') {
      this.#count(report.kind);
      const detail = report.kind === 'ignored' ? report.reason : report.error.message;
      if (changes[0] !== undefined)
        this.#row({ source: changes[0].secret, destination: '', replica: '', kind: report.kind, detail });
      return;
    }
    for (const outcome of report.outcomes) {
      this.#count(outcome.kind);
      const { destination, name } = outcome.replica;
      if (outcome.kind !== 'unchanged') {
        this.#row({ source: report.source, destination, replica: name, kind: outcome.kind, detail: detailOf(outcome) });
      }
    }
  }

  #count(kind: string): void {
    this.counts.set(kind, (this.counts.get(kind) ?? 0) + 1);
  }

  #row(row: ActionRow): void {
    if (this.rows.length < MAX_ROWS) this.rows.push(row);
  }
}

function detailOf(outcome: Outcome): string {
  if ('error' in outcome) return outcome.error.message;
  return 'how' in outcome ? outcome.how : '';
}
