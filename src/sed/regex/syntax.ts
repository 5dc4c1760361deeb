import type { CharSet } from './char-set.js';

/** Zero-width conditions. Buffer ends are the whole pattern space; line ends exist under the M flag. */
export type Assertion =
  'buffer-start' | 'buffer-end' | 'line-start' | 'line-end' | 'word-edge' | 'not-word-edge' | 'word-start' | 'word-end';

/** A parsed pattern. `variable` stands for literal text bound later: slot is an index into the script's variable table. */
export type Node =
  | { readonly kind: 'empty' }
  /** At least one character, each for itself. */
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'set'; readonly set: CharSet }
  | { readonly kind: 'assert'; readonly assertion: Assertion }
  | { readonly kind: 'concat'; readonly parts: readonly Node[] }
  | { readonly kind: 'alternate'; readonly branches: readonly Node[] }
  | { readonly kind: 'group'; readonly index: number; readonly body: Node }
  | { readonly kind: 'repeat'; readonly body: Node; readonly min: number; readonly max: number }
  | { readonly kind: 'backref'; readonly index: number }
  | { readonly kind: 'variable'; readonly slot: number };

export interface RegexFlags {
  readonly ignoreCase: boolean;
  readonly multiline: boolean;
  /** What the M flag's `^` and `$` look for: a newline, or NUL under -z. */
  readonly lineEnd: '\n' | '\0';
}

export interface ParsedRegex {
  readonly root: Node;
  readonly groupCount: number;
  readonly hasBackrefs: boolean;
  readonly flags: RegexFlags;
}

export const EMPTY: Node = { kind: 'empty' };
export const UNBOUNDED = Infinity;

/** Letters behind a backslash that assert something. */
export const ASSERTION_ESCAPES: ReadonlyMap<string, Assertion> = new Map([
  ['b', 'word-edge'],
  ['B', 'not-word-edge'],
  ['<', 'word-start'],
  ['>', 'word-end'],
  ['`', 'buffer-start'],
  ["'", 'buffer-end'],
]);
