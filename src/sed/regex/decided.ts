import { isEmptyMask, maskOfChar, maskOfSet, mayOverlap, NO_CHARS, union, type CharMask } from './char-mask.js';
import { isNullable } from './nfa.js';
import { isOneChar, sequenceOf, widthOf } from './sequence.js';
import type { Assertion, Node } from './syntax.js';

/** What can come next: a character of the mask, or, with `end`, the end of the match. */
interface Ahead {
  readonly chars: CharMask;
  readonly end: boolean;
  /** Nothing but the end of the text (or line, when lines are searched) can follow. */
  readonly last: boolean;
}

const MATCH_END: Ahead = { chars: NO_CHARS, end: true, last: false };

/**
 * True when in every match each character has one way to go on only, and going on is preferred to ending. For such a
 * pattern the first match a backtracking engine comes to is the longest one and its groups are the only ones possible,
 * so it may run on V8's RegExp. `lineEnd` is the character no set holds because lines are searched, or -1.
 */
export function isDecided(root: Node, lineEnd: number): boolean {
  return ahead(root, MATCH_END, lineEnd) !== null;
}

/**
 * True when the first match a backtracking engine comes to is the longest one although one loop may have to give back
 * what it took: the way to the loop is decided, the loop is greedy, and what follows it is as long on every way.
 */
export function takesLongestFirst(root: Node, lineEnd: number): boolean {
  const parts = sequenceOf(root);
  const loop = parts.findIndex((part) => part.kind === 'repeat' && part.min < part.max);
  const part = parts[loop];
  if (part?.kind !== 'repeat' || !isOneChar(part.body)) return false;
  const rest: Node = { kind: 'concat', parts: parts.slice(loop + 1) };
  if (widthOf(rest) === null) return false;
  const chars = union(firstChars(part.body, lineEnd), firstChars(rest, lineEnd));
  const after = { chars, end: part.min === 0 && isNullable(rest), last: false };
  return ahead({ kind: 'concat', parts: parts.slice(0, loop) }, after, lineEnd) !== null;
}

/** The characters a match of the node can start with. */
export function firstChars(node: Node, lineEnd: number): CharMask {
  switch (node.kind) {
    case 'text':
      return maskOfChar(node.text.codePointAt(0) as number, lineEnd);
    case 'set':
      return maskOfSet(node.set, lineEnd);
    case 'concat': {
      let chars = NO_CHARS;
      for (const part of node.parts) {
        chars = union(chars, firstChars(part, lineEnd));
        if (!isNullable(part)) break;
      }
      return chars;
    }
    case 'alternate':
      return node.branches.map((branch) => firstChars(branch, lineEnd)).reduce(union);
    case 'group':
    case 'repeat':
      return firstChars(node.body, lineEnd);
    default:
      return NO_CHARS;
  }
}

/** What can come at the start of the node when `after` follows it; null when that leaves a choice. */
function ahead(node: Node, after: Ahead, lineEnd: number): Ahead | null {
  switch (node.kind) {
    case 'empty':
      return after;
    case 'text':
    case 'set':
      return { chars: firstChars(node, lineEnd), end: false, last: false };
    case 'assert':
      return endsText(node.assertion, lineEnd) ? { chars: NO_CHARS, end: after.end, last: true } : after;
    case 'concat':
      return node.parts.reduceRight((next: Ahead | null, part) => next && ahead(part, next, lineEnd), after);
    case 'group':
      return ahead(node.body, after, lineEnd);
    case 'alternate':
      return aheadOfAny(node.branches.map((branch) => ahead(branch, after, lineEnd)));
    case 'repeat':
      return aheadOfRepeat(node, after, lineEnd);
    default:
      return null;
  }
}

function endsText(assertion: Assertion, lineEnd: number): boolean {
  return assertion === 'buffer-end' || (assertion === 'line-end' && lineEnd >= 0);
}

function aheadOfAny(branches: readonly (Ahead | null)[]): Ahead | null {
  let all: Ahead = { chars: NO_CHARS, end: false, last: false };
  for (const branch of branches) {
    // A branch that ends the match would be taken before a longer one.
    const endsEarly = all.end && !all.last && branch !== null && !isEmptyMask(branch.chars);
    if (branch === null || endsEarly || mayOverlap(all.chars, branch.chars)) return null;
    const last = all.end ? all.last && (branch.last || !branch.end) : branch.last;
    all = { chars: union(all.chars, branch.chars), end: all.end || branch.end, last };
  }
  return all;
}

function aheadOfRepeat(node: Node & { kind: 'repeat' }, after: Ahead, lineEnd: number): Ahead | null {
  const { body, min, max } = node;
  if (max === 0) return after;
  // What a repetition of nothing counts for is told differently by different engines.
  if (isNullable(body)) return null;
  const chars = firstChars(body, lineEnd);
  if (min < max && mayOverlap(chars, after.chars)) return null;
  const again = max > 1 ? { ...after, chars: union(chars, after.chars), last: false } : after;
  if (ahead(body, again, lineEnd) === null) return null;
  if (min > 0) return { chars, end: false, last: false };
  return { chars: union(chars, after.chars), end: after.end, last: false };
}
