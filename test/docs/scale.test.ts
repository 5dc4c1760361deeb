import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { scaleRow, scaleTable } from '../../bench/scale.js';

const page = readFileSync(new URL('../../docs/scale.md', import.meta.url), 'utf8');

test('docs/scale.md shows what the simulation says', () => {
  expect(page).toContain(scaleTable());
});

test('a steady state costs (1 + destinations) × secrets / 100 list calls', () => {
  expect(scaleRow(500_000, 1).listCalls).toBe(10_000);
  expect(scaleRow(100_000, 3).listCalls).toBe(4_000);
});

test('a back-fill is never faster than the pace of writes', () => {
  for (const secrets of [1_000, 100_000]) expect(scaleRow(secrets, 1).backfillSeconds).toBeGreaterThan(secrets / 50);
});
