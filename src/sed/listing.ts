import { encode } from './text.js';

const NAMED: ReadonlyMap<number, string> = new Map([
  [0x07, '\\a'],
  [0x08, '\\b'],
  [0x09, '\\t'],
  [0x0a, '\\n'],
  [0x0b, '\\v'],
  [0x0c, '\\f'],
  [0x0d, '\\r'],
  [0x5c, '\\\\'],
]);

/**
 * Text as `l` shows it: bytes outside printable ASCII as escapes, `$` at the end, lines broken with `\` before `width`
 * columns. Width 0 never breaks; 1 and 2 break after each character, as GNU sed does against its manual.
 */
export function listing(text: string, width: number, lineEnd: string): string {
  let shown = '';
  let column = 0;
  for (const byte of encode(text)) {
    const piece = NAMED.get(byte) ?? (byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : octal(byte));
    if (width > 0 && column + piece.length > width - 1) {
      shown += `\\${lineEnd}`;
      column = 0;
    }
    shown += piece;
    column += piece.length;
  }
  return `${shown}$${lineEnd}`;
}

function octal(byte: number): string {
  return `\\${byte.toString(8).padStart(3, '0')}`;
}
