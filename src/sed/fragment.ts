import type { Cursor } from './cursor.js';
import { referenceAt, type SlotTable } from './variables.js';

/** Script text taken out of its surroundings, with the script position of each of its units. */
export class Fragment {
  text = '';
  readonly at: number[] = [];

  add(text: string, index: number): void {
    for (let k = 0; k < text.length; k++) this.at.push(index);
    this.text += text;
  }

  /** Script position of the unit at `index`; of the last one when `index` lies behind it. */
  placeOf(index: number, otherwise: number): number {
    return this.at[Math.min(index, this.at.length - 1)] ?? otherwise;
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
  while (!cursor.isAtEnd) {
    const from = cursor.at;
    if (takeVariable(cursor, slots, fragment)) continue;
    const char = cursor.next();
    if (char === delimiter) return fragment;
    if (char === '\n') {
      cursor.at = from;
      break;
    }
    if (char === '\\') {
      if (cursor.isAtPieceEnd) break;
      fragment.add(unescape(cursor.next(), delimiter, kind), from);
    } else if (char === '[' && kind === 'regex') {
      fragment.add(char, from);
      if (!copyBracket(cursor, slots, fragment)) break;
    } else {
      fragment.add(char, from);
    }
  }
  return null;
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
  const copy = (): string => {
    const char = cursor.next();
    fragment.add(char, cursor.at - 1);
    return char;
  };
  if (cursor.peek() === '^') copy();
  if (cursor.peek() === ']') copy();
  while (!cursor.isAtEnd) {
    if (takeVariable(cursor, slots, fragment)) continue;
    const char = copy();
    if (char === ']') return true;
    if (char === '\n') {
      cursor.at--;
      return false;
    }
    const mark = cursor.peek();
    if (char === '[' && (mark === ':' || mark === '.' || mark === '=')) {
      const close = cursor.text.indexOf(`${mark}]`, cursor.at + 1);
      if (close < 0) return false;
      while (cursor.at < close + 2) copy();
    }
  }
  return false;
}
