import { CharSet } from './char-set.js';
import { foldCase } from './fold.js';
import { EMPTY, type Node, type RegexFlags } from './syntax.js';

/** One literal character under the flags: a set when the I flag gives it other forms. */
export function literalNode(codePoint: number, flags: RegexFlags): Node {
  const text = String.fromCodePoint(codePoint);
  if (!flags.ignoreCase || (codePoint < 0x80 && !/[a-z]/i.test(text))) return { kind: 'text', text };
  const folded = foldCase(codePoint);
  return { kind: 'set', set: new CharSet([{ kind: 'range', low: folded, high: folded }], false, true) };
}

/** The nodes that follow one another as one, texts that meet put together. */
export function concatOf(nodes: readonly Node[]): Node {
  const parts: Node[] = [];
  for (const node of nodes) {
    const last = parts.at(-1);
    if (node.kind === 'text' && last?.kind === 'text') {
      parts[parts.length - 1] = { kind: 'text', text: last.text + node.text };
    } else if (node.kind !== 'empty') parts.push(node);
  }
  return parts.length === 0 ? EMPTY : parts.length === 1 ? (parts[0] as Node) : { kind: 'concat', parts };
}
