import { setImmediate as turn } from 'node:timers/promises';
import { beforeAll, describe, expect, test } from '@jest/globals';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { ACCOUNT, SOURCE_REGION, World, type WorldOptions } from '../support/world.js';

const WEST = { name: 'dr', region: 'us-west-2' };
const EU = { name: 'eu', region: 'eu-west-1' };
const AP = { name: 'ap', region: 'ap-southeast-2' };

/** Holds every call to one region back until it is let go. */
function holding(region: string) {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const around = (inner: HttpHandler): HttpHandler =>
    new Proxy(inner, {
      get: (target, key, receiver) => {
        if (key !== 'handle') return Reflect.get(target, key, receiver) as unknown;
        return async (...call: Parameters<HttpHandler['handle']>) => {
          const [{ hostname }] = call as [{ hostname: string }];
          if (hostname.includes(region)) await held;
          return target.handle(...call);
        };
      },
    });
  return { around, letGo: () => letGo() };
}

/** Lets others work until this holds. */
async function until(holds: () => boolean): Promise<void> {
  for (let turns = 0; turns < 10_000 && !holds(); turns += 1) await turn();
  expect(holds()).toBe(true);
}

const lagOf = (world: World, region: string) =>
  world.sandbox.metrics
    .points('SecretsReplicator')
    .find(({ name, dimensions }) => name === 'ReplicationLag' && dimensions['DestRegion'] === region)?.values[0];

describe('a region that hangs', () => {
  test('holds up no other: they are written, verified and measured while it hangs', async () => {
    const { around, letGo } = holding('us-west-2');
    const world = new World({ destinations: [WEST, EU, AP], around });
    await world.create('app/db', 'value');
    const answered = world.deliver(world.takeEvents()[0] ?? '');
    await until(() => ['ap-southeast-2', 'eu-west-1'].every((region) => world.current(region, 'app/db') === 'value'));
    // The look after the writes; the one before them is the first.
    await until(() => world.sandbox.calls.count({ operation: 'DescribeSecret', region: SOURCE_REGION }) >= 2);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(world.current('us-west-2', 'app/db')).toBeUndefined();
    world.clock.advance(30_000);
    letGo();
    await expect(answered).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('value');
    expect(world.sandbox.calls.count({ operation: 'GetSecretValue' })).toBe(1);
    expect(lagOf(world, 'us-west-2')).toBeGreaterThanOrEqual(30_000);
    expect(lagOf(world, 'eu-west-1')).toBeLessThan(30_000);
    expect(lagOf(world, 'ap-southeast-2')).toBeLessThan(30_000);
  });

  test('gets the newest value although the others were done with an older one', async () => {
    const { around, letGo } = holding('us-west-2');
    const world = new World({ destinations: [WEST, EU], around });
    await world.create('app/db', 'old');
    const answered = world.deliver(world.takeEvents()[0] ?? '');
    await until(() => world.current('eu-west-1', 'app/db') !== undefined);
    await world.put('app/db', 'new');
    letGo();
    await expect(answered).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('new');
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('eu-west-1', 'app/db')).toBe('new');
  });
});

test('a destination with nothing to write follows where the looks of another one lead', async () => {
  const { around, letGo } = holding('us-west-2');
  const world = new World({ destinations: [WEST, EU], around });
  await world.create('app/db', 'old');
  const [event = ''] = world.takeEvents();
  await world.invoke({ action: 'sync', names: ['app/db'], destinations: ['eu'] });
  const answered = world.deliver(event);
  await until(() => world.said().includes('written'));
  for (let turns = 0; turns < 20; turns += 1) await turn();
  await world.put('app/db', 'new');
  // The event of this change never arrives.
  world.takeEvents();
  letGo();
  await expect(answered).resolves.toEqual([]);
  expect(world.current('us-west-2', 'app/db')).toBe('new');
  expect(world.current('eu-west-1', 'app/db')).toBe('new');
});

/** A region that never answers until it is no longer waited for, and metrics that take their time. */
function endless(region: string) {
  return (inner: HttpHandler): HttpHandler =>
    new Proxy(inner, {
      get: (target, key, receiver) => {
        if (key !== 'handle') return Reflect.get(target, key, receiver) as unknown;
        return async (...call: Parameters<HttpHandler['handle']>) => {
          const [{ hostname }, { abortSignal }] = call as [{ hostname: string }, { abortSignal: AbortSignal }];
          if (hostname.includes('monitoring')) await turn();
          if (hostname.includes(region)) await new Promise((resolve) => abortSignal.addEventListener('abort', resolve));
          return target.handle(...call);
        };
      },
    });
}

