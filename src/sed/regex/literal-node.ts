import { CharSet } from './char-set.js';
import { foldCase } from './fold.js';
import type { Node, RegexFlags } from './syntax.js';

/** One literal character under the flags: a set when the I flag gives it other forms. */
export function literalNode(codePoint: number, flags: RegexFlags): Node {
  if (!flags.ignoreCase || (codePoint < 0x80 && !/[a-z]/i.test(String.fromCharCode(codePoint))))
    return { kind: 'char', codePoint };
  const folded = foldCase(codePoint);
  return { kind: 'set', set: new CharSet([{ kind: 'range', low: folded, high: folded }], false, true) };
}
