import type { Node } from './syntax.js';

/** The nodes that follow one another in a pattern, groups opened. */
export function sequenceOf(node: Node): Node[] {
  if (node.kind === 'concat') return node.parts.flatMap(sequenceOf);
  return node.kind === 'group' ? sequenceOf(node.body) : node.kind === 'empty' ? [] : [node];
}

/** True for what matches one character, whichever. */
export function isOneChar(node: Node): boolean {
  return node.kind === 'set' || node.kind === 'char';
}
