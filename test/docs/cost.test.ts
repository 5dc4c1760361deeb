import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { costTable, LINES, MEASURED, priceTable } from '../../bench/cost.js';
import { World } from '../support/world.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const page = read('docs/cost.md');

test('docs/cost.md shows what the arithmetic says', () => {
  expect(page).toContain(costTable());
});

test('docs/cost.md names every price that the arithmetic uses', () => {
  expect(page).toContain(priceTable());
});

describe('what the arithmetic takes for measured', () => {
  const destinations = [{ region: 'us-west-2', transform: [{ sed: 's/east/west/' }] }];
  const calls = ({ sandbox }: World) => sandbox.calls.count({ service: 'secretsmanager' });

  test('calls of a change that comes alone, and of the same change told again', async () => {
    const world = new World({ destinations });
    await world.create('app/db', 'in us-east-1');
    await world.deliver(...world.takeEvents());
    await world.put('app/db', 'still in us-east-1');
    const [native, trail] = world.takeEvents();
    world.sandbox.calls.clear();
    const cold = new World({ destinations, on: world });
    await cold.deliver(native ?? {});
    // The put that the world itself made is not among them.
    expect(calls(world)).toBe(MEASURED.callsAChange);
    world.sandbox.calls.clear();
    await cold.deliver(trail ?? {});
    expect(calls(world)).toBeLessThanOrEqual(MEASURED.callsAgain);
  });

  test('metrics that changes, a failure and a comparison publish', async () => {
    const world = new World({ destinations: [{ ...destinations[0], expect: { absent: ['forbidden'] } }] });
    await world.create('app/db', 'in us-east-1');
    await world.create('app/wrong', 'forbidden');
    await world.deliver(...world.takeEvents());
    world.sandbox.faults.add({ kind: 'throttle', operation: 'CreateSecret', region: 'us-west-2', times: 1 });
    await world.create('app/more', 'in us-east-1');
    await world.deliver(...world.takeEvents());
    await world.invoke({ action: 'reconcile' });
    const points = world.sandbox.metrics.points();
    const metrics = new Set(points.map(({ name, dimensions }) => `${name} ${JSON.stringify(dimensions)}`));
    expect(metrics.size).toBeLessThanOrEqual(MEASURED.metrics);
    expect(metrics.size).toBeGreaterThan(0.8 * MEASURED.metrics);
  });

  test('alarms of the stack', () => {
    const template = JSON.parse(read('test/golden/one-region.json')) as { Resources: Record<string, { Type: string }> };
    const alarms = Object.values(template.Resources).filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm');
    expect(alarms).toHaveLength(MEASURED.alarms);
  });
});

test('more changes never cost less, and most of a small bill does not depend on them', () => {
  for (const { dollars } of LINES) expect(dollars(100_000)).toBeGreaterThanOrEqual(dollars(1_000));
  const fixed = LINES.reduce((sum, { dollars }) => sum + dollars(0), 0);
  const small = LINES.reduce((sum, { dollars }) => sum + dollars(1_000), 0);
  expect(fixed / small).toBeGreaterThan(0.9);
});
