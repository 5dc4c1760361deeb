import fc from 'fast-check';
import { describe, expect, test } from '@jest/globals';
import { putDueAt } from '../../src/core/write-budget.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = 1_000 * DAY;

describe('a put', () => {
  test('may go ahead into a secret that was written rarely', () => {
    expect(putDueAt([], NOW)).toBeLessThan(NOW);
    expect(putDueAt(Array<number>(65).fill(NOW - 1), NOW)).toBeLessThan(NOW);
  });

  test('comes an hour after the last where there were many within a day', () => {
    expect(putDueAt(Array<number>(66).fill(NOW - 1), NOW)).toBe(NOW - 1 + HOUR);
    expect(putDueAt(Array<number>(66).fill(NOW - DAY), NOW)).toBeLessThan(NOW);
  });

  test('waits for a day to pass where others have used the budget up', () => {
    const made = [NOW - 20 * HOUR, ...Array<number>(89).fill(NOW - HOUR)];
    expect(putDueAt(made, NOW)).toBe(NOW + 4 * HOUR);
  });

  test('never makes it more than 90 in any day, however often somebody asks', () =>
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 200, maxLength: 400 }), (pauses) => {
        const made: number[] = [];
        let now = NOW;
        for (const minutes of pauses) {
          now += minutes * 60_000;
          if (putDueAt(made, now) <= now) made.push(now);
        }
        const busiest = Math.max(...made.map((at) => made.filter((other) => other <= at && at - other < DAY).length));
        expect(busiest).toBeLessThanOrEqual(90);
      }),
      { numRuns: 50 },
    ));
});
