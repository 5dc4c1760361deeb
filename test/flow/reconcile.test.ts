import fc from 'fast-check';
import { expect, test } from '@jest/globals';
import { OWNER_TAG } from '../../src/core/ownership.js';
import type { SecretDescription } from '../../src/core/secret-description.js';
import type { SecretPage } from '../../src/flow/ports.js';
import { reconcile } from '../../src/flow/reconcile.js';
import type { Finding } from '../../src/flow/reconcile-tally.js';
import type { SteadyStore } from '../../src/flow/steady-store.js';
import { Invocation } from '../../src/function/invocation.js';
import { ownerTag } from '../support/reconciled.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

type Fate = 'in sync' | 'missing' | 'stale' | 'orphan';

const REGION = 'eu-west-1';
/** By what the rename makes of a name; none of them gives two names the same replica. */
const RENAMES: Readonly<Record<string, (name: string) => string>> = {
  's/^a/z/': (name) => name.replace(/^a/, 'z'),
  's#^\\(.\\)\\(.*\\)$#\\2-\\1#': (name) => name.replace(/^(.)(.*)$/s, '$2-$1'),
  's/x/x/': (name) => name,
};

const fated = fc.uniqueArray(
  fc.tuple(
    fc.stringMatching(/^[a-d][A-Da-d/]{0,3}$/),
    fc.constantFrom<Fate>('in sync', 'in sync', 'missing', 'stale', 'orphan'),
  ),
  { selector: ([name]) => name, maxLength: 60 },
);

test('every difference is found once, whatever the names, the order of the lists, their pages and how much may be held', async () => {
  await fc.assert(
    fc.asyncProperty(
      fated,
      fc.constantFrom(...Object.keys(RENAMES)),
      fc.integer({ min: 1, max: 40 }),
      fc.integer({ min: 1, max: 9 }),
      fc.option(fc.infiniteStream(fc.nat({ max: 1_000_000 })), { nil: undefined }),
      async (secrets, rename, maxHeld, pageSize, order) => {
        const world = new World({ destinations: [{ region: REGION, rename }] });
        for (const [name, fate] of secrets) seed(world, name, RENAMES[rename]?.(name) ?? name, fate);
        const { findings, inSync } = await detected(world, maxHeld, pageSize, order);

        const replicasOf = (...fates: Fate[]) =>
          secrets.flatMap(([name, fate]) => (fates.includes(fate) ? [RENAMES[rename]?.(name) ?? name] : [])).toSorted();
        const found = (ending: Finding['ending']) =>
          findings.flatMap((one) => (one.ending === ending ? [one.replica] : [])).toSorted();
        expect(found('pending')).toEqual(replicasOf('missing', 'stale'));
        expect(inSync).toBe(replicasOf('in sync').length);
        // Who owns a region of orphans alone cannot be told: no source says which account is ours.
        expect(found('kept')).toEqual(secrets.every(([, fate]) => fate === 'orphan') ? [] : replicasOf('orphan'));
        expect(findings).toHaveLength(replicasOf('missing', 'stale').length + found('kept').length);
      },
    ),
    { numRuns: 150, seed: 20_261_124 },
  );
});

function seed(world: World, name: string, replica: string, fate: Fate): void {
  const tags = { [OWNER_TAG]: ownerTag(name) };
  const versionId = world.sandbox.random().toString(36).slice(2).padEnd(36, '0');
  if (fate !== 'orphan') world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name, string: 'x', versionId });
  if (fate === 'missing') return;
  const current = fate === 'stale' ? '0'.repeat(36) : versionId;
  world.sandbox.seed(ACCOUNT, REGION, { name: replica, string: 'x', versionId: current, tags });
}

/** A run in detect mode over lists cut and ordered as told; without an order, by name. */
async function detected(world: World, maxHeld: number, pageSize: number, order?: Iterable<number>) {
  const invocation = new Invocation(world.wiring, { awsRequestId: 'r', getRemainingTimeInMillis: () => 600_000 });
  const flow = invocation.flow({ dryRun: true });
  const findings: Finding[] = [];
  try {
    const report = await reconcile({
      ...flow,
      source: repaged(flow.source, pageSize, order),
      destinations: flow.destinations.map((one) => ({ ...one, store: repaged(one.store, pageSize, order) })),
      maxHeld,
      onReplicated: () => undefined,
      onFinding: (finding) => findings.push(finding),
    });
    expect(report).toMatchObject({ isComplete: true, cursor: undefined, errors: [] });
    return { findings, inSync: [...report.totals.values()].reduce((sum, { inSync }) => sum + inSync, 0) };
  } finally {
    await invocation.finish();
  }
}

/** Pages of that size, every third of them empty, and in any order. */
function repaged(store: SteadyStore, pageSize: number, order?: Iterable<number>): SteadyStore {
  const pages = listed(store, order).then((all) => {
    const full = Array.from({ length: Math.ceil(all.length / pageSize) }, (_page, index) =>
      all.slice(index * pageSize, (index + 1) * pageSize),
    );
    return full.flatMap((page, index) => (index % 3 === 2 ? [[], page] : [page]));
  });
  return {
    ...store,
    list: async (from): Promise<SecretPage> => {
      const at = Number(from ?? 0);
      const all = await pages;
      return { secrets: all[at] ?? [], next: at + 1 < all.length ? String(at + 1) : undefined };
    },
  };
}

async function listed(store: SteadyStore, order?: Iterable<number>): Promise<readonly SecretDescription[]> {
  const { secrets } = await store.list(undefined);
  if (order === undefined) return secrets;
  const ranks = order[Symbol.iterator]();
  const ranked = secrets.map((secret) => ({ secret, rank: Number(ranks.next().value) }));
  return ranked.toSorted((a, b) => a.rank - b.rank).map(({ secret }) => secret);
}
