import { TagResourceCommand, UntagResourceCommand, UpdateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from '@jest/globals';
import { COPIED_TAG, OWNER_TAG } from '../../src/core/ownership.js';
import { ownerTag, reconciled, told } from '../support/reconciled.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const EU = { name: 'eu', region: 'eu-west-1' };
const OWNED = { [OWNER_TAG]: ownerTag('app/db') };

function worldWith(destination: object, source: object = {}): World {
  const world = new World({ destinations: [{ ...EU, ...destination }] });
  world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/db', string: '1', ...source });
  return world;
}

const replica = (world: World) => world.sandbox.secret(ACCOUNT, 'eu-west-1', 'app/db');
const sync = (world: World) => world.invoke({ action: 'sync', names: ['app/db'] });

/** Writes at the destination since the log was cleared. */
const writes = (world: World) =>
  world.sandbox.calls
    .list({ region: 'eu-west-1' })
    .map(({ operation }) => operation)
    .filter((operation) => !/^(Describe|List)/.test(operation));

describe('the description', () => {
  test('follows the source by default, to nothing as well, and leaves the value alone', async () => {
    const world = worldWith({}, { description: 'orders' });
    await sync(world);
    expect(replica(world)?.description).toBe('orders');
    const describeAs = async (Description: string) => {
      await world.client().send(new UpdateSecretCommand({ SecretId: 'app/db', Description }));
      await world.deliver(...world.takeEvents());
    };
    await describeAs('orders and returns');
    expect(replica(world)?.description).toBe('orders and returns');
    await describeAs('');
    expect(replica(world)?.description).toBe('');
    expect(replica(world)?.versions).toHaveLength(1);
  });

  test.each([
    ['none', 'by hand', 'by hand'],
    [{ fixed: 'Replica; do not edit' }, 'by hand', 'Replica; do not edit'],
  ])('under %j ends as configured', async (description, there, expected) => {
    const world = worldWith({ metadata: { description } }, { description: 'orders' });
    await sync(world);
    await world.client('eu-west-1').send(new UpdateSecretCommand({ SecretId: 'app/db', Description: there }));
    await sync(world);
    expect(replica(world)?.description).toBe(expected);
  });
});

describe('tags', () => {
  test('are left alone by default', async () => {
    const world = worldWith({}, { tags: { team: 'orders' } });
    await sync(world);
    expect(replica(world)?.tags).toEqual(OWNED);
  });

  const tag = (world: World, region: string, tags: Readonly<Record<string, string>>) => {
    const Tags = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    return world.client(region).send(new TagResourceCommand({ SecretId: 'app/db', Tags }));
  };
  const untag = (world: World, region: string, ...TagKeys: string[]) =>
    world.client(region).send(new UntagResourceCommand({ SecretId: 'app/db', TagKeys }));
  /** All but ours. */
  const others = (world: World) =>
    Object.fromEntries(
      Object.entries(replica(world)?.tags ?? {}).filter(([key]) => key !== OWNER_TAG && key !== COPIED_TAG),
    );
  const many = (prefix: string, count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_one, index) => [`${prefix}-${index}`, 'x']));

  test('of the source are copied and follow it, those that others set stay', async () => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: { team: 'orders', cost: '1' } });
    await sync(world);
    expect(replica(world)?.tags).toEqual({ ...OWNED, team: 'orders', cost: '1', [COPIED_TAG]: expect.any(String) });
    await tag(world, 'eu-west-1', { theirs: 'kept' });
    await tag(world, SOURCE_REGION, { team: 'returns' });
    await untag(world, SOURCE_REGION, 'cost');
    await world.deliver(...world.takeEvents());
    expect(others(world)).toEqual({ team: 'returns', theirs: 'kept' });
    world.sandbox.calls.clear();
    await sync(world);
    expect(writes(world)).toEqual([]);
  });

  test('that the source has lost go, and with the last one what we noted of them', async () => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: { team: 'orders', cost: '1' } });
    await sync(world);
    await tag(world, 'eu-west-1', { theirs: 'kept' });
    await untag(world, SOURCE_REGION, 'team', 'cost');
    expect(told(await reconciled(world, { mode: 'detect' }))).toEqual(['eu app/db metadata pending']);
    await reconciled(world);
    expect(replica(world)?.tags).toEqual({ ...OWNED, theirs: 'kept' });
    expect(replica(world)?.versions).toHaveLength(1);
    expect(told(await reconciled(world))).toEqual([]);
  });

  test('that somebody changed at the replica after the source had lost them are theirs', async () => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: { team: 'orders' } });
    await sync(world);
    await tag(world, 'eu-west-1', { team: 'theirs' });
    await untag(world, SOURCE_REGION, 'team');
    await sync(world);
    expect(replica(world)?.tags).toEqual({ ...OWNED, team: 'theirs' });
  });

  test('that were taken off once are not taken off again when somebody sets them', async () => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: { team: 'orders', cost: '1' } });
    await sync(world);
    await untag(world, SOURCE_REGION, 'cost');
    await sync(world);
    await tag(world, 'eu-west-1', { cost: '1' });
    await sync(world);
    expect(others(world)).toEqual({ team: 'orders', cost: '1' });
  });

  test.each(['UntagResource', 'TagResource'])('converge when %s fails in between', async (operation) => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: { team: 'orders', cost: '1' } });
    await sync(world);
    await untag(world, SOURCE_REGION, 'cost');
    await tag(world, SOURCE_REGION, { owner: 'them' });
    world.sandbox.faults.add({ kind: 'denied', operation, region: 'eu-west-1', times: 1 });
    await expect(sync(world)).rejects.toThrow('AccessDenied');
    await sync(world);
    expect(others(world)).toEqual({ team: 'orders', owner: 'them' });
    await untag(world, SOURCE_REGION, 'team', 'owner');
    await sync(world);
    expect(replica(world)?.tags).toEqual(OWNED);
  });

  test('of replicas that an earlier release made follow too, from the first look on', async () => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: { team: 'orders', cost: '1' } });
    const { versions = [] } = world.sandbox.secret(ACCOUNT, SOURCE_REGION, 'app/db') ?? {};
    const there = { ...OWNED, team: 'orders', cost: '1', former: 'kept' };
    world.sandbox.seed(ACCOUNT, 'eu-west-1', { name: 'app/db', versions, tags: there });
    await reconciled(world);
    await untag(world, SOURCE_REGION, 'cost');
    await reconciled(world);
    expect(others(world)).toEqual({ team: 'orders', former: 'kept' });
  });

  test.each(['', 'x', '@'.repeat(256), 'aaaaabbbbb'])('stay where the note of them is spoilt: %j', async (note) => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: { team: 'orders', cost: '1' } });
    await sync(world);
    await untag(world, SOURCE_REGION, 'cost');
    await tag(world, 'eu-west-1', { [COPIED_TAG]: note });
    await sync(world);
    expect(others(world)).toEqual({ team: 'orders', cost: '1' });
    world.sandbox.calls.clear();
    await sync(world);
    expect(writes(world)).toEqual([]);
  });

  test('are copied as far as there is room beside our own', async () => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: many('tag', 50) });
    await sync(world);
    expect(Object.keys(replica(world)?.tags ?? {})).toHaveLength(49);
    const gone = Object.keys(many('tag', 50)).filter((key) => !key.endsWith('7'));
    await untag(world, SOURCE_REGION, ...gone);
    await sync(world);
    expect(Object.keys(others(world))).toEqual(['tag-17', 'tag-27', 'tag-37', 'tag-47', 'tag-7']);
  });

  test('are added only while the replica has room, and the others go on following', async () => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: { team: 'orders' } });
    await sync(world);
    await tag(world, 'eu-west-1', many('theirs', 46));
    await tag(world, SOURCE_REGION, { team: 'returns', cost: 'returns', owner: 'returns' });
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(others(world)).toEqual({ ...many('theirs', 46), team: 'returns' });
    await untag(world, SOURCE_REGION, 'team');
    await world.deliver(...world.takeEvents());
    expect(others(world)).toEqual({ ...many('theirs', 46), cost: 'returns' });
  });

  test('stay on a replica that has no room for the note of them', async () => {
    const world = worldWith({ metadata: { tags: 'copy' } }, { tags: { team: 'returns', cost: '1' } });
    const { versions = [] } = world.sandbox.secret(ACCOUNT, SOURCE_REGION, 'app/db') ?? {};
    const there = { ...OWNED, ...many('theirs', 48), team: 'orders' };
    world.sandbox.seed(ACCOUNT, 'eu-west-1', { name: 'app/db', versions, tags: there });
    await sync(world);
    await untag(world, SOURCE_REGION, 'team');
    await sync(world);
    expect(replica(world)?.tags).toEqual({ ...there, team: 'returns' });
  });

  test('that are fixed are set and set again', async () => {
    const world = worldWith({ metadata: { tags: { fixed: { 'managed-by': 'replicator' } } } });
    await sync(world);
    await world.client('eu-west-1').send(new UntagResourceCommand({ SecretId: 'app/db', TagKeys: ['managed-by'] }));
    expect(told(await reconciled(world))).toEqual(['eu app/db metadata written']);
    expect(replica(world)?.tags).toEqual({ ...OWNED, 'managed-by': 'replicator' });
  });
});

