import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { compilePattern } from '../../src/sandbox/event-pattern.js';
import { World, type WorldOptions } from '../support/world.js';

const BUS = 'app-events';
const WEST = { name: 'dr', region: 'us-west-2' };
const EU = { region: 'eu-west-1', rename: 's/^/eu-/' };

function worldWith(options: Partial<WorldOptions> = {}): World {
  const world = new World({ destinations: [WEST, EU], events: { bus: BUS }, ...options });
  world.sandbox.buses.create(BUS);
  return world;
}

const heard = (world: World) => world.sandbox.buses.events(BUS);

describe('a bus for outcomes', () => {
  test('hears of every replica that was written, by names and version ids', async () => {
    const world = worldWith();
    const version = await world.create('app/db', 'password=hunter2');
    await world.deliver(...world.takeEvents());

    expect(heard(world).map(({ source, 'detail-type': type }) => [source, type])).toEqual([
      ['secrets-replicator', 'Replica Written'],
      ['secrets-replicator', 'Replica Written'],
    ]);
    const written = { source: 'app/db', sourceVersion: version, how: 'created' };
    expect(heard(world).map(({ detail }) => detail)).toEqual([
      { ...written, destination: 'dr', region: 'us-west-2', replica: 'app/db', version: expect.any(String) },
      { ...written, destination: 'eu-west-1', region: 'eu-west-1', replica: 'eu-app/db', version: expect.any(String) },
    ]);
    const [current] = world.versions('us-west-2', 'app/db');
    expect(heard(world)[0]?.detail['version']).toBe(current?.id);
    expect(JSON.stringify(heard(world))).not.toContain('hunter2');
  });

  test('hears it in the form that docs/configuration.md shows, which the pattern there matches', async () => {
    const page = readFileSync(new URL('../../docs/configuration.md', import.meta.url), 'utf8');
    const [shown, pattern] = [...page.matchAll(/^```json\n(\{\n {2}"source".*?)^```$/gms)].map(
      ([, text = '']) => JSON.parse(text) as { readonly detail: Readonly<Record<string, unknown>> },
    );
    if (shown === undefined || pattern === undefined) throw new Error('the page shows no event or no pattern');
    const world = worldWith();
    await world.create('app/orders', 'old');
    await world.deliver(...world.takeEvents());
    await world.put('app/orders', 'new');
    await world.deliver(...world.takeEvents());

    const written = heard(world).find(({ detail }) => detail['how'] === 'put' && detail['destination'] === 'dr');
    const { sourceVersion, version } = shown.detail;
    const detail = { ...written?.detail, sourceVersion, version };
    expect({ source: written?.source, 'detail-type': written?.['detail-type'], detail }).toEqual(shown);
    expect(
      heard(world)
        .filter(compilePattern(pattern))
        .map((event) => event.detail['destination']),
    ).toEqual(['dr', 'dr']);
  });

  test('hears nothing of what was unchanged, only amended, failed or decided without writing', async () => {
    const world = worldWith({ destinations: [{ ...WEST, metadata: { description: 'copy' } }, EU] });
    await world.create('eu-app/db', 'theirs', EU.region);
    await world.create('app/db', 'value');
    world.takeEvents('eu-west-1');
    const events = world.takeEvents();
    await world.invoke({ action: 'sync', names: ['app/db'] }).catch(() => undefined);
    expect(heard(world).map(({ detail }) => detail['destination'])).toEqual(['dr']);

    await world.deliver(...events);
    const dry = worldWith({ on: world, environment: { DRY_RUN: 'true' } });
    await dry.put('app/db', 'another');
    await dry.deliver(...dry.takeEvents());
    expect(heard(world)).toHaveLength(1);
  });

  test('is told ten at a time', async () => {
    const world = worldWith({ destinations: [WEST] });
    for (let index = 0; index < 23; index += 1) await world.create(`app/${index}`, 'value');
    await world.deliver(...world.takeEvents());

    expect(heard(world)).toHaveLength(23);
    expect(world.sandbox.calls.count({ operation: 'PutEvents' })).toBe(3);
  });

  test('that cannot be reached is in the log and costs no replica', async () => {
    const world = worldWith();
    world.sandbox.faults.add({ kind: 'error500', operation: 'PutEvents', times: 5 });
    await world.create('app/db', 'value');

    await expect(world.deliver(...world.takeEvents())).resolves.toEqual([]);
    expect(world.current('us-west-2', 'app/db')).toBe('value');
    expect(world.records.filter(({ level }) => level === 'warn')).toMatchObject([
      { message: 'outcome events not sent', fields: { code: 'ServiceError', events: 2 } },
    ]);
  });

  test('is not called where nobody asked for it', async () => {
    const world = new World({ destinations: [WEST] });
    await world.create('app/db', 'value');
    await world.deliver(...world.takeEvents());
    expect(world.sandbox.calls.count({ operation: 'PutEvents' })).toBe(0);
  });
});
