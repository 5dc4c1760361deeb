import { assertNever } from '../assert-never.js';
import { CharSet, type SetItem } from './char-set.js';
import { foldCase } from './fold.js';
import { concatOf, literalNode } from './literal-node.js';
import type { Node, RegexFlags } from './syntax.js';

/** The tree with each variable replaced by its value as literal characters; in a set, by the set of them. */
export function bindNode(node: Node, flags: RegexFlags, valueOf: (slot: number) => string): Node {
  const bound = (inner: Node): Node => bindNode(inner, flags, valueOf);
  switch (node.kind) {
    case 'variable':
      return concatOf(codePointsOf(valueOf(node.slot)).map((codePoint) => literalNode(codePoint, flags)));
    case 'set':
      return { kind: 'set', set: bindSet(node.set, flags, valueOf) };
    case 'concat':
      return concatOf(node.parts.map(bound));
    case 'alternate':
      return { ...node, branches: node.branches.map(bound) };
    case 'group':
    case 'repeat':
      return { ...node, body: bound(node.body) };
    case 'empty':
    case 'text':
    case 'assert':
    case 'backref':
      return node;
    default:
      return assertNever(node);
  }
}

function bindSet(set: CharSet, flags: RegexFlags, valueOf: (slot: number) => string): CharSet {
  if (!set.items.some((item) => item.kind === 'variable')) return set;
  const items = set.items.flatMap((item): SetItem[] => {
    if (item.kind !== 'variable') return [item];
    return codePointsOf(valueOf(item.slot)).map((codePoint) => {
      const folded = flags.ignoreCase ? foldCase(codePoint) : codePoint;
      return { kind: 'range', low: folded, high: folded };
    });
  });
  return new CharSet(items, set.negated, set.ignoreCase, set.except);
}

function codePointsOf(text: string): number[] {
  return Array.from(text, (char) => char.codePointAt(0) as number);
}
