import { describe, expect, test } from '@jest/globals';
import { hasMoto, startMoto } from '../sandbox/contract/moto.js';
import { chaos } from './chaos.js';

/** Seeds in the suite: one. More of them, or a larger run: CHAOS_SEEDS=1,2,3 or `npm run chaos`. */
const SEEDS = (process.env['CHAOS_SEEDS'] ?? '4').split(',').map(Number);

describe.each(SEEDS)(
  'a third of all calls faulty, events lost, doubled and late, workers killed, a region down (seed %i)',
  (seed) => {
    test('leaves nothing wrong but what was lost, and after a reconcile nothing at all', async () => {
      const report = await chaos({ seed, secrets: 12, changes: 80, workers: 8 });
      expect(report).toMatchObject({ changes: 80, wrong: [], wrongAfterReconcile: [], leaks: [] });
      expect(report.faulty).toBeGreaterThan(0.3);
      expect(Math.min(report.kills, report.lostChanges, report.doubledEvents, report.excused)).toBeGreaterThan(0);
      expect(report.outcomes['replica failed: CircuitOpen']).toBeGreaterThan(0);
    });
  },
);

describe.each(hasMoto ? ['moto_server'] : [])('the same over %s', () => {
  test('leaves nothing wrong but what was lost, and after a reconcile nothing at all', async () => {
    const moto = await startMoto();
    try {
      const report = await chaos({ seed: 4, secrets: 4, changes: 16, workers: 4, moto: moto.url });
      expect(report).toMatchObject({ changes: 16, wrong: [], wrongAfterReconcile: [], leaks: [] });
      expect(report.faulty).toBeGreaterThan(0.25);
    } finally {
      moto.stop();
    }
  });
});
