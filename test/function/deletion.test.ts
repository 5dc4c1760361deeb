import { DeleteSecretCommand, RestoreSecretCommand } from '@aws-sdk/client-secrets-manager';
import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { OWNER_TAG } from '../../src/core/ownership.js';
import { ownerTag, reconciled, seedInSync, told } from '../support/reconciled.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const EU = { name: 'eu', region: 'eu-west-1' };
const BRAKES = { recoveryDays: 7, maxPerRun: 3, maxPercent: 50 };
const DAY_MS = 86_400_000;

const isGoing = (world: World, name: string) =>
  world.sandbox.secret(ACCOUNT, 'eu-west-1', name)?.deletedAt !== undefined;

async function deleteSource(world: World, name: string, force = false): Promise<void> {
  const how = force ? { ForceDeleteWithoutRecovery: true } : {};
  await world.client().send(new DeleteSecretCommand({ SecretId: name, ...how }));
}

describe('the replica of a source that is gone', () => {
  test('stays by default', async () => {
    const world = new World({ destinations: [EU] });
    seedInSync(world, 2);
    await deleteSource(world, 'app/00000', true);
    const answer = await reconciled(world);
    expect(told(answer)).toEqual(['eu app/00000 orphan kept']);
    expect(isGoing(world, 'app/00000')).toBe(false);
  });

  test('goes with a recovery window where that was asked for, whether the source is absent or going itself', async () => {
    const world = new World({ destinations: [{ ...EU, onDelete: BRAKES }] });
    seedInSync(world, 8);
    await deleteSource(world, 'app/00000', true);
    await deleteSource(world, 'app/00001');
    const answer = await reconciled(world);
    expect(told(answer)).toEqual(['eu app/00000 orphan deleted', 'eu app/00001 orphan deleted']);
    const { deletedAt = 0 } = world.sandbox.secret(ACCOUNT, 'eu-west-1', 'app/00001') ?? {};
    expect(Math.round((deletedAt - world.clock.now()) / DAY_MS)).toBe(7);
    expect(told(await reconciled(world))).toEqual([]);
  });

  test('comes back with its source', async () => {
    const world = new World({ destinations: [{ ...EU, onDelete: BRAKES }] });
    seedInSync(world, 4);
    await deleteSource(world, 'app/00001');
    await reconciled(world);
    await world.client().send(new RestoreSecretCommand({ SecretId: 'app/00001' }));
    expect(told(await reconciled(world))).toEqual(['eu app/00001 scheduled-for-deletion written']);
    expect(isGoing(world, 'app/00001')).toBe(false);
    expect(world.current('eu-west-1', 'app/00001')).toBe('app/00001 in us-east-1');
  });
});

describe('brakes', () => {
  async function withDeleted(count: number, options: { destination?: object; source?: object } = {}) {
    const { destination = {}, source = {} } = options;
    const world = new World({ destinations: [{ ...EU, onDelete: BRAKES, ...destination }], source });
    const names = seedInSync(world, 10);
    for (const name of names.slice(0, count)) await deleteSource(world, name, true);
    return { world, gone: () => names.filter((name) => isGoing(world, name)) };
  }

  test('hold more than so many a run', async () => {
    const { world, gone } = await withDeleted(5);
    const answer = await reconciled(world);
    expect(answer.counts).toMatchObject({ deleted: 3, heldBack: 2 });
    expect(gone()).toHaveLength(3);
    const held = world.sandbox.metrics.points().filter(({ name }) => name === 'DeletesHeldBack');
    expect(held.map(({ values }) => values)).toEqual([[2], [2]]);
    await reconciled(world);
    expect(gone()).toHaveLength(5);
  });

  test('hold more than a share of the replicas, rounded up', async () => {
    const onDelete = { ...BRAKES, maxPerRun: 100, maxPercent: 11 };
    const { world, gone } = await withDeleted(5, { destination: { onDelete } });
    await reconciled(world);
    expect(gone()).toHaveLength(2);
  });

  test('hold everything when no source is listed', async () => {
    const { world, gone } = await withDeleted(10);
    const answer = await reconciled(world);
    expect(gone()).toEqual([]);
    expect(answer.counts).toMatchObject({ deleted: 0 });
  });

  test('hold everything when the list of sources breaks off', async () => {
    const { world, gone } = await withDeleted(2);
    world.sandbox.faults.add({ kind: 'region-down', region: SOURCE_REGION });
    await expect(reconciled(world)).rejects.toThrow('reconcile: ');
    expect(gone()).toEqual([]);
  });

  test('hold everything in a run in which a replica could not be written', async () => {
    const { world, gone } = await withDeleted(2, { destination: { expect: { absent: ['forbidden'] } } });
    await world.put('app/00009', 'forbidden');
    const answer = await reconciled(world);
    expect(answer.counts).toMatchObject({ failed: 1, deleted: 0, heldBack: 2 });
    expect(gone()).toEqual([]);
  });

  test('hold everything when another destination could not be listed', async () => {
    const world = new World({ destinations: [{ ...EU, onDelete: BRAKES }, { region: 'us-west-2' }] });
    const names = seedInSync(world, 4);
    seedInSync(world, 4, 'us-west-2');
    await deleteSource(world, 'app/00000', true);
    world.sandbox.faults.add({ kind: 'region-down', region: 'us-west-2' });
    await expect(reconciled(world)).rejects.toThrow('reconcile: ');
    expect(names.filter((name) => isGoing(world, name))).toEqual([]);
  });

  test('hold a replica whose source is only not selected, or belongs to another replicator', async () => {
    const { world, gone } = await withDeleted(0, { source: { select: { exclude: ['app/00000'] } } });
    const region = 'eu-west-1';
    const theirs = { 'other/app': ownerTag('other/app', '444455556666'), 'web/app': ownerTag('app/of-another-name') };
    for (const [name, owner] of Object.entries(theirs)) {
      world.sandbox.seed(ACCOUNT, region, { name, string: 'x', tags: { [OWNER_TAG]: owner } });
    }
    const answer = await reconciled(world);
    expect(told(answer)).toEqual(['eu app/00000 orphan kept', 'eu web/app orphan kept']);
    expect([...gone(), ...Object.keys(theirs).filter((name) => isGoing(world, name))]).toEqual([]);
  });

  test('hold a replica whose source the list has missed', async () => {
    const { world, gone } = await withDeleted(0);
    await world.put('app/00000', 'again');
    await world.put('app/00001', 'again');
    // A source that was never written since it was seeded is absent from a stale list.
    world.sandbox.faults.add({ kind: 'stale-read', operation: 'ListSecrets', region: SOURCE_REGION, times: 1 });
    const answer = await reconciled(world);
    expect(answer.counts).toMatchObject({ orphans: 8, deleted: 0, heldBack: 0 });
    expect(gone()).toEqual([]);
  });

  test('hold everything in a dry run', async () => {
    const { world, gone } = await withDeleted(2);
    const answer = await reconciled(world, { mode: 'detect' });
    expect(answer.counts).toMatchObject({ orphans: 2, deleted: 0, heldBack: 0 });
    expect(gone()).toEqual([]);
  });

  test.each([
    ['are let go at the end of a run of several invocations', 'fine', 2],
    ['hold everything when an invocation before the last one had an error', 'forbidden', 0],
  ])('%s', async (_title, value, deleted) => {
    const onDelete = { recoveryDays: 7 };
    const world = new World({ destinations: [{ ...EU, expect: { absent: ['forbidden'] }, onDelete }] });
    const names = seedInSync(world, 1_500);
    for (const name of ['app/00003', 'app/01490']) await deleteSource(world, name, true);
    await world.put('app/00007', value);
    world.sandbox.faults.add({ kind: 'delay', delayMs: 1_500, operation: 'ListSecrets' });
    let answer = await reconciled(world, {}, 30_000);
    expect(answer.complete).toBe(false);
    expect(names.filter((name) => isGoing(world, name))).toEqual([]);
    while (answer.cursor !== undefined) answer = await reconciled(world, { cursor: answer.cursor }, 30_000);
    expect(names.filter((name) => isGoing(world, name))).toHaveLength(deleted);
  });
});

