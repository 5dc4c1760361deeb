import { describe, expect, test } from '@jest/globals';
import { Pace } from '../../src/flow/pace.js';
import { VirtualClock } from '../support/virtual-clock.js';

function world(deadlineMs = 600_000) {
  const clock = new VirtualClock();
  const pace = new Pace(clock);
  const deadline = { at: clock.now() + deadlineMs, signal: new AbortController().signal };
  /** Milliseconds that so many writes take. */
  const write = async (count: number) => {
    const startedAt = clock.now();
    for (let done = 0; done < count; done += 1) await pace.turn(deadline);
    return clock.now() - startedAt;
  };
  return { clock, pace, write };
}

describe('the pace of writes', () => {
  test('lets a batch go at once', async () => {
    const { write } = world();
    await expect(write(10)).resolves.toBe(0);
  });

  test('stays under the quota of 50 a second in every second', async () => {
    const { clock, pace } = world();
    const deadline = { at: clock.now() + 60_000, signal: new AbortController().signal };
    const at: number[] = [];
    for (let done = 0; done < 400; done += 1) {
      await pace.turn(deadline);
      at.push(clock.now());
    }
    const busiest = Math.max(...at.map((from) => at.filter((time) => time >= from && time < from + 1_000).length));
    expect(busiest).toBeLessThanOrEqual(50);
    expect(busiest).toBeGreaterThanOrEqual(40);
  });

  test('halves when it is told to slow down, once for a burst of refusals, never to a standstill', () => {
    const { clock, pace } = world();
    for (let refusal = 0; refusal < 10; refusal += 1) pace.slowDown();
    expect(pace.perSecond).toBe(20);
    for (let refusal = 0; refusal < 20; refusal += 1) {
      clock.advance(1_000);
      pace.slowDown();
    }
    expect(pace.perSecond).toBeGreaterThanOrEqual(1);
    expect(pace.perSecond).toBeLessThan(5);
  });

  test('lets nothing burst after a refusal', async () => {
    const { pace, write } = world();
    pace.slowDown();
    await expect(write(10)).resolves.toBeGreaterThan(400);
  });

  test('is regained within ten seconds', () => {
    const { clock, pace } = world();
    pace.slowDown();
    clock.advance(5_000);
    expect(pace.perSecond).toBe(30);
    clock.advance(5_000);
    expect(pace.perSecond).toBe(40);
  });

  test('lets nobody wait past the deadline', async () => {
    const { write } = world(200);
    await expect(write(10)).resolves.toBe(0);
    await expect(write(20)).rejects.toMatchObject({ code: 'DeadlineReached' });
  });
});
