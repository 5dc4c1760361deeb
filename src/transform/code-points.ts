/** First and last code point of a range. */
export type CodePointRange = readonly [number, number];

/** Every character: surrogates are none, and NUL ends a record. */
const ALL: readonly CodePointRange[] = [
  [1, 0xd7ff],
  [0xe000, 0x10ffff],
];

/** Every character that is in none of the ranges, in order. */
export function complement(ranges: readonly CodePointRange[]): CodePointRange[] {
  const sorted = ranges.toSorted(([a], [b]) => a - b);
  return ALL.flatMap(([first, last]) => {
    const gaps: CodePointRange[] = [];
    let next = first;
    for (const [from, to] of sorted) {
      if (from > next) gaps.push([next, Math.min(from - 1, last)]);
      next = Math.max(next, to + 1);
      if (next > last) return gaps;
    }
    return [...gaps, [next, last]];
  });
}

/** What means something in a bracket expression, in an order in which it does not. */
const SPECIAL = [']', '\n', '[', '\\', '^', '-'] as const;

/** The ranges as a bracket expression of POSIX sed. */
export function bracket(ranges: readonly CodePointRange[]): string {
  const others = complement(ranges);
  const present = SPECIAL.filter((character) => !holds(others, at(character)));
  // In order and apart: `[:a:]` would be the beginning of a character class, `[:a]` is not.
  const plain = complement([...others, ...SPECIAL.map((character): CodePointRange => [at(character), at(character)])]);
  const first = present.includes(']') ? ']' : '';
  const behind = present.map((character) => (character === '\n' ? '\\n' : character)).join('');
  const written = `${first}${plain.map(writtenRange).join('')}${behind.replace(']', '')}`;
  if (written === '^') return '\\^';
  return written === '^-' ? '[-^]' : `[${written}]`;
}

function holds(ranges: readonly CodePointRange[], point: number): boolean {
  return ranges.some(([first, last]) => first <= point && point <= last);
}

function writtenRange([first, last]: CodePointRange): string {
  const start = String.fromCodePoint(first);
  return first === last ? start : `${start}-${String.fromCodePoint(last)}`;
}

function at(character: string): number {
  return character.codePointAt(0) ?? 0;
}
