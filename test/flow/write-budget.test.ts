import { expect, test } from '@jest/globals';
import { ReplicatorError } from '../../src/core/failure.js';
import type { Aim } from '../../src/flow/aim.js';
import { WriteBudget } from '../../src/flow/write-budget.js';
import { VirtualClock } from '../support/virtual-clock.js';

const HOUR = 3_600_000;

/** A replica that was just written, and whose versions' dates the service tells or keeps to itself. */
function aimAt(clock: VirtualClock, versionDates: () => Promise<readonly number[]>): Aim {
  return {
    replica: { destination: 'dr', region: 'us-west-2', name: 'app/db' },
    observed: { arn: 'arn', changedAt: clock.now() },
    destination: { store: { versionDates } },
  } as unknown as Aim;
}

const denied = () => Promise.reject(new ReplicatorError('AccessDenied', 'denied'));

test('our own puts count where the service does not tell the dates', async () => {
  const clock = new VirtualClock();
  const budget = new WriteBudget(clock);
  const aim = aimAt(clock, denied);
  for (let put = 1; put < 66; put += 1) budget.note(aim);
  await expect(budget.dueAt(aim)).resolves.toBeUndefined();
  budget.note(aim);
  await expect(budget.dueAt(aim)).resolves.toBe(clock.now() + HOUR);
});

test('the service is asked only where this process has written often and just now', async () => {
  const clock = new VirtualClock();
  const budget = new WriteBudget(clock);
  let asked = 0;
  const full = aimAt(clock, async () => {
    asked += 1;
    return Array<number>(80).fill(clock.now());
  });
  for (let put = 1; put < 10; put += 1) budget.note(full);
  await expect(budget.dueAt(full)).resolves.toBeUndefined();
  expect(asked).toBe(0);
  budget.note(full);
  await expect(budget.dueAt(full)).resolves.toBe(clock.now() + HOUR);
  clock.advance(HOUR);
  await expect(budget.dueAt(full)).resolves.toBeUndefined();
  expect(asked).toBe(1);
});

test('what is remembered is bounded, and what was written last is remembered longest', async () => {
  const clock = new VirtualClock();
  const budget = new WriteBudget(clock);
  const aim = aimAt(clock, denied);
  for (let put = 0; put < 66; put += 1) budget.note(aim);
  for (let other = 0; other < 5_000; other += 1) {
    budget.note({ replica: { ...aim.replica, name: `app/${other}` as Aim['replica']['name'] } });
  }
  await expect(budget.dueAt(aim)).resolves.toBeUndefined();
});
