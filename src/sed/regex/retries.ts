import { mayOverlap } from './char-mask.js';
import { firstChars } from './decided.js';
import { isOneChar, sequenceOf } from './sequence.js';
import type { Node } from './syntax.js';

/** Ways an attempt may at most go through text it has read before, one behind the other. */
const MAX_WAYS = 16;

/**
 * True when a backtracking engine, which tries one way after the other, still tells in time linear in the text it
 * reads whether a pattern matches at a place: only one loop may have to give back what it took, and nothing behind it
 * loops.
 */
export function hasFewRetries(root: Node, lineEnd: number): boolean {
  const parts = sequenceOf(root);
  let ways = 1;
  let givesBack = false;
  for (const [index, part] of parts.entries()) {
    const rest = parts.slice(index + 1);
    if (part.kind === 'repeat' && isOneChar(part.body)) {
      // The last loop of a pattern never has to give back.
      if (rest.length === 0) break;
      if (givesBack) return false;
      givesBack = mayOverlap(firstChars(part.body, lineEnd), firstChars({ kind: 'concat', parts: rest }, lineEnd));
    } else {
      ways *= waysOf(part);
    }
  }
  return ways <= MAX_WAYS;
}

/** Ways through a node without loops; Infinity for one with loops. */
function waysOf(node: Node): number {
  switch (node.kind) {
    case 'empty':
    case 'text':
    case 'set':
    case 'assert':
      return 1;
    case 'concat':
      return node.parts.reduce((ways, part) => ways * waysOf(part), 1);
    case 'alternate':
      return node.branches.reduce((ways, branch) => ways + waysOf(branch), 0);
    case 'group':
      return waysOf(node.body);
    case 'repeat':
      return node.max === 1 ? 1 + waysOf(node.body) : Infinity;
    default:
      return Infinity;
  }
}
