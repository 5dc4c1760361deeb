import { inClass, type ClassName } from './char-classes.js';
import type { CharSet, SetItem } from './char-set.js';

/** What is known of a set at a glance: exactly its ASCII characters, and whether it may hold any other. */
export interface CharMask {
  /** One bit a character, 32 to a word. */
  readonly ascii: readonly [number, number, number, number];
  readonly beyond: boolean;
}

type Words = [number, number, number, number];

export const NO_CHARS: CharMask = { ascii: [0, 0, 0, 0], beyond: false };

const LOWER_CASE: Words = maskOfRange(0x61, 0x7a);

/** The set without the character `lineEnd` (-1: none is left out). */
export function maskOfSet(set: CharSet, lineEnd: number): CharMask {
  const mask = knownMasks.get(set) ?? maskOf(set);
  if (lineEnd < 0 || !hasAscii(mask, lineEnd)) return mask;
  const ascii: Words = [...mask.ascii];
  removeFrom(ascii, lineEnd);
  return { ascii, beyond: mask.beyond };
}

const knownMasks = new WeakMap<CharSet, CharMask>();

function maskOf(set: CharSet): CharMask {
  const ascii: Words = [0, 0, 0, 0];
  let beyond = set.negated;
  for (const item of set.items) {
    addTo(ascii, item, set.ignoreCase);
    beyond ||= item.kind !== 'range' || item.high > 0x7f || (set.ignoreCase && item.high >= 0x49);
  }
  if (set.negated) for (let k = 0; k < 4; k++) ascii[k] = ~(ascii[k] as number);
  if (set.negated) removeFrom(ascii, set.except);
  const mask = { ascii, beyond };
  knownMasks.set(set, mask);
  return mask;
}

export function maskOfChar(codePoint: number, lineEnd: number): CharMask {
  if (codePoint === lineEnd) return NO_CHARS;
  return codePoint > 0x7f
    ? { ascii: [0, 0, 0, 0], beyond: true }
    : { ascii: maskOfRange(codePoint, codePoint), beyond: false };
}

export function union(a: CharMask, b: CharMask): CharMask {
  const [x, y] = [a.ascii, b.ascii];
  return { ascii: [x[0] | y[0], x[1] | y[1], x[2] | y[2], x[3] | y[3]], beyond: a.beyond || b.beyond };
}

/** False only when no character is in both. */
export function mayOverlap(a: CharMask, b: CharMask): boolean {
  const [x, y] = [a.ascii, b.ascii];
  return (a.beyond && b.beyond) || ((x[0] & y[0]) | (x[1] & y[1]) | (x[2] & y[2]) | (x[3] & y[3])) !== 0;
}

/** True only when every character of `a` is in `b`. */
export function isWithin(a: CharMask, b: CharMask): boolean {
  return !a.beyond && a.ascii.every((word, k) => (word & ~(b.ascii[k] as number)) === 0);
}

/** True only when the mask holds no character. */
export function isEmptyMask({ ascii, beyond }: CharMask): boolean {
  return !beyond && ascii.every((word) => word === 0);
}

/** False only when the character is not in the mask. */
export function mayHold(mask: CharMask, codePoint: number): boolean {
  return codePoint > 0x7f ? mask.beyond : hasAscii(mask, codePoint);
}

export function hasAscii({ ascii }: CharMask, codePoint: number): boolean {
  return (((ascii[codePoint >> 5] as number) >>> (codePoint & 31)) & 1) === 1;
}

function addTo(ascii: Words, item: SetItem, ignoreCase: boolean): void {
  if (item.kind === 'variable') return;
  const mask = item.kind === 'range' ? rangeMask(item.low, item.high, ignoreCase) : classMask(item.name, ignoreCase);
  for (let k = 0; k < 4; k++) {
    const word = mask[k] as number;
    ascii[k] = (ascii[k] as number) | (item.kind === 'class' && item.negated === true ? ~word : word);
  }
}

/** With `ignoreCase` the ends are folded to upper case: lower-case letters are in as their upper-case forms are. */
function rangeMask(low: number, high: number, ignoreCase: boolean): Words {
  const mask = maskOfRange(low, Math.min(high, 0x7f));
  if (ignoreCase) for (let k = 0; k < 4; k++) mask[k] = (mask[k] as number) & ~(LOWER_CASE[k] as number);
  // A letter's bit in the fourth word is its upper-case form's in the third.
  if (ignoreCase) mask[3] |= mask[2] & LOWER_CASE[3];
  return mask;
}

function maskOfRange(low: number, high: number): Words {
  const mask: Words = [0, 0, 0, 0];
  for (let char = low; char <= high; char++) mask[char >> 5] = (mask[char >> 5] as number) | (1 << (char & 31));
  return mask;
}

const classMasks = new Map<string, Words>();

function classMask(name: ClassName, ignoreCase: boolean): Words {
  const key = ignoreCase ? `${name} i` : name;
  const known = classMasks.get(key);
  if (known !== undefined) return known;
  const mask: Words = [0, 0, 0, 0];
  for (let char = 0; char < 128; char++) {
    if (inClass(name, char, ignoreCase)) mask[char >> 5] = (mask[char >> 5] as number) | (1 << (char & 31));
  }
  classMasks.set(key, mask);
  return mask;
}

function removeFrom(ascii: Words, codePoint: number): void {
  if (codePoint >= 0 && codePoint < 128)
    ascii[codePoint >> 5] = (ascii[codePoint >> 5] as number) & ~(1 << (codePoint & 31));
}
