import { describe, expect, test } from '@jest/globals';
import { compile, run, SedError } from '../../../src/sed/index.js';

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
  ['ten groups in each other', 's/((((((((((a*)*)*)*)*)*)*)*)*)*)b/\\9/g', (n) => 'a'.repeat(n)],
  ['nine groups side by side', 's/(a*)(a*)(a*)(a*)(a*)(a*)(a*)(a*)(a*)b/\\9/g', (n) => 'a'.repeat(n)],
  ['nine groups that match', 's/(a*)(a*)(a*)(a*)(a*)(a*)(a*)(a*)(a*)c/\\9\\1/g', (n) => `${'a'.repeat(n)}c`],
  ['500 branches with one beginning', `s/(${branches('aaa')})+$/x\\1/`, (n) => `${'aaa7'.repeat(n / 4)}b`],
  ['500 branches and a tail', `s/(${branches('')}|a)*b/x/g`, (n) => 'a1a22a333'.repeat(n / 9)],
  ['an automaton of 2^16 states', 's/(a|b)*a(a|b){15}c/x/g', (n) => mixed(n)],
  ['an end far behind', 's/a.{40}$/x/', (n) => mixed(n)],
  ['a deep interval', 's/(.{0,9}a){0,9}z/x/g', (n) => mixed(n)],
  ['an interval of intervals', 's/((a{0,5}){0,5}){0,5}c/[\\1]/g', (n) => 'a'.repeat(n)],
  ['an empty match everywhere', 's/x*/-/g', (n) => 'a'.repeat(n)],
  ['an empty match or a long look', 's/(a*b)*/-/g', (n) => 'a'.repeat(n)],
  ['a match each other character', 's/a(.*z)?/[\\1]/g', (n) => 'ab'.repeat(n / 2)],
  ['the nth of many', 's/a+b?/x/900', (n) => 'ab '.repeat(n / 3)],
  ['any case', 's/(A|a|aA)*c/[\\1]/Ig', (n) => 'aA'.repeat(n / 2)],
  ['line ends inside the text', 'N;N;N;s/^(.*)*$/x\\1/Mg', (n) => `${'x'.repeat(24)}\n`.repeat(n / 25)],
  ['word edges', 's/(\\b\\w*\\B)*\\>!/x/g', (n) => 'ab c '.repeat(n / 5)],
  ['a range of hard addresses', '/(a*)*b/,/(c|cc)*d/s/(a|aa)+$/x/', (n) => `${'a'.repeat(49)}\n`.repeat(n / 50)],
  ['all lines joined', ':a;N;$!ba;s/(x*\\n)*y/,/g', (n) => 'x\n'.repeat(n / 2)],
  ['the text turned round', '1!G;h;$!d', (n) => `${'x'.repeat(n / 8)}\n`.repeat(8)],
];

function branches(start: string): string {
  return Array.from({ length: 500 }, (_, k) => `${start}${k}`).join('|');
}

/** No two windows of it look alike for long: the words of a Fibonacci text and a few of another. */
function mixed(n: number): string {
  let [a, b] = ['a', 'b'];
  while (b.length < n) [a, b] = [b, b + a + (b.length % 7 === 0 ? 'bb' : '')];
  return b.slice(0, n);
}

describe('steps grow in proportion to the text', () => {
  test.each(FAMILIES)('%s', (_, script, text) => {
    const program = compile(script, { extended: true });
    const steps = (n: number): number => run(program, text(n), { limits: { steps: 50_000_000 } }).steps;
    // Warm automata, so that building them is not counted as growth.
    steps(2_000);
    expect(steps(16_000) / steps(4_000)).toBeLessThan(4.8);
  });
});

describe('back-references and loops', () => {
  test.each([
    ['s/(a*)*\\1[bc]/x/', 'a'.repeat(3_000)],
    ['s/(.*)(.*)(.*)\\1\\2\\3[xy]/y/', 'ab'.repeat(500)],
    ['s/((a|b)*)\\1\\1[cd]/x/', 'ab'.repeat(2_000)],
    ['s/(a+)+\\1+[bc]/x/', 'a'.repeat(3_000)],
    ['s/(a?)(a?)(a?)(a?)(a?)\\1\\2\\3\\4\\5(.*)\\6[yz]/x/g', 'a'.repeat(3_000)],
    [':a;ba', 'a'],
    [':a;s/^(x*)y/y\\1/;ta', `${'x'.repeat(5_000)}y`.repeat(2)],
    [':a;s/a/a/;ta', 'a'],
  ])('%s ends in steps-exceeded at its place', (script, text) => {
    expect(() => run(compile(script, { extended: true }), text, { limits: { steps: 200_000 } })).toThrow(
      expect.objectContaining({ code: 'steps-exceeded', line: 1 }),
    );
  });

  test.each([
    [':a;s/.*/&&/;ta', 'ab', 'space-too-large'],
    ['H;G;h;x;H;G', 'ab\n'.repeat(40), 'space-too-large'],
    [':a;G;h;ba', 'ab', 'space-too-large'],
    [':a;p;l;ba', 'ab', 'output-too-large'],
    ['s/(.*)/\\1\\1\\1\\1/;s//&&&&&&&&/;s//&&&&&&&&/;s//&&&&&&&&/', 'ab'.repeat(50), 'space-too-large'],
  ])('%s ends in %s instead of filling memory', (script, text, code) => {
    const limits = { steps: 10_000_000, spaceUnits: 50_000, outputUnits: 100_000 };
    expect(() => run(compile(script, { extended: true }), text, { limits })).toThrow(expect.objectContaining({ code }));
  });

  test.each([
    's/((a{1,99}){1,99}){1,99}/x/',
    's/(((((a{9}){9}){9}){9}){9}){9}/x/',
    `s/${'('.repeat(300)}a${')'.repeat(300)}/x/`,
    `s/(${branches('some words')}){100}/x/`,
  ])('a pattern of too many instructions is refused when it is compiled (%#)', (script) => {
    expect(() => compile(script, { extended: true })).toThrow(SedError);
  });

  test('one that runs', () => expect(run(compile('s/^\\(.*\\)-\\1$/[\\1]/'), 'ab-ab').output).toBe('[ab]'));
});
