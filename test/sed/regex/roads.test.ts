import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_LIMITS, Meter } from '../../../src/sed/limits.js';
import { parseRegex } from '../../../src/sed/regex/parse.js';
import { Regex } from '../../../src/sed/regex/regex.js';
import { Scan, widthAt, type Road } from '../../../src/sed/regex/scan.js';

const PATTERNS = 3_000;
const SEED = 20_240_611;

const SETS = [
  '.',
  '[ab]',
  '[^a]',
  '[a-c]',
  '[^":]',
  '[1\n]',
  '\\w',
  '\\W',
  '[[:digit:]]',
  '[^[:upper:]]',
  'é',
  '[é😀]',
];

/** Small enough that no pattern is exponential work for the slow roads, large enough for every kind of choice. */
const atom = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'ab', 'db-1', ':', '"') },
  { weight: 3, arbitrary: fc.constantFrom(...SETS) },
  { weight: 1, arbitrary: fc.constantFrom('^', '$', '\\b', '\\B', '\\<', '\\>', '\\`', "\\'") },
);
const mark = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}', '{0,2}', '{2,}');

const { pattern } = fc.letrec<{ pattern: string; piece: string }>((tie) => ({
  pattern: fc
    .array(
      fc.array(tie('piece'), { minLength: 0, maxLength: 3 }).map((pieces) => pieces.join('')),
      { minLength: 1, maxLength: 3 },
    )
    .map((branches) => branches.join('|')),
  piece: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    fc.tuple(atom, mark).map(([one, times]) => (/^[\^$]|^\\[bB<>`']/.test(one) ? one : one + times)),
    fc.tuple(tie('pattern'), mark).map(([body, times]) => `(${body})${times}`),
  ),
}));

/** A beginning of one length, a loop that may have to give back, and what follows. */
const headed = fc
  .tuple(
    fc.constantFrom('a', 'ab', '"', '(a|b)', '[ab]b', '^a', '\\ba', 'a\\b', '(a)', 'aa'),
    fc.constantFrom(...SETS),
    fc.constantFrom('*', '+', '{2,}', '{1,2}'),
    fc.constantFrom('b', 'ab', '[ab]a', 'b$', '(a|b)c', 'b(c|ab)', '(b)[ab]*', '\\b', 'c{2}', ':', '\\>c', ''),
  )
  .map((parts) => parts.join(''));

/** A run of characters before what is looked for. */
const led = fc
  .tuple(
    fc.constantFrom('[ab]', '[^":]', '[^:]', '[0-9]', '\\w', '[é😀]', '.'),
    fc.constantFrom('*', '+', '{2,}', '{1,2}'),
    fc.constantFrom(':', '(:)', '"', '":', ':[ab]+', '(:|" )1', '1', 'c$', '\\B:', '😀'),
    fc.boolean(),
  )
  .map(([set, times, rest, isGroup]) => (isGroup ? `(${set}${times})${rest}` : set + times + rest));

const ASCII = ['a', 'b', 'c', 'ab', 'db-1', ' ', '\n', '\0', '1', 'A', 'aaa', 'cab', '"a": "1"'];
const BEYOND = ['é', '😀', '\uDCFF', 'ı', 'ſ'];
const textOf = (pieces: string[]): fc.Arbitrary<string> =>
  fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((found) => found.join(''));
const text = fc.oneof(textOf(ASCII), textOf([...ASCII, ...BEYOND]));
const flags = fc.record({
  ignoreCase: fc.boolean(),
  multiline: fc.boolean(),
  lineEnd: fc.constantFrom('\n' as const, '\0' as const),
});

/** Every match of the pattern in the text, as s///g would meet them, with all groups. */
function matches(regex: Regex, subject: string, road: Road): (number | string)[][] {
  const meter = new Meter(DEFAULT_LIMITS, { file: 'test', line: 1, column: 1 });
  const found: (number | string)[][] = [];
  if (road === 'quickest' && regex.isRuledOut(subject, meter)) return found;
  const scan = new Scan(regex, subject, meter, road);
  for (let from = 0; scan.next(from);) {
    found.push([scan.start, scan.end, ...Array.from({ length: regex.groupCount }, (_, k) => scan.group(k + 1))]);
    from = scan.start === scan.end ? scan.end + widthAt(subject, scan.end) : scan.end;
  }
  return found;
}

test('patterns as people write them take the road over RegExp', () => {
  const parsed = (source: string): Regex =>
    new Regex(parseRegex(source, true, { ignoreCase: false, multiline: false, lineEnd: '\n' }));
  const people = [
    'us-east-1[a-f]?',
    'db-[0-9]+\\.([a-z0-9-]+)\\.rds',
    '"([a-z]+)": "([^"]*)"',
    '[0-9]+[.][0-9]+',
    '(^|[^a-z])x($|[^a-z])',
    '"port": "[0-9]+7"',
    '[a-z]+x',
    '"a".*b',
    'xa[a-z]+:',
  ];
  expect(people.map((source) => parsed(source).native?.isWhole)).toEqual(people.map(() => true));
  // Where the next character leaves a choice, RegExp tells the start only.
  const undecided = ['(a|ab)c', '[a-z]+x?', '[0-9]+7(a|bc)', '(postgresql|postgres)://', '(|a)b?'];
  expect(undecided.map((source) => parsed(source).native?.isWhole)).toEqual(undecided.map(() => false));
  // Retries behind one another, and starts that would read the same text again and again.
  const others = [
    '(a+)+b',
    '[a-z]+x[a-z]*y',
    'x+a[a-z]+:',
    '[0-9]+(:[0-9]+)+x',
    '(ab|c).*b',
    '(a|ab)(c|bc)(d|cd)(e|de)(f|ef)',
  ];
  expect(others.map((source) => parsed(source).native)).toEqual(others.map(() => null));
});

describe('every road finds the same matches and groups', () => {
  test.each(['exhaustive', 'backtracking'] as const)(
    'the quick ones and the %s one',
    (slow) => {
      fc.assert(
        fc.property(
          fc.oneof({ weight: 3, arbitrary: pattern }, { weight: 1, arbitrary: headed }, { weight: 1, arbitrary: led }),
          flags,
          fc.boolean(),
          fc.array(text, { minLength: 1, maxLength: 4 }),
          (source, given, inLines, subjects) => {
            const [quick, plain] = [0, 1].map(() => {
              const regex = new Regex(parseRegex(source, true, given));
              return slow === 'exhaustive' && inLines ? regex.forLines(given.lineEnd) : regex;
            }) as [Regex, Regex];
            for (const subject of subjects) {
              expect(matches(quick, subject, 'quickest')).toEqual(matches(plain, subject, slow));
            }
          },
        ),
        { numRuns: PATTERNS, seed: SEED },
      );
    },
    60_000,
  );
});
