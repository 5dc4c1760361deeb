import { expect, test } from '@jest/globals';
import { METRIC_GROUPS } from '../../src/core/metrics.js';
import { readEmf } from '../support/emf.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const WEST = { region: 'us-west-2', transform: [{ sed: 's/a/b/' }] };

/** Three writes, a retry and a comparison. */
async function work(metrics: object): Promise<World> {
  const world = new World({ destinations: [WEST], metrics, retry: { attempts: 3, minDelayMs: 100 } });
  // Events tell whole seconds, and the lag begins with them.
  world.clock.advance(1_000 - (world.clock.now() % 1_000));
  world.sandbox.faults.add({ kind: 'throttle', operation: 'CreateSecret', region: WEST.region, times: 2 });
  for (const name of ['app/a', 'app/b', 'app/c']) await world.create(name, 'a value');
  await world.deliver(...world.takeEvents());
  await world.invoke({ action: 'reconcile' });
  return world;
}

/** Without their time: the worlds begin when they are made. */
function throughApi({ sandbox }: World): string[] {
  return sandbox.metrics
    .points('Prod')
    .flatMap(({ name, unit, dimensions, values, counts }) =>
      values.flatMap((value, index) =>
        Array.from({ length: counts[index] ?? 0 }, () => JSON.stringify([name, unit, dimensions, value])),
      ),
    )
    .toSorted();
}

function throughLog({ lines }: World): string[] {
  return lines
    .flatMap(readEmf)
    .map(({ name, unit, dimensions, value }) => JSON.stringify([name, unit, dimensions, value]))
    .toSorted();
}

test.each([[[]], [['attempts']], [METRIC_GROUPS]])(
  'the log is told what the API is told, without a call: %j',
  async (totalsOnly) => {
    const settings = { namespace: 'Prod', totalsOnly };
    const [api, emf] = [await work(settings), await work({ ...settings, publisher: 'emf' })];

    expect(throughApi(api).length).toBeGreaterThan(5);
    expect(throughLog(emf)).toEqual(throughApi(api));
    expect(emf.sandbox.metrics.points('Prod')).toEqual([]);
    expect(emf.current(WEST.region, 'app/a', ACCOUNT)).toBe('b value');
    expect(emf.lines.join()).not.toContain('app/');
    expect(emf.sandbox.calls.count({ service: 'monitoring', region: SOURCE_REGION })).toBe(0);
  },
);
