import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { evaluated } from '../../scripts/dashboard/metric-math.js';
import { widgetsOf } from '../lib/support/dashboard-body.js';
import type { Template } from '../lib/support/synthesized.js';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const picture = read('docs/dashboard.svg');
const shown = [...picture.matchAll(/data-widget="([^"]*)" data-points="(\d+)"/g)].map(([, title, points]) => ({
  title,
  points: Number(points),
}));

describe('docs/dashboard.svg', () => {
  test('draws every widget of the dashboard of three regions, in its order (else: npm run dashboard)', () => {
    const template = JSON.parse(read('test/golden/three-regions.json')) as Template;
    expect(shown.map(({ title }) => title)).toEqual(widgetsOf(template).map(({ properties: { title } }) => title));
  });

  test('has something to show in each of them', () => {
    expect(shown.length).toBeGreaterThan(10);
    expect(shown.filter(({ points }) => points === 0)).toEqual([]);
  });

  test('is small, loads nothing and runs nothing', () => {
    expect(picture.length).toBeLessThan(150_000);
    expect(picture).not.toMatch(/<script|<image|href=|url\(|\bon\w+=/);
    expect(picture.match(/https?:\/\/[^"]*/g)).toEqual(['http://www.w3.org/2000/svg']);
  });
});

describe('metric math', () => {
  const ids = new Map([
    [
      'a',
      new Map([
        [0, 3],
        [1, 1],
      ]),
    ],
    ['b', new Map([[0, 1]])],
  ]);
  const values = (expression: string) => [0, 1, 2].map((at) => evaluated(expression, ids, [0, 1, 2]).get(at));

  test('computes by strength, and has no value where a part has none', () => {
    expect(values('a+b*2')).toEqual([5, undefined, undefined]);
    expect(values('(a+b)/2')).toEqual([2, undefined, undefined]);
    expect(values('a-b-1')).toEqual([1, undefined, undefined]);
    expect(values('100*FILL(a,0)/(FILL(a,0)+FILL(b,0))')).toEqual([75, 100, undefined]);
  });

  test('IF with two parts has no value where the condition does not hold', () => {
    expect(values('IF(a>2, a*10)')).toEqual([30, undefined, undefined]);
    expect(values('IF(FILL(a,0)>2, 1, 0)')).toEqual([1, 0, 0]);
  });

  test('refuses what it does not know', () => {
    for (const expression of ['RATE(a)', 'a^2', 'a b', 'FILL(a,0', 'missing+1']) {
      expect(() => evaluated(expression, ids, [0])).toThrow('metric math');
    }
  });
});
