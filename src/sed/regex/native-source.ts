import { assertNever } from '../assert-never.js';
import { hasAscii, maskOfSet, type CharMask } from './char-mask.js';
import type { CharSet, SetItem } from './char-set.js';
import type { Assertion, Node } from './syntax.js';

/** How a pattern is written for V8's RegExp with the u flag. */
export interface NativeSyntax {
  /** The character that no set holds and that lines end in, when lines are searched; -1 when a whole text is. */
  readonly lineEnd: number;
  /** What ends a line for the M flag. */
  readonly multilineEnd: number;
  /** Groups capture. */
  readonly captures: boolean;
}

const SURROGATES = '\\u{d800}-\\u{dfff}';
const WORD = '[A-Za-z0-9_]';

/** The pattern as V8 reads it; null when it holds what V8 reads otherwise. */
export function nativeSource(node: Node, syntax: NativeSyntax): string | null {
  switch (node.kind) {
    case 'empty':
      return '';
    case 'text':
      return textSource(node.text, syntax.lineEnd);
    case 'set':
      return setSource(node.set, syntax.lineEnd);
    case 'assert':
      return assertionSource(node.assertion, syntax);
    case 'concat':
      return joined(node.parts, '', syntax);
    case 'alternate':
      return wrapped('(?:', joined(node.branches, '|', syntax));
    case 'group':
      return wrapped(syntax.captures ? '(' : '(?:', nativeSource(node.body, syntax));
    case 'repeat': {
      const repeated = wrapped('(?:', nativeSource(node.body, syntax));
      return repeated === null ? null : repeated + quantifier(node.min, node.max);
    }
    default:
      return null;
  }
}

/** True when the source is right for ASCII text only: what V8 and glibc hold for letters beyond differs or costs much. */
export function isForAsciiOnly(node: Node): boolean {
  switch (node.kind) {
    case 'set':
      return node.set.ignoreCase || node.set.items.some((item) => item.kind === 'class');
    case 'assert':
      return node.assertion.includes('word');
    case 'concat':
      return node.parts.some(isForAsciiOnly);
    case 'alternate':
      return node.branches.some(isForAsciiOnly);
    case 'group':
    case 'repeat':
      return isForAsciiOnly(node.body);
    default:
      return false;
  }
}

function textSource(text: string, lineEnd: number): string {
  if (lineEnd >= 0 && text.includes(String.fromCharCode(lineEnd))) return '[]';
  return escapedForRegExp(text);
}

/** Text as V8 reads it outside of a class. */
export function escapedForRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** A character as V8 reads it inside a class. */
function escaped(codePoint: number): string {
  const char = String.fromCodePoint(codePoint);
  return /^[A-Za-z0-9]$/.test(char) ? char : `\\u{${codePoint.toString(16)}}`;
}

/** A set as a class of V8. */
function setSource(set: CharSet, lineEnd: number): string {
  if (isPlain(set, lineEnd)) return plainSource(set, lineEnd);
  const mask = maskOfSet(set, lineEnd);
  const beyond = set.items.map(beyondAscii).join('');
  if (set.negated) return `[^${asciiRanges(mask, false)}${SURROGATES}${beyond}]`;
  return `[${asciiRanges(mask, true)}${beyond}]`;
}

/** Its ranges may be written as they are. */
function isPlain(set: CharSet, lineEnd: number): boolean {
  const { items, negated, ignoreCase } = set;
  const holdsLineEnd = lineEnd >= 0 && set.has(lineEnd);
  return !ignoreCase && (negated || !holdsLineEnd) && items.every(({ kind }) => kind === 'range');
}

function plainSource({ items, negated, except }: CharSet, lineEnd: number): string {
  let ranges = '';
  for (const item of items) if (item.kind === 'range') ranges += rangeSource(item.low, item.high);
  if (!negated) return `[${ranges}]`;
  const refused = [lineEnd, except].map((codePoint) => (codePoint < 0 ? '' : escaped(codePoint)));
  return `[^${ranges}${SURROGATES}${refused.join('')}]`;
}

function rangeSource(low: number, high: number): string {
  return low === high ? escaped(low) : `${escaped(low)}-${escaped(high)}`;
}

function joined(nodes: readonly Node[], by: string, syntax: NativeSyntax): string | null {
  const sources = nodes.map((node) => nativeSource(node, syntax));
  return sources.includes(null) ? null : sources.join(by);
}

function wrapped(open: string, source: string | null): string | null {
  return source === null ? null : `${open}${source})`;
}

function quantifier(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  return `{${min},${max}}`;
}

function beyondAscii(item: SetItem): string {
  if (item.kind !== 'range' || item.high < 0x80) return '';
  return rangeSource(Math.max(item.low, 0x80), item.high);
}

/** The ASCII characters that are in the mask, or that are not. */
function asciiRanges(mask: CharMask, isIn: boolean): string {
  let ranges = '';
  for (let low = 0; low < 128; low++) {
    if (hasAscii(mask, low) !== isIn) continue;
    let high = low;
    while (high < 127 && hasAscii(mask, high + 1) === isIn) high++;
    ranges += rangeSource(low, high);
    low = high;
  }
  return ranges;
}

function assertionSource(assertion: Assertion, { lineEnd, multilineEnd }: NativeSyntax): string {
  const end = escaped(lineEnd < 0 ? multilineEnd : lineEnd);
  switch (assertion) {
    case 'buffer-start':
      return lineEnd < 0 ? '^' : `(?<![^${end}])`;
    case 'line-start':
      return `(?<![^${end}])`;
    case 'buffer-end':
      return lineEnd < 0 ? '$' : `(?![^${end}])`;
    case 'line-end':
      return `(?![^${end}])`;
    case 'word-start':
      return `\\b(?=${WORD})`;
    case 'word-end':
      return `\\b(?!${WORD})`;
    case 'word-edge':
      return '\\b';
    case 'not-word-edge':
      return '\\B';
    default:
      return assertNever(assertion);
  }
}
