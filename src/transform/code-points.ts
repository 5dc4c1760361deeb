/** First and last code point of a range. */
export type CodePointRange = readonly [number, number];

/** Every character: surrogates are none, and NUL ends a record. */
const ALL: readonly CodePointRange[] = [
  [1, 0xd7ff],
  [0xe000, 0x10ffff],
];

/** Every character that is in none of the ranges. */
export function complement(ranges: readonly CodePointRange[]): CodePointRange[] {
  return ranges.reduce<readonly CodePointRange[]>(without, ALL).slice();
}

function without(ranges: readonly CodePointRange[], [from, to]: CodePointRange): CodePointRange[] {
  return ranges.flatMap(([first, last]): CodePointRange[] => {
    const before: CodePointRange = [first, Math.min(last, from - 1)];
    const behind: CodePointRange = [Math.max(first, to + 1), last];
    return [before, behind].filter(([first, last]) => first <= last);
  });
}

/** What means something in a bracket expression, in an order in which it does not. */
const SPECIAL = [']', '\n', '[', '\\', '^', '-'] as const;

/** The ranges as a bracket expression of POSIX sed. */
export function bracket(ranges: readonly CodePointRange[]): string {
  const present = SPECIAL.filter((character) =>
    ranges.some(([first, last]) => first <= at(character) && at(character) <= last),
  );
  const plain = SPECIAL.reduce<readonly CodePointRange[]>(
    (left, character) => without(left, [at(character), at(character)]),
    ranges,
  );
  const body = plain.map(([first, last]) => `${String.fromCodePoint(first)}-${String.fromCodePoint(last)}`).join('');
  const [close, ...others] = present.includes(']') ? present : ['', ...present];
  const written = `${close}${body}${others.map((character) => (character === '\n' ? '\\n' : character)).join('')}`;
  if (written === '^') return '\\^';
  return written === '^-' ? '[-^]' : `[${written}]`;
}

function at(character: string): number {
  return character.codePointAt(0) ?? 0;
}
