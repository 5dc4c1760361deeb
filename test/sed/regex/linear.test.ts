import { describe, expect, test } from '@jest/globals';
import { compile, run } from '../../../src/sed/index.js';

/** Families on which backtracking engines take exponential or quadratic time; `n` is the size of the text. */
const FAMILIES: readonly [name: string, script: string, text: (n: number) => string][] = [
  ['nested stars', 's/(a*)*b/x/g', (n) => 'a'.repeat(n)],
  ['nested pluses', 's/((a+)+)+$/x\\1/', (n) => `${'a'.repeat(n)}b`],
  ['overlapping alternation', 's/(a|a|aa)*c/[\\1]/g', (n) => 'a'.repeat(n)],
  ['optional before required', 's/(a?){30}a{30}/x\\1/g', (n) => 'a'.repeat(n)],
  ['every start runs to the end', 's/a*b/x/g', (n) => 'a'.repeat(n)],
  ['every match looks to the end', 's/a|a.*z/x/g', (n) => 'a'.repeat(n)],
  ['two wildcards', 's/.*x.*y/[&]/g', (n) => 'x'.repeat(n)],
  ['intervals', 's/(a{1,20}){1,20}b/x/g', (n) => 'a'.repeat(n)],
  ['anchored in the middle', 's/(.*)(.*)(.*)(.*)[^a]$/\\1\\2/', (n) => 'a'.repeat(n)],
  ['many lines', 's/(x+x+)+y/z/', (n) => `${'x'.repeat(99)}\n`.repeat(n / 100)],
];

describe('steps grow in proportion to the text', () => {
  test.each(FAMILIES)('%s', (_, script, text) => {
    const program = compile(script, { extended: true });
    const steps = (n: number): number => run(program, text(n), { limits: { steps: 50_000_000 } }).steps;
    // Warm automata, so that building them is not counted as growth.
    steps(2_000);
    expect(steps(16_000) / steps(4_000)).toBeLessThan(4.8);
  });
});

describe('back-references', () => {
  test.each([
    ['s/(a*)*\\1[b]/x/', 'a'.repeat(3_000)],
    ['s/(.*)(.*)(.*)\\1\\2\\3[x]/y/', 'ab'.repeat(500)],
  ])('%s ends in steps-exceeded at its place', (script, text) => {
    expect(() => run(compile(script, { extended: true }), text, { limits: { steps: 200_000 } })).toThrow(
      expect.objectContaining({ code: 'steps-exceeded', line: 1, column: 1 }),
    );
  });

  test('one that runs', () => expect(run(compile('s/^\\(.*\\)-\\1$/[\\1]/'), 'ab-ab').output).toBe('[ab]'));
});
