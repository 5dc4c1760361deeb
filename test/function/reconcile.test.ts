import { DeleteSecretCommand, PutSecretValueCommand, TagResourceCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from '@jest/globals';
import { OWNER_TAG } from '../../src/core/ownership.js';
import type { ReconcileAnswer } from '../../src/function/reconcile-action.js';
import { ownerTag, reconciled, seedInSync, seedSources, told } from '../support/reconciled.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const WEST = { name: 'dr', region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/g' }] };
const EU = { name: 'eu', region: 'eu-west-1' };

/** The operations called since the log was cleared, with how often. */
function calls(world: World): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const { service, operation } of world.sandbox.calls.list()) {
    if (service === 'secretsmanager') counted[operation] = (counted[operation] ?? 0) + 1;
  }
  return counted;
}

function expectReplicas(world: World, names: readonly string[]): void {
  const wrong = names.filter((name) => world.current('us-west-2', name) !== `${name} in us-west-2`);
  expect(wrong).toEqual([]);
}

describe('a reconcile', () => {
  test('makes the replicas of every source there is, and then costs one list call per hundred secrets and place', async () => {
    const world = new World({ destinations: [WEST, EU] });
    const names = seedSources(world, 130);
    const first = await reconciled(world);
    expect(first).toMatchObject({ complete: true, counts: { drifted: 260, repaired: 260, inSync: 260 } });
    expectReplicas(world, names);

    world.sandbox.calls.clear();
    const second = await reconciled(world);
    expect(second).toMatchObject({ complete: true, counts: { inSync: 260, drifted: 0 }, rows: [] });
    expect(calls(world)).toEqual({ ListSecrets: 6 });
  });

  test('in detect mode tells each kind of drift and changes nothing', async () => {
    const { world, expected } = await drifted();
    const before = world.versions('us-west-2', 'app/stale').map(({ id }) => id);
    const answer = await reconciled(world, { mode: 'detect' });
    expect(told(answer)).toEqual(expected.map((row) => row.replace('repaired', 'pending')));
    expect(world.versions('us-west-2', 'app/stale').map(({ id }) => id)).toEqual(before);
    expect(world.sandbox.calls.count({ operation: 'GetSecretValue' })).toBe(0);
  });

  test('in repair mode mends what can be mended', async () => {
    const { world, expected } = await drifted();
    const answer = await reconciled(world, { mode: 'repair' });
    expect(told(answer)).toEqual(expected.map((row) => row.replace('repaired', 'written')));
    for (const name of ['app/missing', 'app/stale', 'app/deleted']) {
      expect(world.current('us-west-2', name)).toBe(`${name} now in us-west-2`);
    }
    expect(world.current('us-west-2', 'app/changed')).toBe('app/changed in us-west-2');
    expect(world.current('us-west-2', 'app/foreign')).toBe('not ours');
    const again = await reconciled(world);
    expect(told(again)).toEqual(expected.filter((row) => !row.endsWith('repaired')));
  });

  test('replicates with the rules in force, and calls it stale rules', async () => {
    const world = new World({ destinations: [WEST] });
    seedSources(world, 3);
    await reconciled(world);
    const changed = new World({
      destinations: [{ ...WEST, transform: [{ sed: 's/us-east-1/elsewhere/' }] }],
      on: world,
    });
    const answer = await reconciled(changed, { mode: 'repair' });
    expect(told(answer)).toEqual([0, 1, 2].map((index) => `dr app/0000${index} stale-rules written`));
    expect(changed.current('us-west-2', 'app/00000')).toBe('app/00000 in elsewhere');
  });

  test('does not take a list that lags behind for drift', async () => {
    const world = new World({ destinations: [EU] });
    seedSources(world, 1);
    await reconciled(world);
    await world.put('app/00000', 'newer');
    await world.deliver(...world.takeEvents());
    world.sandbox.faults.add({ kind: 'stale-read', operation: 'ListSecrets', region: SOURCE_REGION, times: 1 });
    const answer = await reconciled(world);
    expect(answer).toMatchObject({ counts: { inSync: 1, drifted: 0 }, rows: [] });
    expect(world.current('eu-west-1', 'app/00000')).toBe('newer');
  });

  test('touches only the destination that differs', async () => {
    const world = new World({ destinations: [WEST, EU] });
    seedSources(world, 1);
    await reconciled(world);
    await world.put('app/00000', 'by hand', 'eu-west-1');
    world.sandbox.calls.clear();
    await reconciled(world);
    expect(world.current('eu-west-1', 'app/00000')).toBe('app/00000 in us-east-1');
    const written = world.sandbox.calls.list({ region: 'us-west-2' }).map(({ operation }) => operation);
    expect(new Set(written)).toEqual(new Set(['ListSecrets']));
  });
});

