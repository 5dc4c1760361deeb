import { isWithin, maskOfChar, mayHold, mayOverlap, NO_CHARS, union, type CharMask } from './char-mask.js';
import { firstChars } from './decided.js';
import { isNullable } from './nfa.js';
import { codePointOf, isOneChar, sequenceOf, widthOf } from './sequence.js';
import type { Node } from './syntax.js';

/** How often one character may at most be read again by attempts from different starts. */
const MAX_READINGS = 16;

/**
 * How a search that tries one start after the other stays linear: `everywhere` it may try all, since attempts overlap
 * by a fixed number only; `run-starts` it must not start behind a character of `lead`, which an earlier start covers:
 * it may look for the `core`, the pattern from the end of such a run on, and go back to where the run begins;
 * `failed-runs` it must go on behind what `head` matches where the whole did not, since all starts in there fail too.
 */
export type Starts =
  | { readonly kind: 'everywhere' }
  | { readonly kind: 'run-starts'; readonly lead: Node; readonly core: Node | null }
  | { readonly kind: 'failed-runs'; readonly head: Node };

/** Null when attempts may read the same text again and again. */
export function startsOf(root: Node, lineEnd: number): Starts | null {
  if (startsLines(root, lineEnd)) return { kind: 'everywhere' };
  const parts = withoutTail(sequenceOf(root));
  const first = firstChars(root, lineEnd);
  const places: Places = { first, lead: null, guards: [], lineEnd };
  if (areFew(parts, places) || areFew(parts, { ...places, guards: guardsOf(parts, places) }))
    return { kind: 'everywhere' };
  const head = headOf(sequenceOf(root), places);
  if (head !== null) return { kind: 'failed-runs', head };
  const leading = parts[0];
  if (leading?.kind !== 'repeat' || leading.max !== Infinity || !isOneChar(leading.body)) return null;
  const rest: Node = { kind: 'concat', parts: parts.slice(1) };
  const others = leading.min > 0 ? NO_CHARS : firstChars(rest, lineEnd);
  const lead = firstChars(leading.body, lineEnd);
  const behind: Places = { first: others, lead, guards: [], lineEnd };
  if (readingsOf(rest, behind) >= MAX_READINGS) return null;
  return { kind: 'run-starts', lead: leading.body, core: coreOf(root, lead, lineEnd) };
}

/** Null where a core could be found in the middle of a run, and attempts be more than runs. */
function coreOf(root: Node, lead: CharMask, lineEnd: number): Node | null {
  const [leading, ...behind] = sequenceOf(root);
  const rest: Node = { kind: 'concat', parts: behind };
  if (leading?.kind !== 'repeat' || leading.min > MAX_READINGS) return null;
  if (isNullable(rest) || mayOverlap(firstChars(rest, lineEnd), lead)) return null;
  return { kind: 'concat', parts: [{ ...leading, max: leading.min }, rest] };
}

/**
 * A beginning of one length and the first loop, when the loop takes all that the beginning may hold. A later start
 * within the loop's run comes to the loop later and leaves it no later, so it finds no end where this one found none.
 */
function headOf(parts: readonly Node[], places: Places): Node | null {
  const at = parts.findIndex(({ kind }) => kind === 'repeat');
  const loop = parts[at];
  const before: Node = { kind: 'concat', parts: parts.slice(0, at) };
  if (loop?.kind !== 'repeat' || !isOneChar(loop.body) || loop.max < Infinity || loop.min > MAX_READINGS) return null;
  if (
    (widthOf(before) ?? 0) === 0 ||
    !isWithin(allChars(before, places.lineEnd), firstChars(loop.body, places.lineEnd))
  )
    return null;
  return areFew(before.parts, places) ? { kind: 'concat', parts: [before, loop] } : null;
}

function areFew(parts: readonly Node[], places: Places): boolean {
  return readingsOf({ kind: 'concat', parts }, places) <= MAX_READINGS;
}

