import { describe, expect, test } from '@jest/globals';
import { ACCOUNT, World } from '../support/world.js';

const WEST = { name: 'dr', region: 'us-west-2' };
const EU = { name: 'eu', region: 'eu-west-1' };
const queue = (name: string) => `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${name}`;

describe('the health action', () => {
  test('tells that everything answers, with what is in force', async () => {
    const world = new World({ destinations: [WEST, EU] });
    await expect(world.invoke({ action: 'health' })).resolves.toEqual({
      action: 'health',
      alive: true,
      ready: true,
      config: expect.stringMatching(/^[0-9a-f]{64}$/),
      sourceRegion: 'us-east-1',
      source: { reachable: true },
      destinations: [
        { id: 'dr', region: 'us-west-2', reachable: true, breaker: 'closed', writesPerSecond: 40 },
        { id: 'eu', region: 'eu-west-1', reachable: true, breaker: 'closed', writesPerSecond: 40 },
      ],
      queues: {},
    });
    expect(world.sandbox.calls.list().map(({ operation }) => operation)).toEqual([
      'ListSecrets',
      'ListSecrets',
      'ListSecrets',
    ]);
  });

  test('tells which place does not answer, and why', async () => {
    const world = new World({ destinations: [WEST, EU] });
    world.sandbox.faults.add({ kind: 'region-down', region: 'us-west-2' });
    await expect(world.invoke({ action: 'health' })).resolves.toMatchObject({
      alive: true,
      ready: false,
      source: { reachable: true },
      destinations: [{ reachable: false, code: 'Network' }, { reachable: true }],
    });
  });

  test('tells of an open breaker, and leaves it as it is', async () => {
    const world = new World({ destinations: [WEST, EU] });
    const up = world.sandbox.faults.add({ kind: 'region-down', region: 'us-west-2' });
    await world.create('app/db', 'value');
    await world.deliver(...world.takeEvents());
    up();
    for (let asked = 1; asked <= 2; asked += 1) {
      await expect(world.invoke({ action: 'health' })).resolves.toMatchObject({
        ready: false,
        destinations: [
          { reachable: true, breaker: 'open' },
          { reachable: true, breaker: 'closed' },
        ],
      });
    }
  });

  test('counts the messages of the queues that the function was told', async () => {
    const world = new World({
      destinations: [EU],
      environment: { CHANGE_QUEUE_URL: queue('changes'), DEAD_LETTER_QUEUE_URL: queue('dead') },
    });
    const changes = world.sandbox.queues.create('changes');
    changes.send('one');
    changes.send('two');
    changes.receive(1);
    await expect(world.invoke({ action: 'health' })).resolves.toMatchObject({
      ready: true,
      queues: { changes: { waiting: 1, underWay: 1 }, deadLetters: { code: 'InvalidRequest' } },
    });
  });

  test('tells when this process compared everything last', async () => {
    const world = new World({ destinations: [EU] });
    await world.invoke({ action: 'reconcile' });
    const at = new Date(world.clock.now()).toISOString();
    await expect(world.invoke({ action: 'health' })).resolves.toMatchObject({ lastReconcile: { at, complete: true } });
  });

  test('knows another configuration from this one', async () => {
    const digestOf = async (destinations: object[]) => {
      const answer = await new World({ destinations }).invoke({ action: 'health' });
      return 'config' in answer ? answer.config : undefined;
    };
    const [one, same, other] = await Promise.all([
      digestOf([EU]),
      digestOf([{ ...EU }]),
      digestOf([{ ...EU, transform: [{ sed: 's/a/b/' }] }]),
    ]);
    expect(one).toBe(same);
    expect(one).not.toBe(other);
  });
});
