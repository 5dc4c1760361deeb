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
  const parts = flatten(regex.root);
  const runs = runsOf(parts);
  const isWhole = parts.length > 0 && parts.every((part) => part.kind === 'char');
  const prefixes = prefixesOf(parts);
  return {
    whole: isWhole ? (runs[0] ?? null) : null,
    prefixes,
    required: runs.filter((run) => prefixes.length !== 1 || prefixes[0] !== run),
    atBufferStart: startsAtBufferStart(regex.root),
  };
}

/** The sequence a pattern is, groups opened; a node that is no fixed character stands for itself. */
function flatten(node: Node): Node[] {
  if (node.kind === 'empty') return [];
  if (node.kind === 'concat') return node.parts.flatMap(flatten);
  return node.kind === 'group' ? flatten(node.body) : [node];
}

/** The unbroken runs of characters in a sequence. */
function runsOf(parts: readonly Node[]): string[] {
  const runs: string[] = [];
  let isOpen = false;
  for (const part of parts) {
    if (part.kind === 'char') {
      const char = String.fromCodePoint(part.codePoint);
      runs.push(isOpen ? `${runs.pop()}${char}` : char);
    }
    isOpen = part.kind === 'char';
  }
  return runs;
}

/** A beginning of a match; `open` while what follows it in the pattern may still lengthen it. */
interface Beginning {
  readonly text: string;
  readonly open: boolean;
}

function prefixesOf(parts: readonly Node[]): string[] {
  const beginnings = beginningsOf(parts);
  if (beginnings === null || beginnings.some(({ text }) => text === '')) return [];
  return [...new Set(beginnings.map(({ text }) => text))];
}

/** Null when there are too many. */
function beginningsOf(parts: readonly Node[]): Beginning[] | null {
  let beginnings: Beginning[] = [{ text: '', open: true }];
  for (const part of parts) {
    if (part.kind === 'assert') continue;
    const next = part.kind === 'char' ? [{ text: String.fromCodePoint(part.codePoint), open: true }] : choicesOf(part);
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
    const beginnings = beginningsOf(flatten(branch));
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