/** One source of each kind of drift at `dr`, and one that is in sync. */
async function drifted() {
  const world = new World({ destinations: [WEST] });
  const source = (name: string) => world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name, string: `${name} in us-east-1` });
  for (const name of ['stale', 'changed', 'deleted', 'gone', 'right']) source(`app/${name}`);
  await reconciled(world);
  await world.put('app/stale', 'app/stale now in us-east-1');
  await world.put('app/deleted', 'app/deleted now in us-east-1');
  await world.put('app/changed', 'by hand', 'us-west-2');
  await world.client('us-west-2').send(new DeleteSecretCommand({ SecretId: 'app/deleted' }));
  await world.client().send(new DeleteSecretCommand({ SecretId: 'app/gone' }));
  world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/missing', string: 'app/missing now in us-east-1' });
  source('app/foreign');
  world.sandbox.seed(ACCOUNT, 'us-west-2', { name: 'app/foreign', string: 'not ours' });
  source('app/rotating');
  const tags = { [OWNER_TAG]: ownerTag('app/rotating') };
  const rotation = { enabled: true };
  world.sandbox.seed(ACCOUNT, 'us-west-2', { name: 'app/rotating', string: 'rotates', tags, rotation });
  world.sandbox.calls.clear();
  const expected = [
    'dr app/changed changed-at-destination repaired',
    'dr app/deleted scheduled-for-deletion repaired',
    'dr app/foreign foreign blocked',
    'dr app/gone orphan kept',
    'dr app/missing missing repaired',
    'dr app/rotating blocked blocked',
    'dr app/stale stale-version repaired',
  ];
  return { world, expected };
}

describe('names that do not come in the same order', () => {
  test.each([
    ['a rename that moves a block of names', 's#^app/0001#zzz/0001#'],
    ['a rename that turns the order round', 's#^(app)/(.)(.)(.)(.)(.)#\\6\\5\\4\\3\\2#'],
  ])('are matched all the same: %s', async (_title, rename) => {
    const script = rename.includes('(') ? rename.replaceAll(/([()])/g, '\\$1') : rename;
    const world = new World({ destinations: [{ ...EU, rename: script }] });
    seedSources(world, 250);
    await reconciled(world);
    expect(world.sandbox.count(ACCOUNT, 'eu-west-1')).toBe(250);
    world.sandbox.calls.clear();
    const answer = await reconciled(world);
    expect(answer).toMatchObject({ counts: { inSync: 250, drifted: 0, orphans: 0 } });
    expect(calls(world)).toEqual({ ListSecrets: 6 });
  });

  test('and are cut by the end of an invocation are compared all the same', async () => {
    const rename = 's#^app/\\(.\\)\\(.\\)\\(.\\)\\(.\\)\\(.\\)#\\5\\4\\3\\2\\1#';
    const world = new World({ destinations: [{ ...EU, rename }] });
    seedInSync(world, 1_200, 'eu-west-1', (name) => name.slice('app/'.length).split('').toReversed().join(''));
    world.sandbox.faults.add({ kind: 'delay', delayMs: 1_500, operation: 'ListSecrets' });
    const answers = [await reconciled(world, {}, 20_000)];
    for (let cursor = answers[0]?.cursor; cursor !== undefined; cursor = answers.at(-1)?.cursor) {
      answers.push(await reconciled(world, { cursor }, 20_000));
    }
    expect(answers.length).toBeGreaterThan(2);
    expect(answers.flatMap(told)).toEqual([]);
    expect(answers.reduce((sum, { counts }) => sum + (counts['inSync'] ?? 0), 0)).toBe(1_200);
    expect(published(world, 'ReconcileRun')).toEqual([1]);
    expect(published(world, 'Replicas')).toEqual([1_200]);
  });

  test('and are too long for a tag cost no more', async () => {
    const world = new World({ source: { select: { include: ['long/*'] } }, destinations: [EU] });
    for (let index = 0; index < 90; index += 1) {
      world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: `aaa/${index}`, string: 'not selected' });
    }
    for (let index = 0; index < 120; index += 1) {
      const name = `long/${'x'.repeat(300)}/${index}`;
      world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name, string: 'x' });
    }
    await reconciled(world);
    world.sandbox.calls.clear();
    expect(await reconciled(world)).toMatchObject({ counts: { inSync: 120, orphans: 0 } });
    expect(calls(world)).toEqual({ ListSecrets: 5 });
  });

  test.each([
    ['', {}],
    [', also by a role of our own account', { roleArn: `arn:aws:iam::${ACCOUNT}:role/Replica` }],
  ])('in one place belong to all of its destinations, which is listed once%s', async (_also, as) => {
    const second = { name: 'second', region: 'eu-west-1', rename: 's#^#second/#', ...as };
    const world = new World({ destinations: [EU, second] });
    if ('roleArn' in as) world.sandbox.roles.add({ roleArn: as.roleArn });
    seedSources(world, 150);
    await reconciled(world);
    world.sandbox.calls.clear();
    const answer = await reconciled(world);
    expect(answer).toMatchObject({ counts: { inSync: 300, drifted: 0, orphans: 0 } });
    expect(calls(world)).toEqual({ ListSecrets: 5 });
    const one = await reconciled(world, { destinations: ['second'] });
    expect(one).toMatchObject({ counts: { inSync: 150, orphans: 0 } });
  });
});

