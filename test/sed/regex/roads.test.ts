import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_LIMITS, Meter } from '../../../src/sed/limits.js';
import { parseRegex } from '../../../src/sed/regex/parse.js';
import { Regex } from '../../../src/sed/regex/regex.js';
import { Scan, widthAt, type Road } from '../../../src/sed/regex/scan.js';

const PATTERNS = 4_000;
const SEED = 20_240_611;

/** Small enough that no pattern is exponential work for the slow roads, large enough for every kind of choice. */
const atom = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('a', 'b', 'c', 'ab', 'db-1') },
  { weight: 3, arbitrary: fc.constantFrom('.', '[ab]', '[^a]', '[a-c]', '\\w', '\\W', '[[:digit:]]', 'é', '[é😀]') },
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

const piece = fc.constantFrom('a', 'b', 'c', 'ab', 'db-1', ' ', '\n', '1', 'é', '😀', 'A', '\uDCFF', 'aaa', 'cab');
const text = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
const flags = fc.record({
  ignoreCase: fc.boolean(),
  multiline: fc.boolean(),
  lineEnd: fc.constantFrom('\n' as const, '\0' as const),
});

/** Every match of the pattern in the text, as s///g would meet them, with all groups. */
function matches(regex: Regex, subject: string, road: Road): number[][] {
  const meter = new Meter(DEFAULT_LIMITS, { file: 'test', line: 1, column: 1 });
  const found: number[][] = [];
  if (road === 'quickest' && regex.isRuledOut(subject, meter)) return found;
  const scan = new Scan(regex, subject, meter, road);
  for (let from = 0; scan.next(from);) {
    found.push([scan.start, scan.end, ...scan.captures()]);
    from = scan.start === scan.end ? scan.end + widthAt(subject, scan.end) : scan.end;
  }
  return found;
}

describe('every road finds the same matches and groups', () => {
  test.each(['exhaustive', 'backtracking'] as const)(
    'the quick ones and the %s one',
    (slow) => {
      fc.assert(
        fc.property(pattern, flags, fc.array(text, { minLength: 1, maxLength: 4 }), (source, given, subjects) => {
          const quick = new Regex(parseRegex(source, true, given));
          const plain = new Regex(parseRegex(source, true, given));
          for (const subject of subjects) {
            expect(matches(quick, subject, 'quickest')).toEqual(matches(plain, subject, slow));
          }
        }),
        { numRuns: PATTERNS, seed: SEED },
      );
    },
    60_000,
  );
});
