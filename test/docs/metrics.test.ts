import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { METRICS, type MetricRow } from '../../src/core/metrics.js';

test('docs/operations.md has every metric with its unit and dimensions, and says which are published without', () => {
  const page = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
  const table = (/^## Metrics$.*?(?=^## )/ms.exec(page)?.[0] ?? '').split('\n').filter((line) => line.startsWith('| '));
  const cells = table.slice(2).map((line) => line.split('|').map((cell) => cell.trim()));
  const rows = Object.values<MetricRow>(METRICS).map(({ name, unit, dimensions, total }) => [
    total ? `${name} ∑` : name,
    unit,
    dimensions.join(', '),
  ]);
  expect(cells.map((line) => line.slice(1, 4))).toEqual(rows);
  expect(cells.filter((line) => (line[4] ?? '').length < 5)).toEqual([]);
});
