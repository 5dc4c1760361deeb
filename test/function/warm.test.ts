import { DeleteSecretCommand, TagResourceCommand, UntagResourceCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from '@jest/globals';
import { OWNER_TAG } from '../../src/core/ownership.js';
import type { EventBridgeEvent } from '../../src/sandbox/event-bus.js';
import { ACCOUNT, SOURCE_REGION, World, type WorldOptions } from '../support/world.js';

const WEST = { name: 'dr', region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/g' }] };
const EU = { name: 'eu', region: 'eu-west-1' };
const AP = { name: 'ap', region: 'ap-southeast-2' };
const ENFORCED = { ENABLE_METRICS: 'false', OWNERSHIP_ENFORCED: 'true' };

const isNative = (event: EventBridgeEvent) => event['detail-type'] === 'Secret Label Updated';

/** A world whose process has replicated a creation and a change of each secret. */
async function warm(options: WorldOptions, names: readonly string[] = ['app/db']): Promise<World> {
  const world = new World({ environment: ENFORCED, ...options });
  for (const name of names) await world.create(name, 'first us-east-1');
  await world.deliver(...world.takeEvents().filter(isNative));
  for (const name of names) await world.put(name, 'second us-east-1');
  await world.deliver(...world.takeEvents().filter(isNative));
  world.sandbox.calls.clear();
  return world;
}

async function changed(world: World, name: string, value: string) {
  await world.put(name, value);
  const events = world.takeEvents().filter(isNative);
  world.sandbox.calls.clear();
  return events;
}

const callsOf = (world: World) =>
  world.sandbox.calls.list({ service: 'secretsmanager' }).map(({ operation, region }) => `${operation} ${region}`);

const TEN = Array.from({ length: 10 }, (_name, index) => `app/${index}`);

describe('what a warm process knows', () => {
  test('lets a change cost a read, a put and a look', async () => {
    const world = await warm({ destinations: [WEST] });
    const events = await changed(world, 'app/db', 'third us-east-1');
    await expect(world.deliver(...events)).resolves.toEqual([]);
    expect(callsOf(world)).toEqual([
      'GetSecretValue us-east-1',
      'PutSecretValue us-west-2',
      'DescribeSecret us-east-1',
    ]);
    expect(world.current('us-west-2', 'app/db')).toBe('third us-west-2');
  });

  test.each([
    ['one destination', [WEST], 2.1],
    ['three destinations', [WEST, EU, AP], 2],
  ])('lets ten changed secrets share a read: calls per replica with %s', async (_name, destinations, most) => {
    const world = await warm({ destinations }, TEN);
    for (const name of TEN) await world.put(name, `third ${name}`);
    const events = world.takeEvents().filter(isNative);
    world.sandbox.calls.clear();
    await expect(world.deliver(...events)).resolves.toEqual([]);
    expect(world.sandbox.calls.count({ operation: 'BatchGetSecretValue' })).toBe(1);
    expect(callsOf(world).length / (TEN.length * destinations.length)).toBeLessThanOrEqual(most);
    for (const name of TEN) expect(world.current('us-west-2', name)).toBe(`third ${name}`);
  });

  test('is not believed for longer than five minutes', async () => {
    const world = await warm({ destinations: [WEST] });
    world.clock.advance(5 * 60_000);
    const events = await changed(world, 'app/db', 'third');
    await world.deliver(...events);
    expect(callsOf(world)).toEqual([
      'DescribeSecret us-east-1',
      'DescribeSecret us-west-2',
      'GetSecretValue us-east-1',
      'PutSecretValue us-west-2',
      'DescribeSecret us-east-1',
    ]);
  });

  test('is not believed of a replica where nothing but we would notice that it is not ours', async () => {
    const adopting = { ...WEST, onConflict: { adopt: ['app/db'] } };
    for (const options of [
      { destinations: [adopting] },
      { destinations: [WEST], environment: { ENABLE_METRICS: 'false' } },
    ]) {
      const world = await warm(options);
      const events = await changed(world, 'app/db', 'third');
      await world.deliver(...events);
      expect(callsOf(world)).toContain('DescribeSecret us-west-2');
    }
  });

  test('is not believed of a source where tags select', async () => {
    const world = await warm({ destinations: [{ ...EU, select: { tags: { replicate: 'true' } } }] });
    const events = await changed(world, 'app/db', 'third');
    await world.deliver(...events);
    expect(callsOf(world)[0]).toBe('DescribeSecret us-east-1');
  });
});

describe('what a warm process knows wrongly', () => {
  test('a disowned replica is not written where the role does not see to it', async () => {
    const world = await warm({ destinations: [WEST], environment: { ENABLE_METRICS: 'false' } });
    await world.client('us-west-2').send(new UntagResourceCommand({ SecretId: 'app/db', TagKeys: [OWNER_TAG] }));
    await world.deliver(...(await changed(world, 'app/db', 'third')));
    expect(world.current('us-west-2', 'app/db')).toBe('second us-west-2');
    expect(world.said()).toContain('blocked');
  });

  test('a replica that somebody else wrote to gets the right value', async () => {
    const world = await warm({ destinations: [EU] });
    await world.put('app/db', 'by hand', 'eu-west-1');
    await expect(world.deliver(...(await changed(world, 'app/db', 'third')))).resolves.toEqual([]);
    expect(world.current('eu-west-1', 'app/db')).toBe('third');
  });

  test('a replica that is scheduled for deletion is restored', async () => {
    const world = await warm({ destinations: [EU] });
    await world.client('eu-west-1').send(new DeleteSecretCommand({ SecretId: 'app/db' }));
    await expect(world.deliver(...(await changed(world, 'app/db', 'third')))).resolves.toEqual([]);
    expect(world.current('eu-west-1', 'app/db')).toBe('third');
  });

  test('a replica that is gone is made anew', async () => {
    const world = await warm({ destinations: [EU] });
    const forGood = new DeleteSecretCommand({ SecretId: 'app/db', ForceDeleteWithoutRecovery: true });
    await world.client('eu-west-1').send(forGood);
    await expect(world.deliver(...(await changed(world, 'app/db', 'third')))).resolves.toEqual([]);
    expect(world.current('eu-west-1', 'app/db')).toBe('third');
  });

  test('a source that went back to an older version in between leads to that version', async () => {
    const world = await warm({ destinations: [EU] });
    const first = world.versions(SOURCE_REGION, 'app/db').at(-1)?.id ?? '';
    const third = await world.put('app/db', 'third');
    const events = world.takeEvents().filter(isNative);
    await world.moveCurrent('app/db', third, first);
    await expect(world.deliver(...events)).resolves.toEqual([]);
    expect(world.current('eu-west-1', 'app/db')).toBe(world.current(SOURCE_REGION, 'app/db'));
  });

  test('a source that has become a replica is one once its tags are seen', async () => {
    const world = await warm({ destinations: [EU] });
    await world
      .client()
      .send(new TagResourceCommand({ SecretId: 'app/db', Tags: [{ Key: OWNER_TAG, Value: 'another' }] }));
    await world.deliver(...world.takeEvents());
    await world.deliver(...(await changed(world, 'app/db', 'third')));
    expect(world.current('eu-west-1', 'app/db')).toBe('second us-east-1');
  });

  test('a version that is put twice is one version', async () => {
    const world = await warm({ destinations: [EU] });
    const events = await changed(world, 'app/db', 'third');
    const before = world.versions('eu-west-1', 'app/db').length;
    await world.deliver(...events);
    world.sandbox.calls.clear();
    await world.deliver(...events);
    expect(world.versions('eu-west-1', 'app/db')).toHaveLength(before + 1);
    expect(callsOf(world)).toEqual(['DescribeSecret us-east-1', 'DescribeSecret eu-west-1']);
    expect(world.sandbox.secret(ACCOUNT, 'eu-west-1', 'app/db')?.tags).toHaveProperty([OWNER_TAG]);
  });

  test('values that cannot be read together are read alone', async () => {
    const world = await warm({ destinations: [EU] }, TEN);
    for (const name of TEN) await world.put(name, `third ${name}`);
    const events = world.takeEvents().filter(isNative);
    world.sandbox.faults.add({ kind: 'error500', operation: 'BatchGetSecretValue' });
    await expect(world.deliver(...events)).resolves.toEqual([]);
    for (const name of TEN) expect(world.current('eu-west-1', name)).toBe(`third ${name}`);
  });
});
