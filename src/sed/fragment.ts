import type { Cursor } from './cursor.js';
import { referenceAt, type SlotTable } from './variables.js';

/** Script text taken out of its surroundings, with the script position of each of its units. */
export class Fragment {
  text = '';
  private readonly pieces: { readonly start: number; readonly at: number; readonly isCopy: boolean }[] = [];

  /** Text that stands for what the script has at `at`. */
  add(text: string, at: number): void {
    this.pieces.push({ start: this.text.length, at, isCopy: false });
    this.text += text;
  }

  /** Text as the script has it from `at` on. */
  copy(text: string, at: number): void {
    this.pieces.push({ start: this.text.length, at, isCopy: true });
    this.text += text;
  }

  /** Script position of the unit at `index`; of the last one when `index` lies behind it. */
  placeOf(index: number, otherwise: number): number {
    const unit = Math.min(index, this.text.length - 1);
    const piece = this.pieces.findLast(({ start }) => start <= unit);
    return piece === undefined ? otherwise : piece.at + (piece.isCopy ? unit - piece.start : 0);
  }
}

/** Where delimited text stands, which decides how its backslashes read. */
export type DelimitedKind = 'regex' | 'replacement' | 'characters';

/**
 * Reads up to the delimiter, which is consumed. An escaped delimiter loses its backslash. In a regex `\n` becomes a
 * newline, and a bracket expression may hold the delimiter. Variables become marks. Null when the delimiter is missing.
 */
export function readDelimited(
  cursor: Cursor,
  delimiter: string,
  kind: DelimitedKind,
  slots: SlotTable | null,
): Fragment | null {
  const fragment = new Fragment();
  for (;;) {
    copyPlain(cursor, delimiter, kind, slots !== null, fragment);
    if (cursor.isAtEnd) return null;
    const from = cursor.at;
    if (takeVariable(cursor, slots, fragment)) continue;
    const char = cursor.next();
    if (char === delimiter) return fragment;
    if (char === '\n') {
      cursor.at = from;
      return null;
    }
    if (char === '\\') {
      if (cursor.isAtPieceEnd) return null;
      fragment.add(unescape(cursor.next(), delimiter, kind), from);
    } else {
      fragment.copy(char, from);
      if (char === '[' && kind === 'regex' && !copyBracket(cursor, slots, fragment)) return null;
    }
  }
}

const [NEWLINE, DOLLAR, BRACKET, BACKSLASH] = [0x0a, 0x24, 0x5b, 0x5c];

/** Copies what stands for itself, up to the first character that may not. */
function copyPlain(
  cursor: Cursor,
  delimiter: string,
  kind: DelimitedKind,
  hasVariables: boolean,
  fragment: Fragment,
): void {
  const { text, at } = cursor;
  const end = delimiter.charCodeAt(0);
  for (; cursor.at < text.length; cursor.at++) {
    const unit = text.charCodeAt(cursor.at);
    if (unit === end || unit === NEWLINE || unit === BACKSLASH) break;
    if ((unit === BRACKET && kind === 'regex') || (unit === DOLLAR && hasVariables)) break;
  }
  if (cursor.at > at) fragment.copy(text.slice(at, cursor.at), at);
}

/** Adds the mark of a variable, or of `\${NAME}` as plain text, when one stands at the cursor. */
export function takeVariable(cursor: Cursor, slots: SlotTable | null, fragment: Fragment): boolean {
  if (slots === null) return false;
  const { at, text } = cursor;
  const isEscaped = text[at] === '\\';
  const name = referenceAt(text, isEscaped ? at + 1 : at);
  if (name === null) return false;
  const reference = `\${${name}}`;
  const mark = slots.mark(isEscaped ? { kind: 'text', text: reference } : { kind: 'variable', name });
  if (mark === null) throw cursor.error('script-too-large', 'a script holds at most 1,024 different variables');
  if (!isEscaped) slots.uses.push({ name, ...cursor.place() });
  fragment.add(mark, at);
  cursor.at += reference.length + (isEscaped ? 1 : 0);
  return true;
}

function unescape(char: string, delimiter: string, kind: DelimitedKind): string {
  // `s&a&\&&` puts a plain ampersand; the bare character would mean the match.
  if (char === delimiter) return kind === 'replacement' && char === '&' ? '\\&' : char;
  if (char === '\n' && kind === 'regex') return '\n';
  return `\\${char}`;
}

/** Copies the rest of a bracket expression up to its `]`; false when it does not end. */
function copyBracket(cursor: Cursor, slots: SlotTable | null, fragment: Fragment): boolean {
  if (cursor.peek() === '^') copyOne(cursor, fragment);
  if (cursor.peek() === ']') copyOne(cursor, fragment);
  while (!cursor.isAtEnd) {
    if (takeVariable(cursor, slots, fragment)) continue;
    const char = copyOne(cursor, fragment);
    if (char === ']') return true;
    if (char === '\n') {
      cursor.at--;
      return false;
    }
    const mark = cursor.peek();
    if (char === '[' && (mark === ':' || mark === '.' || mark === '=')) {
      const close = cursor.text.indexOf(`${mark}]`, cursor.at + 1);
      if (close < 0) {
        cursor.skip(/[^\n]*/y);
        return false;
      }
      while (cursor.at < close + 2) copyOne(cursor, fragment);
    }
  }
  return false;
}

function copyOne(cursor: Cursor, fragment: Fragment): string {
  const char = cursor.next();
  fragment.copy(char, cursor.at - 1);
  return char;
}
