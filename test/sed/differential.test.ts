import { describe, expect, test } from '@jest/globals';
import { compare } from '../fuzz/compare.js';
import { gnuSedVersion } from '../fuzz/oracle.js';
import { runRobustness } from '../fuzz/robustness.js';

const oracle = gnuSedVersion() === 'sed (GNU sed) 4.9';

// Seeded, so that it ends the same way every time; `npm run fuzz` goes on from here with other seeds.
if (oracle)
  describe('beside GNU sed 4.9', () => {
    test('700 scripts as people write them all agree', () => {
      expect(compare('people', 700, 5).differences).toEqual([]);
    });

    test('at least 99.5 % of 700 scripts over the whole language agree', () => {
      expect(compare('language', 700, 6).differences.length).toBeLessThanOrEqual(3);
    });
  });

test('random scripts and values end in output or a SedError, within their limits', () => {
  const { scripts, refused, values, maxSteps } = runRobustness(4_000, 11);
  expect(scripts - refused).toBeGreaterThan(1_000);
  expect(values).toBeGreaterThan(3_000);
  expect(maxSteps).toBeLessThanOrEqual(20_000);
});
