import { isSurrogate } from '../text.js';
import { sequenceOf } from './sequence.js';
import type { Node, ParsedRegex } from './syntax.js';

/** Text that matches must hold, as far as the pattern's form tells. */
export interface Literals {
  /** The pattern is this text and nothing else (groups aside). */
  readonly whole: string | null;
  /** Every match starts with one of these texts, none of them empty; no texts: nothing is known. */
  readonly prefixes: readonly string[];
  /** Every match contains each of these texts. */
  readonly required: readonly string[];
  /** A match can only start at the start of the buffer. */
  readonly atBufferStart: boolean;
}

/** Different beginnings that are looked for one by one; with more, an automaton reads faster. */
const MAX_PREFIXES = 8;

export function literalsOf(regex: ParsedRegex): Literals {
  const parts = sequenceOf(regex.root);
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'text' && isFindable(only.text))
    return { whole: only.text, prefixes: [only.text], required: [], atBufferStart: false };
  const prefixes = prefixesOf(parts);
  const required: string[] = [];
  for (const part of parts) {
    if (part.kind === 'text' && (prefixes.length !== 1 || prefixes[0] !== part.text)) required.push(part.text);
  }
  return { whole: null, prefixes, required, atBufferStart: startsAtBufferStart(regex.root) };
}

/** A carried byte is found in the middle of characters that it is no part of. */
function isFindable(text: string): boolean {
  return !isSurrogate(text.charCodeAt(0)) || (text.codePointAt(0) as number) > 0xffff;
}

/** A beginning of a match; `open` while what follows it in the pattern may still lengthen it. */
interface Beginning {
  readonly text: string;
  readonly open: boolean;
}

function prefixesOf(parts: readonly Node[]): string[] {
  const [first, second] = parts;
  if (first === undefined || first.kind === 'set' || first.kind === 'repeat') return [];
  if (first.kind === 'text' && second?.kind !== 'alternate' && second?.kind !== 'assert')
    return isFindable(first.text) ? [first.text] : [];
  const beginnings = beginningsOf(parts);
  if (beginnings === null || beginnings.some(({ text }) => text === '' || !isFindable(text))) return [];
  return [...new Set(beginnings.map(({ text }) => text))];
}

/** Null when there are too many. */
function beginningsOf(parts: readonly Node[]): Beginning[] | null {
  let beginnings: Beginning[] = [{ text: '', open: true }];
  for (const part of parts) {
    if (part.kind === 'assert') continue;
    const next = part.kind === 'text' ? [{ text: part.text, open: true }] : choicesOf(part);
    if (next === null) return beginnings.map(({ text }) => ({ text, open: false }));
    beginnings = beginnings.flatMap((beginning) =>
      beginning.open ? next.map(({ text, open }) => ({ text: beginning.text + text, open })) : [beginning],
    );
    if (beginnings.length > MAX_PREFIXES) return null;
    if (beginnings.every(({ open }) => !open)) break;
  }
  return beginnings;
}

/** The beginnings of an alternation; null for anything else and for too many. */
function choicesOf(part: Node): Beginning[] | null {
  if (part.kind !== 'alternate') return null;
  const choices: Beginning[] = [];
  for (const branch of part.branches) {
    const beginnings = beginningsOf(sequenceOf(branch));
    if (beginnings === null) return null;
    choices.push(...beginnings);
  }
  return choices.length > MAX_PREFIXES ? null : choices;
}

function startsAtBufferStart(node: Node): boolean {
  if (node.kind === 'assert') return node.assertion === 'buffer-start';
  if (node.kind === 'concat') return node.parts[0] !== undefined && startsAtBufferStart(node.parts[0]);
  if (node.kind === 'alternate') return node.branches.every(startsAtBufferStart);
  if (node.kind === 'repeat') return node.min > 0 && startsAtBufferStart(node.body);
  return node.kind === 'group' && startsAtBufferStart(node.body);
}
