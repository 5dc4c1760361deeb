import { describe, expect, test } from '@jest/globals';
import type { HttpHandler } from '../../src/aws/client-config.js';
import type { Health } from '../../src/function/health.js';
import { World, type WorldOptions } from '../support/world.js';

const WEST = { name: 'dr', region: 'us-west-2', rename: 's#^app/#${POOL}/#', variables: { POOL: 'dr', OTHER: '1' } };
const EU = { region: 'eu-west-1' };
const OBJECT = { REPLICATOR_CONFIG: 's3://rules/live/replicator.json' };
const SECOND_MS = 1_000;
const TTL_MS = 60 * SECOND_MS;

const saying = (word: string) => ({ transform: [{ sed: `s/value/${word}/` }] });
const documentOf = (...destinations: readonly object[]) => ({
  version: 1,
  source: { region: 'us-east-1' },
  destinations,
});

/** Rules that were deployed say `bundled`. */
function worldWith(options: Partial<WorldOptions> = {}): World {
  const destinations = [
    { ...WEST, ...saying('bundled') },
    { ...EU, ...saying('bundled') },
  ];
  const world = new World({ destinations, ...options, environment: { ...OBJECT, ...options.environment } });
  if (options.on === undefined) world.sandbox.buckets.create('rules');
  return world;
}

const put = (world: World, body: Uint8Array | string) =>
  world.sandbox.buckets.put('rules', 'live/replicator.json', body);
const publish = (world: World, word: string, more: object = {}) =>
  put(world, JSON.stringify(documentOf({ ...WEST, ...saying(word), ...more }, { ...EU, ...saying(word) })));

async function change(world: World, name = 'app/db'): Promise<void> {
  await (world.current('us-east-1', name) === undefined ? world.create(name, 'a value') : world.put(name, 'a value'));
  expect(await world.deliver(...world.takeEvents())).toEqual([]);
}

const health = async (world: World) => (await world.invoke({ action: 'health' })) as Health;
const reads = (world: World) => world.sandbox.calls.count({ service: 's3' });
const said = (world: World) => world.current('eu-west-1', 'app/db');
const counted = (world: World): number =>
  world.sandbox.metrics
    .points('SecretsReplicator')
    .filter(({ name, dimensions }) => name === 'RulesRefused' && Object.keys(dimensions).length === 0)
    .flatMap(({ values, counts }) => values.map((value, index) => value * (counts[index] ?? 0)))
    .reduce((sum, value) => sum + value, 0);

