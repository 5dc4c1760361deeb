import { DeleteSecretCommand, RestoreSecretCommand, TagResourceCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from '@jest/globals';
import { OWNER_TAG } from '../../src/core/ownership.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const TO_WEST = { name: 'dr', region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/g' }] };
const UNCHANGED = { name: 'copy', region: 'eu-west-1' };

/** A secret that is replicated already, its events gone. */
async function replicated(world: World, name = 'app/db', value: string | Uint8Array = 'host=db.us-east-1') {
  const version = await world.create(name, value);
  await world.deliver(...world.takeEvents());
  world.sandbox.calls.clear();
  world.records.length = 0;
  return version;
}

describe('a change at the source', () => {
  test('creates a transformed replica that carries our tag, the description and the key', async () => {
    const world = new World({ destinations: [{ ...TO_WEST, kmsKeyId: 'alias/dr' }] });
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/db', string: 'host=db.us-east-1', description: 'orders' });
    await expect(world.invoke({ action: 'sync', names: ['app/db'] })).resolves.toMatchObject({
      counts: { written: 1 },
    });
    expect(world.current('us-west-2', 'app/db')).toBe('host=db.us-west-2');
    expect(world.sandbox.secret(ACCOUNT, 'us-west-2', 'app/db')).toMatchObject({
      description: 'orders',
      kmsKeyId: 'alias/dr',
      tags: { [OWNER_TAG]: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:app/db` },
    });
  });

  test('puts a new version', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await replicated(world);
    await world.put('app/db', 'host=db2.us-east-1');
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('host=db2.us-west-2');
    expect(world.versions('us-west-2', 'app/db')).toHaveLength(2);
  });

  test('reaches every destination by its own rules', async () => {
    const world = new World({
      destinations: [TO_WEST, UNCHANGED, { ...TO_WEST, name: 'eu', region: 'eu-central-1', rename: 's#^app/#eu/#' }],
    });
    await replicated(world);
    expect(world.current('us-west-2', 'app/db')).toBe('host=db.us-west-2');
    expect(world.current('eu-west-1', 'app/db')).toBe('host=db.us-east-1');
    expect(world.current('eu-central-1', 'eu/db')).toBe('host=db.us-west-2');
  });

  test('delivered again writes nothing and reads no value', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await world.create('app/db', 'host=db.us-east-1');
    const events = world.takeEvents();
    await world.deliver(...events);
    world.sandbox.calls.clear();
    await world.deliver(...events);
    expect(world.sandbox.calls.list().map(({ operation }) => operation)).toEqual(['DescribeSecret', 'DescribeSecret']);
    expect(world.versions('us-west-2', 'app/db')).toHaveLength(1);
  });

  test('told by several events in a batch is one change', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await replicated(world);
    await world.put('app/db', 'host=db2.us-east-1');
    await world.put('app/db', 'host=db3.us-east-1');
    const events = world.takeEvents();
    expect(events.length).toBeGreaterThan(2);
    await world.deliver(...events);
    expect(world.said()).toEqual(['written']);
    expect(world.current('us-west-2', 'app/db')).toBe('host=db3.us-west-2');
  });

  test('outruns the event of an older version', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await replicated(world);
    for (const host of ['db2', 'db3', 'db4']) await world.put('app/db', `host=${host}.us-east-1`);
    const [oldest] = world.takeEvents();
    await expect(world.deliver(oldest ?? '')).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('host=db4.us-west-2');
  });

  test('named in ways that look alike goes to the right secret', async () => {
    const world = new World({ destinations: [UNCHANGED] });
    await replicated(world, 'app/db-abc123', 'one');
    await replicated(world, 'app/db', 'two');
    await world.put('app/db-abc123', 'three');
    await world.deliver(...world.takeEvents());
    expect(world.current('eu-west-1', 'app/db-abc123')).toBe('three');
    expect(world.current('eu-west-1', 'app/db')).toBe('two');
  });
});

describe('rotation and rollback', () => {
  test('a rotation by stage move is followed', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await replicated(world);
    world.clock.advance(1_000);
    world.sandbox.rotate(ACCOUNT, SOURCE_REGION, 'app/db', { string: 'host=new.us-east-1' });
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('host=new.us-west-2');
  });

  test('a rollback promotes the version that is there, without reading the value', async () => {
    const world = new World({ destinations: [TO_WEST] });
    const first = await replicated(world);
    const second = await world.put('app/db', 'host=bad.us-east-1');
    await world.deliver(...world.takeEvents());
    await world.moveCurrent('app/db', second, first);
    world.sandbox.calls.clear();
    await world.deliver(...world.takeEvents());
    expect(world.current('us-west-2', 'app/db')).toBe('host=db.us-west-2');
    expect(world.versions('us-west-2', 'app/db')).toHaveLength(2);
    expect(world.sandbox.calls.count({ operation: 'GetSecretValue' })).toBe(0);
  });

  test('a rollback to a version whose replica has lost its labels is followed too', async () => {
    const world = new World({ destinations: [TO_WEST, UNCHANGED] });
    const first = await replicated(world);
    await world.put('app/db', 'host=bad.us-east-1');
    await world.deliver(...world.takeEvents());
    const third = await world.put('app/db', 'host=worse.us-east-1');
    await world.deliver(...world.takeEvents());
    await world.moveCurrent('app/db', third, first);
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('host=db.us-west-2');
    expect(world.current('eu-west-1', 'app/db')).toBe('host=db.us-east-1');
  });
});

describe('deletion', () => {
  test('of the source keeps the replica', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await replicated(world);
    await world.client().send(new DeleteSecretCommand({ SecretId: 'app/db' }));
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('host=db.us-west-2');
    expect(world.sandbox.secret(ACCOUNT, 'us-west-2', 'app/db')?.deletedAt).toBeUndefined();
  });

  test('and restoring of the source leads to the value it has then', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await replicated(world);
    await world.client().send(new DeleteSecretCommand({ SecretId: 'app/db' }));
    await world.client().send(new RestoreSecretCommand({ SecretId: 'app/db' }));
    await world.put('app/db', 'host=again.us-east-1');
    await world.deliver(...world.takeEvents());
    expect(world.current('us-west-2', 'app/db')).toBe('host=again.us-west-2');
  });

  test('of the replica is taken back with the next change', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await replicated(world);
    await world.client('us-west-2').send(new DeleteSecretCommand({ SecretId: 'app/db' }));
    await world.put('app/db', 'host=db2.us-east-1');
    await world.deliver(...world.takeEvents());
    expect(world.current('us-west-2', 'app/db')).toBe('host=db2.us-west-2');
    expect(world.sandbox.secret(ACCOUNT, 'us-west-2', 'app/db')?.deletedAt).toBeUndefined();
  });

  test('for good, seen by a late event, is no error', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await world.create('app/db', 'host=db.us-east-1');
    const events = world.takeEvents();
    await world.client().send(new DeleteSecretCommand({ SecretId: 'app/db', ForceDeleteWithoutRecovery: true }));
    world.clock.advance(16 * 60_000);
    await expect(world.deliver(...events)).resolves.toEqual([]);
    expect(world.records).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ reason: 'SourceAbsent' }) }),
    );
  });
});

describe('ownership', () => {
  test('a foreign secret is left as it is, and the message goes to the dead letters with the cause', async () => {
    const world = new World({
      destinations: [TO_WEST],
      environment: { DEAD_LETTER_QUEUE_URL: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/dead` },
    });
    const dead = world.sandbox.queues.create('dead', {});
    await world.create('app/db', 'theirs', 'us-west-2');
    world.takeEvents();
    await world.create('app/db', 'host=db.us-east-1');
    await expect(world.deliver(...world.takeEvents().slice(0, 1))).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('theirs');
    expect(world.sandbox.secret(ACCOUNT, 'us-west-2', 'app/db')?.tags).toEqual({});
    expect(dead.messages()).toHaveLength(1);
    expect(JSON.stringify(dead.messages())).toContain('Foreign');
  });

  test('a foreign secret on the list is adopted', async () => {
    const world = new World({ destinations: [{ ...TO_WEST, onConflict: { adopt: ['app/db'] } }] });
    await world.create('app/db', 'theirs', 'us-west-2');
    await world.create('app/db', 'host=db.us-east-1');
    await world.deliver(...world.takeEvents());
    expect(world.current('us-west-2', 'app/db')).toBe('host=db.us-west-2');
    expect(world.sandbox.secret(ACCOUNT, 'us-west-2', 'app/db')?.tags).toHaveProperty([OWNER_TAG]);
  });

  test('a secret of a service or one that rotates is not written', async () => {
    const world = new World({ destinations: [TO_WEST] });
    world.sandbox.seed(ACCOUNT, 'us-west-2', { name: 'app/managed', string: 'theirs', owningService: 'rds' });
    world.sandbox.seed(ACCOUNT, 'us-west-2', {
      name: 'app/rotating',
      string: 'theirs',
      rotation: { enabled: true },
      tags: { [OWNER_TAG]: `arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:app/rotating` },
    });
    await world.create('app/managed', 'ours');
    await world.create('app/rotating', 'ours');
    await world.deliver(...world.takeEvents());
    const codes = world.records
      .filter(({ message }) => message === 'replica blocked')
      .map(({ fields }) => fields['code']);
    expect(new Set(codes)).toEqual(new Set(['ManagedByService', 'RotationEnabled']));
    expect(world.current('us-west-2', 'app/managed')).toBe('theirs');
    expect(world.current('us-west-2', 'app/rotating')).toBe('theirs');
  });

  test('our own replica is no source, so two regions that point at each other stop after one write', async () => {
    const there = new World({ destinations: [{ region: 'us-west-2' }] });
    await there.create('app/db', 'value');
    await there.deliver(...there.takeEvents());
    const echoes = there.takeEvents('us-west-2').map((event) => ({ ...event, region: SOURCE_REGION }));
    expect(echoes.length).toBeGreaterThan(0);
    const back = new World({ destinations: [{ region: 'us-west-2' }] });
    back.sandbox.seed(ACCOUNT, SOURCE_REGION, {
      name: 'app/db',
      string: 'value',
      tags: { [OWNER_TAG]: 'another region' },
    });
    await expect(back.invoke({ action: 'sync', names: ['app/db'] })).resolves.toMatchObject({ counts: { ignored: 1 } });
    expect(back.sandbox.count(ACCOUNT, 'us-west-2')).toBe(0);
  });

  test("a source is not the replica of another source's name", async () => {
    const world = new World({ destinations: [{ ...UNCHANGED, rename: 's/.*/same/' }] });
    await replicated(world, 'app/one', '1');
    await world.create('app/two', '2');
    await world.deliver(...world.takeEvents());
    expect(world.current('eu-west-1', 'same')).toBe('1');
    expect(world.records).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ code: 'OwnedByAnother' }) }),
    );
  });
});