describe('the key', () => {
  test('is changed where the configuration names another one, without a new version', async () => {
    const first = worldWith({ kmsKeyId: 'alias/old' });
    await sync(first);
    const world = new World({ destinations: [{ ...EU, kmsKeyId: 'alias/new' }], on: first });
    expect(told(await reconciled(world, { mode: 'detect' }))).toEqual(['eu app/db metadata pending']);
    await reconciled(world);
    expect(replica(world)?.kmsKeyId).toBe('alias/new');
    expect(replica(world)?.versions).toHaveLength(1);
    expect(told(await reconciled(world))).toEqual([]);
  });

  test.each([
    ['alias/dr', 'arn:aws:kms:eu-west-1:111122223333:alias/dr', []],
    [
      '0f1e2d3c-1111-2222-3333-444455556666',
      'arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-1111-2222-3333-444455556666',
      [],
    ],
    ['alias/dr', 'arn:aws:kms:eu-west-1:111122223333:key/0f1e2d3c-1111-2222-3333-444455556666', []],
    ['alias/aws/secretsmanager', undefined, []],
    ['alias/aws/secretsmanager', 'alias/dr', ['UpdateSecret']],
    ['alias/dr', undefined, ['UpdateSecret']],
    [undefined, 'alias/dr', []],
  ])('configured as %s and found as %s leads to %j', async (kmsKeyId, found, expected) => {
    const world = worldWith(kmsKeyId === undefined ? {} : { kmsKeyId });
    const { versions = [] } = world.sandbox.secret(ACCOUNT, SOURCE_REGION, 'app/db') ?? {};
    const seed = { name: 'app/db', versions, tags: OWNED, ...(found === undefined ? {} : { kmsKeyId: found }) };
    world.sandbox.seed(ACCOUNT, 'eu-west-1', seed);
    await sync(world);
    expect(writes(world)).toEqual(expected);
  });
});

