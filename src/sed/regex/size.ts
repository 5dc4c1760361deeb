import { assertNever } from '../assert-never.js';
import { MAX_PATTERN_INSTRUCTIONS } from '../limits.js';
import { isNullable } from './nfa.js';
import { RegexProblem } from './regex-problem.js';
import { lengthOf } from './sequence.js';
import type { Node } from './syntax.js';

/** Throws RegexProblem when the automaton would have more instructions than allowed; builds nothing. */
export function checkSize(root: Node): void {
  if (sizeOf(root) + 2 > MAX_PATTERN_INSTRUCTIONS) {
    throw new RegexProblem(
      0,
      `the pattern needs more than ${MAX_PATTERN_INSTRUCTIONS} instructions; use smaller intervals`,
      true,
    );
  }
}

export function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'empty':
    case 'variable':
      return 0;
    case 'text':
      return lengthOf(node.text);
    case 'set':
    case 'assert':
    case 'backref':
      return 1;
    case 'concat':
      return node.parts.reduce((sum, part) => sum + sizeOf(part), 0);
    case 'alternate':
      return node.branches.reduce((sum, branch) => sum + sizeOf(branch) + 1, -1);
    case 'group':
      return sizeOf(node.body) + 2;
    case 'repeat':
      return repeatSize(node.body, node.min, node.max);
    default:
      return assertNever(node);
  }
}

function repeatSize(body: Node, min: number, max: number): number {
  const size = sizeOf(body);
  if (max === Infinity) return Math.max(min, 1) * size + 1 + (isNullable(body) && min > 0 ? size : 0);
  return min * size + (max - min) * (size + (isNullable(body) ? 2 : 1));
}