describe('values', () => {
  test('binary passes byte for byte where no rule applies', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_byte, index) => index);
    const world = new World({ destinations: [UNCHANGED] });
    await replicated(world, 'app/key', bytes);
    expect(Buffer.from(world.current('eu-west-1', 'app/key') as Uint8Array).equals(bytes)).toBe(true);
  });

  test('binary under rules is a permanent failure and writes nothing', async () => {
    const world = new World({ destinations: [TO_WEST] });
    await replicated(world, 'app/key', Uint8Array.of(1, 2, 3));
    expect(world.sandbox.count(ACCOUNT, 'us-west-2')).toBe(0);
    await world.put('app/key', Uint8Array.of(4));
    await world.deliver(...world.takeEvents());
    expect(world.records).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ code: 'BinaryWithRules' }) }),
    );
  });

  test('a result of 65,537 bytes is refused and the last good replica stays', async () => {
    const world = new World({ destinations: [{ ...TO_WEST, transform: [{ sed: 's/END$/ENDING/' }] }] });
    await replicated(world, 'app/big', 'small END');
    await world.put('app/big', `${'x'.repeat(65_536 - 5)}END`);
    const [first] = await world.deliver(...world.takeEvents());
    expect(first).toBeDefined();
    expect(world.current('us-west-2', 'app/big')).toBe('small ENDING');
    expect(world.records).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ code: 'ValueTooLarge' }) }),
    );
  });

  test('a secret without a value is waited for', async () => {
    const world = new World({ destinations: [TO_WEST] });
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/empty' });
    await world.invoke({ action: 'sync', names: ['app/empty'] });
    expect(world.sandbox.count(ACCOUNT, 'us-west-2')).toBe(0);
    await world.put('app/empty', 'us-east-1');
    await world.deliver(...world.takeEvents());
    expect(world.current('us-west-2', 'app/empty')).toBe('us-west-2');
  });
});