describe('rules in an object of S3', () => {
  test('take the place of the deployed ones, and another object theirs once the time of this one is over', async () => {
    const world = worldWith();
    publish(world, 'first');
    await change(world);
    expect([said(world), world.current('us-west-2', 'dr/db')]).toEqual(['a first', 'a first']);

    publish(world, 'second');
    world.clock.advance(TTL_MS - 2 * SECOND_MS);
    await change(world);
    expect(said(world)).toBe('a first');

    world.clock.advance(SECOND_MS);
    await change(world);
    expect(said(world)).toBe('a second');
    expect(counted(world)).toBe(0);
  });

  test('reach what was written before them by the next comparison', async () => {
    const world = worldWith();
    publish(world, 'first');
    await change(world);
    publish(world, 'second');
    world.clock.advance(TTL_MS);
    await world.invoke({ action: 'reconcile' });
    expect(said(world)).toBe('a second');
    expect(
      world.records.filter(({ message }) => message === 'drift found').map(({ fields }) => fields['drift']),
    ).toEqual(['stale-rules', 'stale-rules']);
  });

  test('cost one conditional read in their time, and nothing more while they are the same', async () => {
    const world = worldWith();
    publish(world, 'first');
    const { rules: taken, config } = await health(world);
    for (let round = 0; round < 3; round += 1) {
      await change(world, `app/${round}`);
      await change(world, `app/${round}`);
      world.clock.advance(TTL_MS);
    }
    const { rules } = await health(world);
    expect(reads(world)).toBe(4);
    expect(rules).toMatchObject({ from: 'object', since: taken?.since, etag: taken?.etag });
    expect(rules?.readAt).not.toBe(taken?.readAt);
    expect(config).not.toBe((await health(worldWith({ environment: { REPLICATOR_CONFIG: '' } }))).config);
    expect(world.records.filter(({ message }) => message === 'rules taken')).toHaveLength(1);
  });

  test('are compiled once, even where S3 is asked without a condition', async () => {
    const around = (handler: HttpHandler): HttpHandler => {
      const handle: HttpHandler['handle'] = async (request, options) => {
        delete (request as { headers: Record<string, string> }).headers['if-none-match'];
        return handler.handle(request, options);
      };
      return Object.assign(Object.create(handler) as HttpHandler, { handle });
    };
    const world = worldWith({ around });
    publish(world, 'first');
    for (let round = 0; round < 3; round += 1) {
      await health(world);
      world.clock.advance(TTL_MS);
    }
    expect(reads(world)).toBe(3);
    expect(world.records.filter(({ message }) => message === 'rules taken')).toHaveLength(1);
  });

  test('that come back find the versions that they made, and make them current again', async () => {
    const world = worldWith();
    for (const word of ['first', 'second', 'first']) {
      publish(world, word);
      world.clock.advance(TTL_MS);
      await world.invoke({ action: world.current('us-east-1', 'app/db') === undefined ? 'health' : 'reconcile' });
      if (world.current('us-east-1', 'app/db') === undefined) await change(world);
    }
    expect(said(world)).toBe('a first');
    expect(world.versions('eu-west-1', 'app/db')).toHaveLength(2);
  });

  test('that one process cannot read yet win in the end over those that it has', async () => {
    const world = worldWith();
    publish(world, 'published');
    await change(world);
    const up = world.sandbox.faults.add({ kind: 'region-down', service: 's3' });
    const other = worldWith({ on: world });
    await world.put('app/db', 'another value');
    await other.deliver(...world.takeEvents());
    expect(said(world)).toBe('another bundled');
    up();
    world.clock.advance(TTL_MS);
    await other.invoke({ action: 'reconcile' });
    expect(said(world)).toBe('another published');
    expect((await world.invoke({ action: 'reconcile', mode: 'detect' })) as object).toMatchObject({
      counts: { drifted: 0 },
    });
  });

  test('stay the same from the beginning of an invocation to its end', async () => {
    let release = () => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    let isHeld = false;
    const around = (handler: HttpHandler): HttpHandler => {
      const handle: HttpHandler['handle'] = async (request, options) => {
        const target = (request as { headers: Record<string, string> }).headers['x-amz-target'] ?? '';
        if (isHeld && target.endsWith('CreateSecret')) await held;
        return handler.handle(request, options);
      };
      return Object.assign(Object.create(handler) as HttpHandler, { handle });
    };
    const world = worldWith({ around, environment: { REPLICATOR_CONFIG_TTL_SECONDS: '5' } });
    publish(world, 'first');
    isHeld = true;
    await world.create('app/slow', 'a value');
    const slow = world.deliver(...world.takeEvents());
    await new Promise((resolve) => setTimeout(resolve, 50));
    isHeld = false;
    publish(world, 'second');
    world.clock.advance(5 * SECOND_MS);
    await change(world);
    release();
    await slow;
    expect(said(world)).toBe('a second');
    expect(world.current('us-west-2', 'dr/slow')).toBe('a first');
    expect(world.current('eu-west-1', 'app/slow')).toBe('a first');
  });

  test('are read once for invocations that begin together, and the one that is refused is counted once', async () => {
    const world = worldWith();
    put(world, '{');
    await Promise.all([health(world), health(world), health(world)]);
    expect([reads(world), counted(world)]).toEqual([1, 1]);
  });
});

const planted = 'pattern-nobody-may-see';
const changed = (change: (document: ReturnType<typeof documentOf> & Record<string, unknown>) => object) =>
  JSON.stringify(change(documentOf({ ...WEST, ...saying('bad') }, { ...EU, ...saying('bad') })));

