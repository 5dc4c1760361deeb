import { isHighSurrogate } from '../text.js';
import { concatOf } from './literal-node.js';
import type { Node } from './syntax.js';

/** The nodes that follow one another in a pattern, groups opened and texts that meet put together. */
export function sequenceOf(node: Node): readonly Node[] {
  if (node.kind === 'empty') return [];
  const parts = node.kind === 'concat' ? node.parts : [node];
  if (!parts.some((part) => part.kind === 'group' || part.kind === 'concat')) return parts;
  const opened = concatOf(
    parts.flatMap((part) =>
      part.kind === 'group' ? sequenceOf(part.body) : part.kind === 'concat' ? sequenceOf(part) : part,
    ),
  );
  return opened.kind === 'empty' ? [] : opened.kind === 'concat' ? opened.parts : [opened];
}

/** True for what matches one character, whichever. */
export function isOneChar(node: Node): boolean {
  return node.kind === 'set' || (node.kind === 'text' && lengthOf(node.text) === 1);
}

/** Characters of every match of the node; null when they differ, or are not known. */
export function widthOf(node: Node): number | null {
  switch (node.kind) {
    case 'empty':
    case 'assert':
      return 0;
    case 'text':
      return lengthOf(node.text);
    case 'set':
      return 1;
    case 'concat':
      return node.parts.reduce((sum: number | null, part) => plus(sum, widthOf(part)), 0);
    case 'alternate': {
      const [first = null, ...others] = node.branches.map(widthOf);
      return others.every((width) => width === first) ? first : null;
    }
    case 'group':
      return widthOf(node.body);
    case 'repeat':
      return node.min === node.max ? times(widthOf(node.body), node.min) : null;
    default:
      return null;
  }
}

function plus(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

function times(a: number | null, b: number): number | null {
  return a === null ? null : a * b;
}

export function codePointOf(char: string): number {
  return char.codePointAt(0) as number;
}

/** Characters of a text. */
export function lengthOf(text: string): number {
  let length = text.length;
  for (let k = 0; k < text.length; k++) if (isHighSurrogate(text.charCodeAt(k))) length--;
  return length;
}
