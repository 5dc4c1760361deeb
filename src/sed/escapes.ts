import type { Cursor } from './cursor.js';
import { carriedByte, joinCarriedBytes } from './text.js';

/** What the escapes for one character give, except those that the surroundings treat on their own. */
const SINGLE: ReadonlyMap<string, string> = new Map([
  ['a', '\x07'],
  ['f', '\f'],
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['v', '\v'],
]);

const NUMBERS: ReadonlyMap<string, { pattern: RegExp; base: number }> = new Map([
  ['d', { pattern: /[0-9]{1,3}/y, base: 10 }],
  ['o', { pattern: /[0-7]{1,3}/y, base: 8 }],
  ['x', { pattern: /[0-9A-Fa-f]{1,2}/y, base: 16 }],
]);

export interface EscapedCharacter {
  readonly text: string;
  /** Index behind the escape. */
  readonly end: number;
}

/** A byte value as text: ASCII is the character, the rest is carried. */
function byteText(value: number): string {
  const byte = value & 0xff;
  return byte < 0x80 ? String.fromCharCode(byte) : carriedByte(byte);
}

/** The character that the escape at `index` (of the backslash) stands for; null when it is no such escape. */
export function characterEscape(source: string, index: number): EscapedCharacter | null {
  const letter = source[index + 1] ?? '';
  const single = SINGLE.get(letter);
  if (single !== undefined) return { text: single, end: index + 2 };
  const number = NUMBERS.get(letter);
  if (number !== undefined) {
    number.pattern.lastIndex = index + 2;
    const digits = number.pattern.exec(source)?.[0];
    return digits === undefined
      ? null
      : { text: byteText(Number.parseInt(digits, number.base)), end: index + 2 + digits.length };
  }
  return letter === 'c' ? controlCharacter(source, index) : null;
}

function controlCharacter(source: string, index: number): EscapedCharacter | null {
  // GNU sed takes a `\c` with nothing behind it for its backslash.
  if (index + 2 >= source.length) return { text: '\\', end: index + 2 };
  const unit = source.charCodeAt(index + 2);
  if (!(unit < 0x80)) return null;
  const control = String.fromCharCode(
    source
      .charAt(index + 2)
      .toUpperCase()
      .charCodeAt(0) ^ 0x40,
  );
  if (source[index + 2] !== '\\') return { text: control, end: index + 3 };
  return source[index + 3] === '\\' ? { text: control, end: index + 4 } : null;
}

/** Throws for `\c\` behind which no second backslash stands, in what was just read: GNU sed refuses it wherever it stands. */
export function refuseHalfControl(cursor: Cursor, ...sources: readonly string[]): void {
  if (sources.some((source) => /(?<!\\)(?:\\\\)*\\c\\(?:[^\\]|$)/su.test(source)))
    throw cursor.error('bad-argument', 'the backslash behind \\c is written twice');
}

/** Replaces escapes for single characters in a regex, leaving every other backslash pair; POSIX has none in brackets. */
export function unescapeRegex(source: string, posix: boolean): string {
  let text = '';
  let copied = 0;
  for (let at = nextEscape(source, 0, posix); at >= 0;) {
    const escaped = characterEscape(source, at);
    if (escaped !== null) {
      text += source.slice(copied, at) + escaped.text;
      copied = escaped.end;
    }
    at = nextEscape(source, escaped?.end ?? at + 2, posix);
  }
  return copied === 0 ? source : joinCarriedBytes(text + source.slice(copied));
}

/** Index of the next backslash that may begin an escape; -1 without one. */
function nextEscape(source: string, from: number, posix: boolean): number {
  let at = source.indexOf('\\', from);
  if (!posix) return at;
  for (let open = source.indexOf('[', from); open >= 0 && open < at; open = source.indexOf('[', from)) {
    BRACKET.lastIndex = open;
    from = open + (BRACKET.exec(source)?.[0].length ?? 1);
    at = source.indexOf('\\', from);
  }
  return at;
}

const BRACKET = /\[\^?\]?(?:\[([:.=]).*?\1\]|[^\]])*\]/sy;

/** Where in the source of {@link unescapeRegex} the unit at `index` of its text came from. */
export function beforeUnescaping(source: string, index: number, posix: boolean): number {
  let [left, from] = [index, 0];
  for (let at = nextEscape(source, 0, posix); at >= 0 && left >= at - from; at = nextEscape(source, from, posix)) {
    left -= at - from;
    const escaped = characterEscape(source, at);
    const end = escaped?.end ?? at + 2;
    const made = escaped?.text.length ?? 2;
    if (left < made) return at;
    [left, from] = [left - made, end];
  }
  return Math.min(from + left, source.length);
}