describe('a region that hangs to the end', () => {
  test('leaves the function the time to say so: metrics are out, the message comes back', async () => {
    const world = new World({ destinations: [WEST, EU], around: endless('us-west-2') });
    await world.create('app/db', 'value');
    const Records = [{ messageId: 'm', eventSource: 'aws:sqs', body: JSON.stringify(world.takeEvents()[0]) }];
    await expect(world.invoke({ Records }, 200)).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    expect(world.current('eu-west-1', 'app/db')).toBe('value');
    const failures = world.sandbox.metrics.points().filter(({ name }) => name === 'ReplicationFailure');
    expect(failures.map(({ dimensions }) => dimensions['ErrorType'])).toContain('DeadlineReached');
  });
});

describe('a queue that hangs when the deadline has come', () => {
  // Bundled they are there in milliseconds; here they come from hundreds of files, which is more than the reserve of this test.
  beforeAll(() => Promise.all([import('../../src/aws/metrics.js'), import('../../src/aws/queue.js')]));

  test('costs neither the metrics nor the answer', async () => {
    const environment = { CHANGE_QUEUE_URL: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/changes` };
    const around: NonNullable<WorldOptions['around']> = (inner) => endless('sqs')(endless('us-west-2')(inner));
    const world = new World({ destinations: [WEST, EU], environment, around });
    await world.create('app/db', 'value');
    const Records = [{ messageId: 'm', receiptHandle: 'm', body: JSON.stringify(world.takeEvents()[0]) }];
    await expect(world.invoke({ Records }, 1_600)).resolves.toEqual({ batchItemFailures: [{ itemIdentifier: 'm' }] });
    expect(world.sandbox.metrics.points().map(({ name }) => name)).toContain('ReplicationFailure');
    expect(world.records).toContainEqual(expect.objectContaining({ message: 'message not delayed' }));
  });
});

describe('a region that is down', () => {
  async function downed(environment: Readonly<Record<string, string>> = {}) {
    const world = new World({ destinations: [WEST, EU], environment });
    const up = world.sandbox.faults.add({ kind: 'region-down', region: 'us-west-2' });
    await world.create('app/db', 'value');
    const events = world.takeEvents();
    await expect(world.deliver(...events)).resolves.toHaveLength(events.length);
    world.sandbox.calls.clear();
    return { world, events, up };
  }
  const asked = (world: World) => world.sandbox.calls.count({ region: 'us-west-2' });

  test('is left alone for a minute, tried once, and then served again', async () => {
    const { world, events, up } = await downed();
    const before = world.clock.now();
    await expect(world.deliver(...events)).resolves.toHaveLength(events.length);
    expect(asked(world)).toBe(0);
    expect(world.clock.now()).toBe(before);
    world.clock.advance(60_000);
    await world.deliver(...events);
    expect(asked(world)).toBe(1);
    up();
    world.clock.advance(60_000);
    await expect(world.deliver(...events)).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('value');
  });

  test('is told in the log and counted as CircuitOpen', async () => {
    const { world, events } = await downed();
    await world.deliver(...events);
    expect(world.records).toContainEqual(
      expect.objectContaining({
        message: 'replica failed',
        fields: expect.objectContaining({ code: 'CircuitOpen', destination: 'dr' }),
      }),
    );
    const points = world.sandbox.metrics.points('SecretsReplicator').filter(({ name }) => name === 'CircuitOpen');
    expect(points.map(({ dimensions }) => dimensions)).toEqual(
      expect.arrayContaining([{ DestRegion: 'us-west-2' }, {}]),
    );
  });

  test('is asked each time where the breaker is switched off', async () => {
    const { world, events } = await downed({ CIRCUIT_BREAKER: 'off' });
    await world.deliver(...events);
    expect(asked(world)).toBe(5);
  });
});

describe('a region that throttles', () => {
  test('is written to more slowly, also by the next invocation, and the others are not', async () => {
    const world = new World({ destinations: [WEST, EU] });
    world.sandbox.faults.add({ kind: 'throttle', operation: 'CreateSecret', region: 'us-west-2', times: 1 });
    await world.create('app/db', 'value');
    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    const health = await world.invoke({ action: 'health' });
    expect(health).toMatchObject({ destinations: [{ id: 'dr' }, { id: 'eu', writesPerSecond: 40 }] });
    const [dr] = 'destinations' in health ? health.destinations : [];
    expect(dr?.writesPerSecond).toBeLessThan(40);
    expect(dr?.breaker).toBe('closed');
  });
});