type Fate = 'alive' | 'gone' | 'going' | 'excluded' | 'foreign' | 'broken';

test('whatever becomes of sources, a run deletes only ours, only what is gone, only so many, and nothing after an error', async () => {
  const fates = fc.array(
    fc.constantFrom<Fate>('alive', 'alive', 'gone', 'gone', 'going', 'excluded', 'foreign', 'broken'),
    {
      minLength: 1,
      maxLength: 12,
    },
  );
  const limits = fc.record({ maxPerRun: fc.integer({ min: 1, max: 5 }), maxPercent: fc.integer({ min: 0, max: 100 }) });
  await fc.assert(
    fc.asyncProperty(fates, limits, fc.boolean(), async (given, { maxPerRun, maxPercent }, isListBroken) => {
      // A broken source is rare: with one in eight, hardly a run would delete anything.
      const fated = given.map((fate, index): Fate => (fate === 'broken' && index > 0 ? 'alive' : fate));
      const excluded = fated.flatMap((fate, index) => (fate === 'excluded' ? [`app/0000${index}`] : []));
      const world = new World({
        source: { select: { exclude: ['none', ...excluded] } },
        destinations: [
          { ...EU, expect: { absent: ['forbidden'] }, onDelete: { recoveryDays: 7, maxPerRun, maxPercent } },
        ],
      });
      const names = seedInSync(world, fated.length);
      for (const [index, name] of names.entries()) await meet(world, name, fated[index] ?? 'alive');
      if (isListBroken) world.sandbox.faults.add({ kind: 'region-down', region: SOURCE_REGION });
      await reconciled(world).catch(() => undefined);

      const going = names.filter((name) => isGoing(world, name));
      const replicas = fated.filter((fate) => fate !== 'foreign').length;
      const isTrusted = !isListBroken && fated.includes('alive') && !fated.includes('broken');
      const wanted = names.filter((_name, index) => fated[index] === 'gone' || fated[index] === 'going');
      expect(going.filter((name) => !wanted.includes(name))).toEqual([]);
      const allowed = Math.min(maxPerRun, Math.ceil((replicas * maxPercent) / 100));
      expect(going).toHaveLength(isTrusted ? Math.min(wanted.length, allowed) : 0);
    }),
    { numRuns: 60, seed: 20_261_124 },
  );
});

async function meet(world: World, name: string, fate: Fate): Promise<void> {
  if (fate === 'gone' || fate === 'going') await deleteSource(world, name, fate === 'gone');
  if (fate === 'broken') await world.put(name, 'forbidden');
  if (fate === 'foreign') {
    await deleteSource(world, name, true);
    world.sandbox.seed(ACCOUNT, 'eu-west-1', { name, string: 'not ours' });
  }
}
