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

/** Replaces escapes for single characters in a regex, leaving every other backslash pair. */
export function unescapeRegex(source: string): string {
  let text = '';
  let copied = 0;
  for (let at = source.indexOf('\\'); at >= 0;) {
    const escaped = characterEscape(source, at);
    if (escaped !== null) {
      text += source.slice(copied, at) + escaped.text;
      copied = escaped.end;
    }
    at = source.indexOf('\\', escaped?.end ?? at + 2);
  }
  return copied === 0 ? source : joinCarriedBytes(text + source.slice(copied));
}

/** Where in the source of {@link unescapeRegex} the unit at `index` of its text came from. */
export function beforeUnescaping(source: string, index: number): number {
  let left = index;
  for (let i = 0; i < source.length;) {
    const escaped = source[i] === '\\' ? characterEscape(source, i) : null;
    const end = escaped?.end ?? i + (source[i] === '\\' ? 2 : 1);
    left -= escaped?.text.length ?? end - i;
    if (left < 0) return i;
    i = end;
  }
  return source.length;
}