test('a change of the value costs no further call when everything beside it is right', async () => {
  const world = worldWith(
    { kmsKeyId: 'alias/dr', metadata: { tags: 'copy' } },
    { description: 'orders', tags: { a: 'b' } },
  );
  await sync(world);
  await world.put('app/db', '2');
  world.sandbox.calls.clear();
  await world.deliver(...world.takeEvents());
  expect(writes(world)).toEqual(['PutSecretValue']);
});

test('what a warm process remembers is not amended again and again', async () => {
  const world = new World({ destinations: [EU], environment: { OWNERSHIP_ENFORCED: 'true' } });
  await world.create('app/db', '1');
  const change = async (value: string) => {
    await world.put('app/db', value);
    await world.deliver(...world.takeEvents().filter((event) => event['detail-type'] === 'Secret Label Updated'));
  };
  await change('2');
  await change('3');
  await world.client().send(new UpdateSecretCommand({ SecretId: 'app/db', Description: 'orders' }));
  await world.deliver(...world.takeEvents());
  await world.client().send(new UpdateSecretCommand({ SecretId: 'app/db', Description: 'orders and returns' }));
  await change('4');
  world.sandbox.calls.clear();
  await change('5');
  await change('6');
  expect(replica(world)?.description).toBe('orders and returns');
  expect(writes(world)).toEqual(['PutSecretValue', 'PutSecretValue']);
});

test('value and metadata that differ together are written in one round', async () => {
  const world = worldWith({ metadata: { tags: 'copy' } });
  await sync(world);
  await world.client().send(new TagResourceCommand({ SecretId: 'app/db', Tags: [{ Key: 'team', Value: 'x' }] }));
  await world.put('app/db', '2');
  await world.deliver(...world.takeEvents());
  expect(world.current('eu-west-1', 'app/db')).toBe('2');
  expect(replica(world)?.tags).toMatchObject({ ...OWNED, team: 'x' });
});
