import { describe, expect, test } from '@jest/globals';
import { point } from '../../src/core/metrics.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const WEST = { name: 'dr', region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/g' }] };
const EU = { name: 'eu', region: 'eu-west-1' };
/** After this the function no longer relies on what it saw before. */
const FORGOTTEN_MS = 5 * 60_000;
const QUEUE = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/dead`;

describe('a fault that passes', () => {
  test.each(['CreateSecret', 'DescribeSecret', 'GetSecretValue'])(
    'in %s is outlived by attempts',
    async (operation) => {
      const world = new World({ destinations: [WEST] });
      await world.create('app/db', 'us-east-1');
      world.sandbox.faults.add({ kind: 'throttle', operation, times: 2 });
      world.sandbox.faults.add({ kind: 'error500', operation, times: 1 });
      world.sandbox.faults.add({ kind: 'reset', operation, times: 1 });
      await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
      expect(world.current('us-west-2', 'app/db')).toBe('us-west-2');
    },
  );

  test.each([
    ['CreateSecret', async () => undefined],
    ['PutSecretValue', async (world: World) => replicatedThenPut(world)],
    ['UpdateSecretVersionStage', async (world: World) => replicatedThenRolledBack(world)],
  ])('the lost answer of %s leads to one version and the right value', async (operation, prepare) => {
    const world = new World({ destinations: [WEST] });
    const version = await world.create('app/db', 'us-east-1 first');
    await prepare(world);
    world.sandbox.faults.add({ kind: 'lost-answer', operation, region: 'us-west-2', times: 1 });
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    const source = world.current(SOURCE_REGION, 'app/db') as string;
    expect(world.current('us-west-2', 'app/db')).toBe(source.replace('us-east-1', 'us-west-2'));
    expect(version).not.toBe('');
  });

  test('a source that is not visible yet is looked at once more', async () => {
    const world = new World({ destinations: [EU] });
    await world.create('app/db', '1');
    await world.deliver(...world.takeEvents());
    await world.put('app/db', '2');
    world.sandbox.faults.add({ kind: 'stale-read', operation: 'DescribeSecret', region: SOURCE_REGION, times: 1 });
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('eu-west-1', 'app/db')).toBe('2');
  });

  test('a source that stays invisible brings the message back, and nothing is written', async () => {
    const world = new World({ destinations: [EU] });
    await world.create('app/db', '1');
    await world.deliver(...world.takeEvents());
    world.clock.advance(FORGOTTEN_MS);
    await world.put('app/db', '2');
    const remove = world.sandbox.faults.add({ kind: 'stale-read', operation: 'DescribeSecret', region: SOURCE_REGION });
    const events = world.takeEvents();
    await expect(world.deliver(...events)).resolves.toHaveLength(events.length);
    expect(world.current('eu-west-1', 'app/db')).toBe('1');
    remove();
    await expect(world.deliver(...events)).resolves.toEqual([]);
    expect(world.current('eu-west-1', 'app/db')).toBe('2');
  });
});

test('a look after the write that shows an older state undoes nothing and brings the message back', async () => {
  const world = new World({ destinations: [EU] });
  await world.create('app/db', '1');
  await world.deliver(...world.takeEvents());
  await world.put('app/db', '2');
  const events = world.takeEvents();
  const remove = world.sandbox.faults.add({ kind: 'stale-read', operation: 'DescribeSecret', region: SOURCE_REGION });
  await expect(world.deliver(...events)).resolves.toHaveLength(events.length);
  expect(world.current('eu-west-1', 'app/db')).toBe('2');
  remove();
  await expect(world.deliver(...events)).resolves.toEqual([]);
  expect(world.current('eu-west-1', 'app/db')).toBe('2');
});

async function replicatedThenPut(world: World) {
  await world.deliver(...world.takeEvents());
  await world.put('app/db', 'us-east-1 second');
}

async function replicatedThenRolledBack(world: World) {
  const first = world.versions(SOURCE_REGION, 'app/db')[0]?.id ?? '';
  await replicatedThenPut(world);
  await world.deliver(...world.takeEvents());
  const second = world.versions(SOURCE_REGION, 'app/db').find(({ id }) => id !== first)?.id ?? '';
  await world.moveCurrent('app/db', second, first);
}

describe('a region that is down', () => {
  test('fails its own destination only, and the message comes back until it is up', async () => {
    const world = new World({ destinations: [WEST, EU] });
    const up = world.sandbox.faults.add({ kind: 'region-down', region: 'us-west-2' });
    await world.create('app/db', 'us-east-1');
    const events = world.takeEvents();
    await expect(world.deliver(...events)).resolves.toHaveLength(events.length);
    expect(world.current('eu-west-1', 'app/db')).toBe('us-east-1');
    expect(world.said().toSorted()).toEqual(['failed', 'written']);
    up();
    world.clock.advance(60_000);
    await expect(world.deliver(...events)).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('us-west-2');
    expect(world.versions('eu-west-1', 'app/db')).toHaveLength(1);
  });

  test('that leaves no time for a second look brings the message back, and it is no dead letter', async () => {
    const world = new World({ destinations: [EU], environment: { DEAD_LETTER_QUEUE_URL: QUEUE } });
    const dead = world.sandbox.queues.create('dead');
    await world.create('app/db', '1');
    await world.deliver(...world.takeEvents());
    world.clock.advance(FORGOTTEN_MS);
    await world.put('app/db', '2');
    world.sandbox.faults.add({ kind: 'stale-read', operation: 'DescribeSecret', region: SOURCE_REGION });
    const Records = [{ messageId: 'm', eventSource: 'aws:sqs', body: JSON.stringify(world.takeEvents()[0]) }];
    const answer = await world.invoke({ Records }, 400);
    expect(answer).toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    expect(dead.counts().total).toBe(0);
  });

  test('never takes more than the invocation has', async () => {
    const world = new World({ destinations: [WEST] });
    world.sandbox.faults.add({ kind: 'region-down', region: 'us-west-2' });
    await world.create('app/db', 'us-east-1');
    const before = world.clock.now();
    const Records = [{ messageId: 'm', eventSource: 'aws:sqs', body: JSON.stringify(world.takeEvents()[0]) }];
    await world.invoke({ Records }, 10_000);
    expect(world.clock.now() - before).toBeLessThan(10_000);
  });
});

describe('what the platform is told', () => {
  test('of a permanent cause: a dead letter with its cause at once, and nothing to deliver again', async () => {
    const world = new World({ destinations: [WEST], environment: { DEAD_LETTER_QUEUE_URL: QUEUE } });
    const dead = world.sandbox.queues.create('dead');
    await world.create('app/key', Uint8Array.of(1));
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    const causes = dead.messages().map(({ messageAttributes }) => JSON.stringify(messageAttributes['Cause']));
    expect(causes.length).toBeGreaterThan(0);
    expect(new Set(causes.map((cause) => /BinaryWithRules/.test(cause)))).toEqual(new Set([true]));
  });

  test('of a dead letter that cannot be sent: the message comes back', async () => {
    const world = new World({ destinations: [WEST], environment: { DEAD_LETTER_QUEUE_URL: QUEUE } });
    await world.create('app/key', Uint8Array.of(1));
    await expect(world.deliver(world.takeEvents()[0] ?? '')).resolves.toEqual(['message-0']);
  });

  test('of a message that is no event: a dead letter, and the rest of the batch is replicated', async () => {
    const world = new World({ destinations: [WEST], environment: { DEAD_LETTER_QUEUE_URL: QUEUE } });
    const dead = world.sandbox.queues.create('dead');
    await world.create('app/db', 'us-east-1');
    await expect(world.deliver('not json', '{}', 'null', ...world.takeEvents())).resolves.toEqual([]);
    expect(dead.messages().map(({ body }) => body)).toEqual(['not json', '{}', 'null']);
    expect(world.current('us-west-2', 'app/db')).toBe('us-west-2');
  });

  test('of events for others: nothing but a line with the reason', async () => {
    const world = new World({ destinations: [WEST] });
    await expect(world.deliver({ source: 'aws.ec2', 'detail-type': 'x', detail: {} })).resolves.toEqual([]);
    expect(world.records).toContainEqual(
      expect.objectContaining({
        message: 'event ignored',
        fields: expect.objectContaining({ reason: 'OtherService' }),
      }),
    );
  });

  test('of a direct event that failed: an error with every cause', async () => {
    const world = new World({ destinations: [WEST, EU] });
    await world.create('app/key', Uint8Array.of(1));
    await expect(world.invoke(world.takeEvents()[0])).rejects.toThrow(/BinaryWithRules: /);
    expect(world.current('eu-west-1', 'app/key')).toEqual(Uint8Array.of(1));
  });

  test('of a direct event that is none, or an unknown action: an error that says what is taken', async () => {
    const world = new World({ destinations: [WEST] });
    await expect(world.invoke({ hello: 'world' })).rejects.toThrow('only EventBridge events are taken');
    await expect(world.invoke({ action: 'explode' })).rejects.toThrow('it takes { action: sync');
    await expect(world.invoke({ action: 'sync', destinations: ['nowhere'] })).rejects.toThrow(
      'no destination is called nowhere',
    );
  });
});

describe('metrics', () => {
  test('leave in one request, whatever the batch', async () => {
    const world = new World({ destinations: [WEST, EU] });
    for (let index = 0; index < 10; index += 1) await world.create(`app/${index}`, 'us-east-1');
    await world.deliver(...world.takeEvents());
    expect(world.sandbox.calls.count({ service: 'monitoring' })).toBe(1);
    const names = new Set(world.sandbox.metrics.points('SecretsReplicator').map(({ name }) => name));
    expect(names).toContain('ReplicationSuccess');
    expect(names).toContain('ReplicationLag');
    expect(names).toContain('TransformationInputSize');
  });

  test('that are too large for one request leave in several', async () => {
    const world = new World({ destinations: [WEST] });
    const regions = Array.from({ length: 40 }, (_each, index) => `us-west-${index}`);
    const points = regions.flatMap((DestRegion) =>
      Array.from({ length: 3_000 }, (_each, index) => point('replicationLag', 1_000_000_000 + index, { DestRegion })),
    );
    await world.wiring.publisher?.publish(points, new Date(world.clock.now()), new AbortController().signal);
    const counted = world.sandbox.metrics.points('SecretsReplicator').flatMap(({ counts }) => counts);
    expect(counted.reduce((sum, count) => sum + count, 0)).toBe(points.length);
    expect(world.sandbox.calls.count({ service: 'monitoring' })).toBe(2);
  });

  test('that cannot be published touch nothing but the log', async () => {
    const world = new World({ destinations: [WEST] });
    world.sandbox.faults.add({ kind: 'error500', service: 'monitoring' });
    await world.create('app/db', 'us-east-1');
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('us-west-2');
    expect(world.records).toContainEqual(expect.objectContaining({ message: 'metrics not published' }));
  });

  test('count retries and throttling', async () => {
    const world = new World({ destinations: [WEST] });
    world.sandbox.faults.add({ kind: 'throttle', operation: 'CreateSecret', times: 2 });
    await world.create('app/other', '').catch(() => undefined);
    world.sandbox.faults.clear();
    await world.create('app/db', 'us-east-1');
    world.sandbox.faults.add({ kind: 'throttle', operation: 'CreateSecret', times: 2 });
    await world.deliver(...world.takeEvents());
    const names = world.sandbox.metrics.points('SecretsReplicator').map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['ThrottlingEvent', 'RetryAttempt', 'RetryAttemptNumber']));
  });

  test('can be switched off', async () => {
    const world = new World({ destinations: [WEST], environment: { ENABLE_METRICS: 'false' } });
    await world.create('app/db', 'us-east-1');
    await world.deliver(...world.takeEvents());
    expect(world.sandbox.calls.count({ service: 'monitoring' })).toBe(0);
  });
});

describe('a dry run', () => {
  test.each([
    ['by action', {}, { action: 'plan' }],
    ['by environment', { DRY_RUN: 'true' }, { action: 'sync' }],
  ])('%s tells what is pending and writes nothing', async (_name, environment, action) => {
    const world = new World({ destinations: [WEST, EU], environment });
    await world.create('app/db', 'us-east-1');
    await expect(world.invoke(action)).resolves.toMatchObject({
      counts: { pending: 2 },
      rows: [
        { source: 'app/db', destination: 'dr', replica: 'app/db', kind: 'pending', detail: 'created' },
        { source: 'app/db', destination: 'eu', replica: 'app/db', kind: 'pending', detail: 'created' },
      ],
    });
    expect(world.sandbox.count(ACCOUNT, 'us-west-2')).toBe(0);
    expect(world.sandbox.calls.count({ operation: 'GetSecretValue' })).toBe(0);
  });
});

describe('two sources on one name', () => {
  const MERGING = { ...EU, rename: 's#^app/.*#same#' };

  test('are found by a plan, and both are named', async () => {
    const world = new World({ destinations: [MERGING] });
    await world.create('app/one', '1');
    await world.create('app/two', '2');
    await expect(world.invoke({ action: 'plan' })).resolves.toMatchObject({
      counts: { pending: 1, blocked: 1 },
      rows: [
        { source: 'app/one', replica: 'same', kind: 'pending' },
        {
          source: 'app/two',
          replica: 'same',
          kind: 'blocked',
          detail: 'app/one would become the same replica; rename one of both',
        },
      ],
    });
  });

  test('leave the first replica alone, and the second is told whose it is', async () => {
    const world = new World({ destinations: [MERGING] });
    await world.create('app/one', '1');
    await world.deliver(...world.takeEvents());
    await world.create('app/two', '2');
    await expect(world.invoke({ action: 'sync', names: ['app/two'] })).rejects.toThrow(
      /^app\/two -> eu: OwnedByAnother: .*; it belongs to arn:aws:secretsmanager:us-east-1:\d{12}:secret:app\/one$/,
    );
    expect(world.current('eu-west-1', 'same')).toBe('1');
  });
});

describe('two destinations that give a source one name', () => {
  const ONE = { name: 'one', region: 'eu-west-1', rename: 's/^app/dr/', transform: [{ sed: 's/^/one /' }] };
  const TWO = { ...ONE, name: 'two', transform: [{ sed: 's/^/two /' }] };

  test('do not take turns: the first in the file has it, the other is told, by changes and by comparisons', async () => {
    const world = new World({ destinations: [ONE, TWO] });
    await world.create('app/db', 'value');
    await expect(world.invoke({ action: 'sync' })).rejects.toThrow(/^app\/db -> two: NameTaken: destination one /);
    world.clock.advance(FORGOTTEN_MS);
    for (const action of [{ action: 'reconcile' }, { action: 'reconcile', destinations: ['two'] }]) {
      await expect(world.invoke(action)).resolves.toMatchObject({ counts: { repaired: 0, blocked: 1 } });
      expect(world.versions('eu-west-1', 'dr/db').map(({ string }) => string)).toEqual(['one value']);
    }
    await expect(world.invoke({ action: 'plan' })).resolves.toMatchObject({ counts: { unchanged: 1, blocked: 1 } });
  });

  test('are as good as apart where no source goes to both, or the account is another', async () => {
    const partner = { ...TWO, name: 'partner', roleArn: 'arn:aws:iam::444455556666:role/Replica' };
    const world = new World({
      destinations: [{ ...ONE, select: { exclude: ['app/db'] } }, TWO, partner],
    });
    world.sandbox.roles.add({ roleArn: partner.roleArn });
    await world.create('app/db', 'value');
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('eu-west-1', 'dr/db')).toBe('two value');
    expect(world.current('eu-west-1', 'dr/db', '444455556666')).toBe('two value');
  });
});

describe('another account', () => {
  const ROLE = 'arn:aws:iam::444455556666:role/SecretsReplica';
  const PARTNER = { ...WEST, name: 'partner', roleArn: ROLE, externalId: 'an-agreed-word' };

  test('is written by the role it gives us, asked for once', async () => {
    const world = new World({ destinations: [PARTNER] });
    world.sandbox.roles.add({ roleArn: ROLE, externalId: 'an-agreed-word' });
    await world.create('app/db', 'us-east-1');
    await world.create('app/other', 'us-east-1');
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db', '444455556666')).toBe('us-west-2');
    expect(world.sandbox.count(ACCOUNT, 'us-west-2')).toBe(0);
    expect(world.sandbox.calls.count({ service: 'sts' })).toBe(1);
  });

  test('that expects another external id is not written, and the message comes back', async () => {
    const world = new World({ destinations: [PARTNER, EU] });
    world.sandbox.roles.add({ roleArn: ROLE, externalId: 'something else' });
    await world.create('app/db', 'us-east-1');
    await expect(world.deliver(world.takeEvents()[0] ?? '')).resolves.toEqual(['message-0']);
    expect(world.current('eu-west-1', 'app/db')).toBe('us-east-1');
    expect(world.records).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ code: 'AccessDenied' }) }),
    );
  });
});