describe('an object that cannot be taken', () => {
  const whole = changed((document) => document);

  test.each<[string, string | Uint8Array, RegExp]>([
    ['is empty', '', /not JSON/],
    ['is cut off', whole.slice(0, -9), /not JSON/],
    ['is YAML', 'version: 1', /not JSON/],
    ['is not UTF-8', Buffer.from(whole.replace('bad', 'b\u00e4d'), 'latin1'), /not JSON in UTF-8/],
    ['is too large', `${whole}${' '.repeat(524_288)}`, /more than 524288 bytes/],
    ['is of another version', changed((document) => ({ ...document, version: 2 })), /version takes 1/],
    ['has an unknown key', changed((document) => ({ ...document, rules: [] })), /rules is not a key/],
    [
      'does not compile',
      changed(() => documentOf({ ...WEST, transform: [{ sed: `s/${planted}/x/\ns/(/${planted}` }] }, EU)),
      /destinations\[0\]\.transform\[0\].*line 2, column \d+ of the script/,
    ],
    [
      'names a sedfile',
      changed(() => documentOf({ ...WEST, transform: [{ sedfile: 'x.sed' }] }, EU)),
      /sedfile cannot be read/,
    ],
    [
      'lacks a variable',
      changed(() => documentOf({ ...WEST, transform: [{ sed: 's/a/${NOBODY}/' }] }, EU)),
      /transform\[0\]/,
    ],
    [
      'has one destination more',
      changed(() => documentOf(WEST, EU, { region: 'eu-west-3' })),
      /^destinations is not as deployed/,
    ],
    ['has one destination less', changed(() => documentOf(WEST)), /^destinations is not as deployed/],
    [
      'goes elsewhere',
      changed(() => documentOf(WEST, { name: 'eu-west-1', region: 'eu-west-2' })),
      /^destinations\[1\]\.region is not/,
    ],
    [
      'writes with a role',
      changed(() => documentOf(WEST, { ...EU, roleArn: 'arn:aws:iam::222222222222:role/Theirs' })),
      /^destinations\[1\]\.roleArn, destinations\[1\]\.accountId are not/,
    ],
    [
      'gives replicas other names',
      changed(() => documentOf({ ...WEST, rename: 's#^app/#public/#' }, EU)),
      /^destinations\[0\]\.rename/,
    ],
    [
      'gives replicas other names by a variable',
      changed(() => documentOf({ ...WEST, variables: { ...WEST.variables, POOL: 'public' } }, EU)),
      /^destinations\[0\]\.variables\.POOL is not/,
    ],
    [
      'deletes',
      changed(() => documentOf(WEST, { ...EU, onDelete: { recoveryDays: 7 } })),
      /^destinations\[1\]\.onDelete/,
    ],
    [
      'takes over',
      changed(() => documentOf(WEST, { ...EU, onConflict: { adopt: ['app/x'] } })),
      /^destinations\[1\]\.onConflict/,
    ],
    [
      'selects more',
      changed((document) => ({ ...document, source: { region: 'us-east-1', select: { include: ['*', 'x'] } } })),
      /^source is not/,
    ],
    ['tells another bus', changed((document) => ({ ...document, events: { bus: 'theirs' } })), /^events is not/],
    ['counts elsewhere', changed((document) => ({ ...document, metrics: { publisher: 'none' } })), /^metrics is not/],
  ])(
    'because it %s leaves the last good one in force, is told with its place, and is not sent twice',
    async (_, body, reason) => {
      const world = worldWith();
      publish(world, 'good');
      await change(world);
      const { etag } = put(world, body);
      for (let round = 0; round < 2; round += 1) {
        world.clock.advance(TTL_MS);
        await change(world);
      }
      expect(said(world)).toBe('a good');
      expect(counted(world)).toBe(2);
      const { rules } = await health(world);
      expect(rules).toMatchObject({
        from: 'object',
        refusal: { code: 'RulesRefused', etag, reason: expect.stringMatching(reason) },
      });
      const refusals = world.records.filter(({ message }) => message === 'rules refused');
      expect(refusals.map(({ level, fields }) => [level, fields['reason']])).toEqual(
        Array.from({ length: 2 }, () => ['error', rules?.refusal?.reason]),
      );
      expect(JSON.stringify([rules, world.records])).not.toContain(planted);

      publish(world, 'mended');
      world.clock.advance(TTL_MS);
      await change(world);
      expect(said(world)).toBe('a mended');
      expect((await health(world)).rules?.refusal).toBeUndefined();
      expect(counted(world)).toBe(2);
    },
  );

  test('is one that differs in more than rules, variables, contracts and cases', async () => {
    const world = worldWith();
    const rules = [{ sed: 's/value/${OTHER}/' }, { json: [{ path: '$.a', remove: true }] }];
    const cases = [{ secret: 'app/db', input: '{"a":1,"b":"value"}', output: '{"b":"two"}' }];
    const west = { variables: { POOL: 'dr', OTHER: 'two' }, expect: { changed: true }, tests: cases, transform: rules };
    put(world, JSON.stringify(documentOf({ ...WEST, ...west }, EU)));
    await world.create('app/db', '{"a":1,"b":"value"}');
    await world.deliver(...world.takeEvents());
    expect(world.current('us-west-2', 'dr/db')).toBe('{"b":"two"}');
    expect(said(world)).toBe('{"a":1,"b":"value"}');
    expect(counted(world)).toBe(0);
  });
});