describe('selection', () => {
  test('by name and by tag, at the source and at the destination', async () => {
    const world = new World({
      source: { select: { include: ['app/*'], exclude: ['app/internal/*'], tags: { replicate: 'true' } } },
      destinations: [{ ...UNCHANGED, select: { exclude: ['app/batch/*'] } }],
    });
    const yes = { replicate: 'true' };
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/db', string: '1', tags: yes });
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/batch/job', string: '2', tags: yes });
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/internal/x', string: '3', tags: yes });
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/untagged', string: '4' });
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'other', string: '5', tags: yes });
    await world.invoke({ action: 'sync' });
    expect(world.sandbox.count(ACCOUNT, 'eu-west-1')).toBe(1);
    expect(world.current('eu-west-1', 'app/db')).toBe('1');
  });

  test('a tag that is set later makes the secret a source', async () => {
    const world = new World({ source: { select: { tags: { replicate: 'true' } } }, destinations: [UNCHANGED] });
    await replicated(world);
    expect(world.sandbox.count(ACCOUNT, 'eu-west-1')).toBe(0);
    await world
      .client()
      .send(new TagResourceCommand({ SecretId: 'app/db', Tags: [{ Key: 'replicate', Value: 'true' }] }));
    await world.deliver(...world.takeEvents());
    expect(world.current('eu-west-1', 'app/db')).toBe('host=db.us-east-1');
  });
});
