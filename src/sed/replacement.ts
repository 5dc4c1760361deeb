import { characterEscape } from './escapes.js';
import type { CaseMode, ReplacementPart } from './program.js';
import { joinCarriedBytes } from './text.js';

/** The right-hand side of `s` as parts, in order. Total: every text is a replacement. */
export function parseReplacement(source: string, posix = false): ReplacementPart[] {
  const parts: ReplacementPart[] = [];
  let literal = '';
  const flush = (): void => {
    if (literal !== '') parts.push({ kind: 'text', text: joinCarriedBytes(literal) });
    literal = '';
  };
  for (let i = 0; i < source.length;) {
    const special = specialAt(source, i, posix);
    if (special !== null) {
      flush();
      parts.push(special.part);
      i = special.end;
      continue;
    }
    const escaped = source[i] === '\\' ? characterEscape(source, i) : null;
    literal += escaped?.text ?? source[source[i] === '\\' ? i + 1 : i] ?? '';
    i = escaped?.end ?? i + (source[i] === '\\' ? 2 : 1);
  }
  flush();
  return parts;
}

function specialAt(source: string, index: number, posix: boolean): { part: ReplacementPart; end: number } | null {
  if (source[index] === '&') return { part: { kind: 'group', index: 0 }, end: index + 1 };
  if (source[index] !== '\\') return null;
  const letter = source[index + 1] ?? '';
  if (letter >= '0' && letter <= '9') return { part: { kind: 'group', index: Number(letter) }, end: index + 2 };
  return isCaseMode(letter) && !posix ? { part: { kind: 'case', mode: letter }, end: index + 2 } : null;
}

function isCaseMode(letter: string): letter is CaseMode {
  return letter === 'U' || letter === 'L' || letter === 'u' || letter === 'l' || letter === 'E';
}

/** Highest group number the replacement names; 0 when it names none. */
export function maxGroupOf(parts: readonly ReplacementPart[]): number {
  return parts.reduce((max, part) => (part.kind === 'group' ? Math.max(max, part.index) : max), 0);
}
