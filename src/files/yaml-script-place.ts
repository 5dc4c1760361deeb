import type { Scalar } from 'yaml';
import type { FilePlace } from './file-issue.js';

/** A place inside a script, counted from 1, in code points. */
export interface ScriptPlace {
  readonly line: number;
  readonly column: number;
}

/**
 * Where a place of a script stands in the file that holds the script as a scalar. Exact for scalars on one line and for `|`
 * blocks; a scalar that YAML folds keeps no lines to point at, so its beginning is the answer.
 */
export function scriptPlace(
  scalar: Scalar,
  text: string,
  place: ScriptPlace,
  placeAt: (offset: number) => FilePlace,
): FilePlace {
  const [start, end] = scalar.range ?? [0, 0];
  if (scalar.type === 'BLOCK_LITERAL') return placeInBlock(String(scalar.value), text, place, placeAt(start));
  const source = text.slice(start, end);
  if (scalar.type === 'BLOCK_FOLDED' || source.includes('\n')) return placeAt(start);
  const index = indexOfPlace(String(scalar.value), place);
  if (scalar.type === 'QUOTE_DOUBLE')
    return placeAt(start + 1 + sourceLength(source.slice(1, -1), index, ESCAPED_DOUBLE));
  if (scalar.type === 'QUOTE_SINGLE')
    return placeAt(start + 1 + sourceLength(source.slice(1, -1), index, ESCAPED_SINGLE));
  return placeAt(start + index);
}

function placeInBlock(script: string, text: string, place: ScriptPlace, header: FilePlace): FilePlace {
  const line = header.line + place.line;
  const written = text.split('\n')[line - 1] ?? '';
  const indent = Math.max(0, written.indexOf(script.split('\n')[place.line - 1] ?? ''));
  return { line, column: indent + place.column };
}

/** UTF-16 index of a place in a text. */
function indexOfPlace(script: string, { line, column }: ScriptPlace): number {
  const lines = script.split('\n');
  const before = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  return before + unitsIn(lines[line - 1] ?? '', column - 1);
}

/** UTF-16 length of the first so many code points of a line. */
function unitsIn(line: string, codePoints: number): number {
  return Array.from(line).slice(0, codePoints).join('').length;
}

const ESCAPED_DOUBLE = /^\\(?:x[\dA-Fa-f]{2}|u[\dA-Fa-f]{4}|U[\dA-Fa-f]{8}|.)/s;
const ESCAPED_SINGLE = /^''/;

/** How many characters of a quoted source make the first `count` characters of its value. */
function sourceLength(source: string, count: number, escape: RegExp): number {
  let at = 0;
  for (let made = 0; made < count && at < source.length; made += 1)
    at += escape.exec(source.slice(at, at + 10))?.[0].length ?? 1;
  return at;
}
