import { expect, test } from '@jest/globals';
import { SOURCE_REGION, World } from '../support/world.js';

const WEST = { region: 'us-west-2' };
const EUROPE = { region: 'eu-west-1' };
const HALF_HOUR_MS = 1_800_000;

function lagsOf({ sandbox }: World, region: string): readonly number[] {
  return sandbox.metrics
    .points()
    .filter(({ name, dimensions }) => name === 'ReplicationLag' && dimensions['DestRegion'] === region)
    .flatMap(({ values }) => values);
}

test('an event that comes back for a destination that was down does not make the lag of the others longer', async () => {
  const world = new World({ destinations: [WEST, EUROPE], retry: { attempts: 1 } });
  const repair = world.sandbox.faults.add({ kind: 'region-down', ...EUROPE });
  await world.create('app/db', 'first');
  const events = world.takeEvents(SOURCE_REGION);
  await world.deliver(...events);
  world.clock.advance(HALF_HOUR_MS);
  repair();
  await world.put('app/db', 'second');
  world.clock.advance(2_000);
  // The message of the first change comes before that of the second.
  await world.deliver(...events);
  expect(lagsOf(world, WEST.region).every((ms) => ms < 10_000)).toBe(true);
  expect(lagsOf(world, WEST.region)).toHaveLength(2);
});

test('a change that waited for its destination lags since its event', async () => {
  const world = new World({ destinations: [WEST, EUROPE], retry: { attempts: 1 } });
  const repair = world.sandbox.faults.add({ kind: 'region-down', ...EUROPE });
  await world.create('app/db', 'first');
  const events = world.takeEvents(SOURCE_REGION);
  await world.deliver(...events);
  world.clock.advance(HALF_HOUR_MS);
  repair();
  await world.deliver(...events);
  expect(Math.max(...lagsOf(world, EUROPE.region))).toBeGreaterThanOrEqual(HALF_HOUR_MS);
});
