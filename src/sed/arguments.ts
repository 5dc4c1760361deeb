import type { Cursor } from './cursor.js';
import { characterEscape, refuseHalfControl } from './escapes.js';
import { Fragment, readDelimited, takeVariable } from './fragment.js';
import type { Insertion, Transliteration } from './program.js';
import { joinCarriedBytes } from './text.js';
import { hasMark, type SlotTable } from './variables.js';

/** The text of a, i or c, up to its unescaped line end. */
export function readInsertion(cursor: Cursor, slots: SlotTable | null, posix: boolean): Insertion {
  cursor.skip();
  if (cursor.isAtPieceEnd)
    throw cursor.error('bad-argument', 'a, i and c need text, or a backslash before text on the next line');
  if (posix && cursor.peek() !== '\\')
    throw cursor.refuse('bad-argument', 'a, i and c need a backslash before their text');
  if (cursor.peek() === '\\') {
    cursor.next();
    if (posix && cursor.isAtPieceEnd) throw cursor.error('bad-argument', 'a, i and c need text behind their backslash');
    if (cursor.peek() === '\n') cursor.next();
    else skipBlankLineEnd(cursor);
    if (cursor.isAtPieceEnd) return { text: cursor.text[cursor.at - 1] === '\n' ? '' : null };
  }
  return { text: readText(cursor, slots) };
}

/** `a\` with only blanks behind it: the text is the rest of that line, which is empty. */
function skipBlankLineEnd(cursor: Cursor): void {
  const blanks = /[ \t]*\n/y;
  blanks.lastIndex = cursor.at;
  if (blanks.test(cursor.text)) cursor.at = blanks.lastIndex - 1;
}

function readText(cursor: Cursor, slots: SlotTable | null): string {
  const fragment = new Fragment();
  const start = cursor.at;
  while (!cursor.isAtEnd) {
    if (takeVariable(cursor, slots, fragment)) continue;
    const from = cursor.at;
    const char = cursor.next();
    if (char === '\n') break;
    const escaped = char === '\\' ? characterEscape(cursor.text, from) : null;
    if (escaped !== null) cursor.at = escaped.end;
    fragment.add(escaped?.text ?? (char === '\\' ? cursor.next() : char), from);
  }
  refuseHalfControl(cursor, cursor.text.slice(start, cursor.at));
  return joinCarriedBytes(fragment.text);
}

/** The two lists of y, with the delimiter at the cursor. */
export function readTransliteration(cursor: Cursor, slots: SlotTable | null): Transliteration {
  const start = cursor.at;
  const delimiter = readDelimiter(cursor, 'y');
  const from = readDelimited(cursor, delimiter, 'characters', slots);
  const to = from === null ? null : readDelimited(cursor, delimiter, 'characters', slots);
  if (from === null || to === null) throw cursor.error('unterminated', 'y needs its delimiter three times', start);
  refuseHalfControl(cursor, from.text, to.text);
  const pair = { from: unescapeCharacters(from.text), to: unescapeCharacters(to.text) };
  if (hasMark(pair.from) || hasMark(pair.to)) return { ...pair, map: new Map() };
  const map = endsInControl(from.text) || endsInControl(to.text) ? null : transliterationMap(pair.from, pair.to);
  if (map === null) throw cursor.error('bad-argument', 'both lists of y need the same number of characters', start);
  return { ...pair, map };
}

/** A `\c` with nothing behind it, which GNU sed counts as two characters here. */
function endsInControl(list: string): boolean {
  return /(?<!\\)(?:\\\\)*\\c$/u.test(list);
}

/** Which character becomes which; null when the lists differ in length. The first mention of a character counts. */
export function transliterationMap(from: string, to: string): Map<number, string> | null {
  const sources = Array.from(from);
  const targets = Array.from(to);
  if (sources.length !== targets.length) return null;
  const map = new Map<number, string>();
  sources.forEach((source, index) => {
    const codePoint = source.codePointAt(0) as number;
    if (!map.has(codePoint)) map.set(codePoint, targets[index] as string);
  });
  return map;
}

function unescapeCharacters(source: string): string {
  let text = '';
  for (let i = 0; i < source.length;) {
    const escaped = source[i] === '\\' ? characterEscape(source, i) : null;
    text += escaped?.text ?? source[source[i] === '\\' ? i + 1 : i] ?? '';
    i = escaped?.end ?? i + (source[i] === '\\' ? 2 : 1);
  }
  return joinCarriedBytes(text);
}

/** The delimiter of s or y. Any character but a newline; a backslash is one too. */
export function readDelimiter(cursor: Cursor, command: string): string {
  const delimiter = cursor.text.codePointAt(cursor.at);
  if (delimiter === undefined || delimiter === 10) {
    throw cursor.error('unterminated', `${command} needs a delimiter that is not a line end`);
  }
  if (delimiter >= 0x80) throw cursor.error('bad-argument', 'a delimiter is one ASCII character');
  return cursor.next();
}

/** A label: up to a blank, a semicolon, a closing brace or a comment. */
export function readLabel(cursor: Cursor): string {
  cursor.skip(/[ \t]*/y);
  const from = cursor.at;
  cursor.skip(/[^ \t\n;}#]*/y);
  return cursor.text.slice(from, cursor.at);
}

/** The version of GNU sed whose language is spoken here. */
const SPOKEN = [4, 9] as const;

/** The version that `v` asks for: nothing happens when it is this one or an older one. */
export function readVersion(cursor: Cursor): void {
  const asked = readLabel(cursor);
  const [major = 0, minor = 0, patch = 0] = asked.split('.').map(Number);
  const isNewer = [major - SPOKEN[0], minor - SPOKEN[1], patch].find((step) => step !== 0) ?? 0;
  if (!/^[\d.]*$/.test(asked) || isNewer > 0)
    throw cursor.error('bad-argument', `v asks for a version up to ${SPOKEN.join('.')}`);
}

/** The label that a colon defines. */
export function readDefinition(cursor: Cursor): string {
  const label = readLabel(cursor);
  if (label === '') throw cursor.error('bad-argument', 'a colon needs a label');
  return label;
}