/** One attempt a text, or one a line when no set holds a line end. */
function startsLines(node: Node, lineEnd: number): boolean {
  if (node.kind === 'assert') {
    return node.assertion === 'buffer-start' || (node.assertion === 'line-start' && lineEnd >= 0);
  }
  if (node.kind === 'concat') return node.parts[0] !== undefined && startsLines(node.parts[0], lineEnd);
  if (node.kind === 'alternate') return node.branches.every((branch) => startsLines(branch, lineEnd));
  return node.kind === 'group' && startsLines(node.body, lineEnd);
}

/** What an attempt goes through that may still fail: text of a match is not read again. */
function withoutTail(parts: readonly Node[]): readonly Node[] {
  const last = parts.at(-1);
  if (last?.kind !== 'repeat' || !isOneChar(last.body) || last.max < Infinity) return parts;
  if (last.min > 0) return [...parts.slice(0, -1), { ...last, max: last.min }];
  return parts.length > 1 ? withoutTail(parts.slice(0, -1)) : parts;
}

/** Where an attempt comes to text in which another one can start. */
interface Places {
  /** Starts are at these characters, and where a run of `lead` begins. */
  readonly first: CharMask;
  readonly lead: CharMask | null;
  /** What every match goes through before its first loop that starts can lie in: a start in a run without it ends there. */
  readonly guards: readonly CharMask[];
  readonly lineEnd: number;
}

function guardsOf(parts: readonly Node[], places: Places): CharMask[] {
  const guards: CharMask[] = [];
  for (const part of parts) {
    if (readingsOf(part, places) === Infinity) break;
    const body = part.kind === 'repeat' && part.min > 0 ? part.body : part;
    if (part.kind === 'text') for (const char of part.text) guards.push(maskOfChar(codePointOf(char), places.lineEnd));
    else if (isOneChar(body)) guards.push(firstChars(body, places.lineEnd));
  }
  return guards;
}

/** In how many places of an attempt another one can start and read on; Infinity when such a place lies in a loop. */
function readingsOf(node: Node, places: Places): number {
  switch (node.kind) {
    case 'text':
      return startsIn(node.text, places);
    case 'set':
      return isStart(firstChars(node, places.lineEnd), places) ? 1 : 0;
    case 'concat':
      return node.parts.reduce((sum, part) => sum + readingsOf(part, places), 0);
    case 'alternate':
      return node.branches.reduce((sum, part) => sum + readingsOf(part, places), 0);
    case 'group':
      return readingsOf(node.body, places);
    case 'repeat': {
      const { body, max } = node;
      const chars = allChars(body, places.lineEnd);
      if (isOneChar(body) && places.lead !== null && isWithin(chars, places.lead) && !mayOverlap(chars, places.first))
        return 1;
      const readings = readingsOf(body, places);
      if (readings === 0) return 0;
      if (max < Infinity) return readings * max;
      return places.guards.some((guard) => !mayOverlap(guard, chars)) ? places.guards.length : Infinity;
    }
    default:
      return 0;
  }
}

function isStart(chars: CharMask, { first, lead }: Places): boolean {
  return mayOverlap(chars, first) || (lead !== null && mayOverlap(chars, lead));
}

function startsIn(text: string, { first, lead, lineEnd }: Places): number {
  let starts = 0;
  for (let k = 0; k < text.length; k++) {
    const unit = text.charCodeAt(k);
    if (unit !== lineEnd && (mayHold(first, unit) || (lead !== null && mayHold(lead, unit)))) starts++;
  }
  return starts;
}

/** Every character that can stand in a match of the node. */
function allChars(node: Node, lineEnd: number): CharMask {
  if (node.kind === 'concat') return node.parts.map((part) => allChars(part, lineEnd)).reduce(union, NO_CHARS);
  if (node.kind === 'alternate') return node.branches.map((part) => allChars(part, lineEnd)).reduce(union, NO_CHARS);
  if (node.kind === 'text')
    return Array.from(node.text, (char) => maskOfChar(codePointOf(char), lineEnd)).reduce(union, NO_CHARS);
  return node.kind === 'group' || node.kind === 'repeat' ? allChars(node.body, lineEnd) : firstChars(node, lineEnd);
}