describe('S3 that does not answer', () => {
  test.each([
    ['is down', { kind: 'region-down' }, 'Network'],
    ['refuses', { kind: 'denied' }, 'AccessDenied'],
    ['throttles', { kind: 'throttle' }, 'Throttled'],
    ['fails', { kind: 'error500' }, 'ServiceError'],
    ['cuts the connection', { kind: 'reset' }, 'Timeout'],
  ] as const)('when a process begins leaves it the bundled rules, and says so: it %s', async (_, fault, code) => {
    const world = worldWith();
    publish(world, 'published');
    const up = world.sandbox.faults.add({ ...fault, service: 's3' });
    await change(world);
    expect(said(world)).toBe('a bundled');
    expect(counted(world)).toBe(1);
    expect((await health(world)).rules).toMatchObject({ from: 'bundle', refusal: { code } });
    expect(world.records).toContainEqual(
      expect.objectContaining({ level: 'error', message: 'rules refused', fields: expect.objectContaining({ code }) }),
    );

    up();
    world.clock.advance(TTL_MS);
    await world.invoke({ action: 'reconcile' });
    expect(said(world)).toBe('a published');
    expect((await health(world)).rules).toMatchObject({ from: 'object' });
  });

  test('once is only noted by a process that has rules of the object, and the second time is counted', async () => {
    const world = worldWith();
    publish(world, 'published');
    await change(world);
    world.sandbox.faults.add({ kind: 'throttle', service: 's3' });
    world.clock.advance(TTL_MS);
    await change(world);
    expect(counted(world)).toBe(0);
    expect(world.records).toContainEqual(expect.objectContaining({ level: 'warn', message: 'rules not read' }));
    world.clock.advance(TTL_MS);
    await change(world);
    expect([counted(world), said(world)]).toEqual([1, 'a published']);
  });

  test('with an object that is gone is counted at once, and the rules stay', async () => {
    const world = worldWith();
    publish(world, 'published');
    await change(world);
    world.sandbox.buckets.delete('rules', 'live/replicator.json');
    world.clock.advance(TTL_MS);
    await change(world);
    expect([counted(world), said(world)]).toEqual([1, 'a published']);
    expect((await health(world)).rules?.refusal).toMatchObject({ code: 'NotFound' });
  });

  test('is asked less and less often, up to five minutes', async () => {
    const world = worldWith();
    world.sandbox.faults.add({ kind: 'region-down', service: 's3' });
    const asked: number[] = [];
    for (let second = 0; second <= 1_200; second += 20) {
      const before = reads(world);
      await health(world);
      if (reads(world) > before) asked.push(second);
      world.clock.advance(20 * SECOND_MS);
    }
    expect(asked).toEqual([0, 60, 180, 420, 720, 1_020]);
  });

  test('takes a share of an invocation and no more', async () => {
    const around = (handler: HttpHandler): HttpHandler => {
      const handle: HttpHandler['handle'] = async (request, options) => {
        const { hostname } = request as { hostname: string };
        if (!/\.s3\./.test(hostname)) return handler.handle(request, options);
        const signal = (options as { abortSignal: AbortSignal }).abortSignal;
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))));
      };
      return Object.assign(Object.create(handler) as HttpHandler, { handle });
    };
    const world = worldWith({ around });
    await world.create('app/db', 'a value');
    const Records = world
      .takeEvents()
      .map((event) => ({ messageId: '1', receiptHandle: '1', body: JSON.stringify(event) }));
    await world.invoke({ Records }, 2_000);
    expect(said(world)).toBe('a bundled');
    expect((await health(world)).rules?.refusal).toMatchObject({ code: 'Timeout' });
  });
});

describe('a setting that cannot be understood', () => {
  test.each([
    [{ REPLICATOR_CONFIG: 's3://rules' }, /REPLICATOR_CONFIG takes the path of a file, or s3:/],
    [{ REPLICATOR_CONFIG: 's3://Rules/key' }, /REPLICATOR_CONFIG takes/],
    [{ REPLICATOR_CONFIG: 's3://rules/a/../key' }, /REPLICATOR_CONFIG takes/],
    [{ REPLICATOR_CONFIG: 's3://rules/a*' }, /REPLICATOR_CONFIG takes/],
    [
      { ...OBJECT, REPLICATOR_CONFIG_TTL_SECONDS: '0' },
      /REPLICATOR_CONFIG_TTL_SECONDS takes a number of seconds from 1/,
    ],
    [{ ...OBJECT, REPLICATOR_CONFIG_TTL_SECONDS: '1 min' }, /REPLICATOR_CONFIG_TTL_SECONDS takes/],
  ])('stops every invocation with what it takes: %j', async (environment, message) => {
    await expect(health(worldWith({ environment }))).rejects.toThrow(message);
  });
});