describe('a run that does not fit into one invocation', () => {
  const slow = { kind: 'delay', delayMs: 1_500, operation: 'ListSecrets' } as const;

  test('goes on by messages of the queue, to the same end', async () => {
    const queueUrl = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/changes`;
    const world = new World({ destinations: [WEST], environment: { CHANGE_QUEUE_URL: queueUrl } });
    const queue = world.sandbox.queues.create('changes');
    const names = seedSources(world, 550);
    world.sandbox.faults.add(slow);
    const answer = await reconciled(world, {}, 12_000);
    expect(answer.complete).toBe(false);
    let parts = 1;
    for (let [message] = queue.receive(1); message !== undefined; [message] = queue.receive(1)) {
      parts += 1;
      queue.delete(message.receiptHandle ?? '');
      const Records = [{ messageId: 'm', eventSource: 'aws:sqs', body: message.body }];
      await expect(world.invoke({ Records }, 12_000)).resolves.toEqual({ batchItemFailures: [] });
    }
    expect(parts).toBeGreaterThan(2);
    expectReplicas(world, names);
  });

  test('is dropped where what it was to compare is not configured any more, and goes on with the rest', async () => {
    const urlOf = (queue: string) => `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${queue}`;
    const world = new World({ destinations: [WEST], environment: { DEAD_LETTER_QUEUE_URL: urlOf('letters') } });
    const letters = world.sandbox.queues.create('letters');
    const names = seedSources(world, 3);
    await expect(world.deliver({ action: 'reconcile', destinations: ['gone'] })).resolves.toEqual([]);
    expect(world.sandbox.count(ACCOUNT, 'us-west-2')).toBe(0);
    await expect(world.deliver({ action: 'reconcile', destinations: ['gone', 'dr'] })).resolves.toEqual([]);
    expectReplicas(world, names);
    expect(letters.receive(1)).toEqual([]);
  });

  test('is not over because the destinations are', async () => {
    const world = new World({ source: { select: { include: ['app/000*', 'app/0149*'] } }, destinations: [EU] });
    seedSources(world, 1_500);
    await reconciled(world, {}, 600_000);
    for (let index = 1_490; index < 1_500; index += 1) {
      const SecretId = `app/0${index}`;
      const client = world.client('eu-west-1');
      await client.send(new DeleteSecretCommand({ SecretId, ForceDeleteWithoutRecovery: true }));
    }
    world.sandbox.faults.add(slow);
    const first = await reconciled(world, {}, 12_000);
    expect(first).toMatchObject({ complete: false, rows: [] });
    let { cursor } = first;
    let repaired = 0;
    while (cursor !== undefined) {
      const answer: ReconcileAnswer = await reconciled(world, { cursor }, 12_000);
      repaired += answer.counts['repaired'] ?? 0;
      ({ cursor } = answer);
    }
    expect(repaired).toBe(10);
  });

  test('answers with its position where there is no queue, and finds orphans and drift on both sides of a cut', async () => {
    const world = new World({ destinations: [EU] });
    seedInSync(world, 1_500);
    for (const name of ['app/00010', 'app/00299', 'app/01420']) {
      await world.client().send(new DeleteSecretCommand({ SecretId: name, ForceDeleteWithoutRecovery: true }));
    }
    await world.put('app/00011', 'new');
    await world.put('app/01421', 'new');
    world.sandbox.faults.add(slow);
    const rows: string[] = [];
    const counts: number[] = [];
    let cursor: object | undefined;
    do {
      const position = cursor === undefined ? {} : { cursor: JSON.parse(JSON.stringify(cursor)) as object };
      const answer = await reconciled(world, position, 30_000);
      rows.push(...told(answer));
      counts.push(answer.counts['inSync'] ?? 0);
      ({ cursor } = answer);
    } while (cursor !== undefined && counts.length < 20);
    expect(counts.length).toBeGreaterThan(2);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1_497);
    expect(rows.toSorted()).toEqual([
      'eu app/00010 orphan kept',
      'eu app/00011 stale-version written',
      'eu app/00299 orphan kept',
      'eu app/01420 orphan kept',
      'eu app/01421 stale-version written',
    ]);
  });
});

test('a run ends after a thousand invocations, whatever it has left', async () => {
  const world = new World({ destinations: [EU] });
  seedInSync(world, 300);
  world.sandbox.faults.add({ kind: 'delay', delayMs: 1_500, operation: 'ListSecrets' });
  const { cursor } = await reconciled(world, {}, 4_000);
  expect(cursor?.part).toBe(2);
  await expect(reconciled(world, { cursor: { ...cursor, part: 1_000 } }, 4_000)).rejects.toThrow('1000 invocations');
});

describe('a place that cannot be listed', () => {
  test('fails the run and leaves the others compared', async () => {
    const world = new World({ destinations: [WEST, EU] });
    const names = seedSources(world, 150);
    world.sandbox.faults.add({ kind: 'region-down', region: 'eu-west-1' });
    await expect(reconciled(world)).rejects.toThrow(/reconcile: /);
    expectReplicas(world, names);
    expect(world.said()).not.toContain('failed');
    expect(published(world, 'ReconcileRun')).toEqual([]);
  });

  test('is the source: nothing is written, and a message of the queue comes back', async () => {
    const world = new World({ destinations: [WEST] });
    seedSources(world, 5);
    world.sandbox.faults.add({ kind: 'region-down', region: SOURCE_REGION });
    await expect(world.deliver({ action: 'reconcile' })).resolves.toEqual(['message-0']);
    expect(world.sandbox.count(ACCOUNT, 'us-west-2')).toBe(0);
  });
});

describe('what is measured', () => {
  test('a whole run publishes its heartbeat, what is in sync, what differed and how long', async () => {
    const world = new World({ destinations: [EU] });
    seedSources(world, 3);
    await reconciled(world);
    world.clock.advance(3_600_000);
    await world.put('app/00001', 'newer');
    world.clock.advance(90_000);
    await reconciled(world, { mode: 'detect' });
    expect(published(world, 'ReconcileRun')).toEqual([1, 1]);
    expect(published(world, 'InSync')).toEqual([3, 2]);
    expect(published(world, 'Replicas')).toEqual([0, 3]);
    expect(published(world, 'Drifted')).toEqual([3, 1]);
    expect(published(world, 'OldestUnsyncedAge')).toEqual([0, 90]);
  });

  test('a run over some destinations is no heartbeat', async () => {
    const world = new World({ destinations: [WEST, EU] });
    await reconciled(world, { destinations: ['eu'] });
    expect(published(world, 'ReconcileRun')).toEqual([]);
  });
});

/** What was put under a metric of eu-west-1, a number for each run. */
function published(world: World, name: string): number[] {
  return world.sandbox.metrics
    .points('SecretsReplicator')
    .filter((one) => one.name === name && one.dimensions['DestRegion'] === 'eu-west-1')
    .map(({ values: [value = Number.NaN] }) => value);
}

test('a secret of the source region that is a replica itself is left alone', async () => {
  const world = new World({ destinations: [EU] });
  seedSources(world, 1);
  const Tags = [{ Key: OWNER_TAG, Value: 'arn:aws:secretsmanager:ap-south-1:444455556666:secret:app/00000' }];
  await world.client().send(new TagResourceCommand({ SecretId: 'app/00000', Tags }));
  await world.client().send(new PutSecretValueCommand({ SecretId: 'app/00000', SecretString: 'x' }));
  await reconciled(world);
  expect(world.sandbox.count(ACCOUNT, 'eu-west-1')).toBe(0);
});
