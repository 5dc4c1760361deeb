import type { Place } from './sed-error.js';
import type { Regex } from './regex/regex.js';
import type { ParsedRegex } from './regex/syntax.js';

/** A regex where it stands in a script. `parsed` null is the empty regex: the one used last. */
export interface RegexUse {
  readonly place: Place;
  readonly parsed: ParsedRegex | null;
  /** Null while the regex is empty or holds an unbound variable. */
  readonly compiled: Regex | null;
}

/** Selects single lines, or starts a range. */
export type Address =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'zero' }
  | { readonly kind: 'regex'; readonly regex: RegexUse };

/** Ends a range. */
export type RangeEnd =
  | { readonly kind: 'line'; readonly line: number }
  | { readonly kind: 'plus'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'last' }
  | { readonly kind: 'regex'; readonly regex: RegexUse };

export type CaseMode = 'U' | 'L' | 'u' | 'l' | 'E';

export type ReplacementPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'group'; readonly index: number }
  | { readonly kind: 'case'; readonly mode: CaseMode };

export interface Substitution {
  readonly regex: RegexUse;
  readonly replacement: readonly ReplacementPart[];
  /** Highest group the replacement names. */
  readonly maxGroup: number;
  readonly global: boolean;
  readonly print: boolean;
  /** The first match to replace, counted from 1. */
  readonly nth: number;
}

/** Text of a, i and c without its final line end. Null: `a\` with nothing after it, which adds no text. */
export interface Insertion {
  readonly text: string | null;
}

export interface Transliteration {
  readonly from: string;
  readonly to: string;
  /** Code point to replacement; filled once the strings hold no variable. */
  readonly map: ReadonlyMap<number, string>;
}

export type Action =
  | { readonly letter: 's'; readonly substitution: Substitution }
  | { readonly letter: 'y'; readonly transliteration: Transliteration }
  | { readonly letter: 'a' | 'i' | 'c'; readonly insertion: Insertion }
  /** `target` is the index of the command to go on with; past the last one ends the cycle. */
  | { readonly letter: 'b' | 't' | 'T' | '{'; readonly target: number }
  | { readonly letter: 'q' | 'Q'; readonly exitCode: number }
  | { readonly letter: 'l'; readonly width: number }
  | { readonly letter: PlainLetter };

export type PlainLetter = '=' | 'd' | 'D' | 'g' | 'G' | 'h' | 'H' | 'n' | 'N' | 'p' | 'P' | 'x' | 'z';

export interface Command {
  readonly place: Place;
  readonly from: Address | null;
  readonly to: RangeEnd | null;
  readonly negated: boolean;
  readonly action: Action;
}

/** One appearance of `${NAME}` in a script. */
export interface VariableUse {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a variable mark in script text stands for: a variable, or text that only looks like one. */
export type Slot =
  { readonly kind: 'variable'; readonly name: string } | { readonly kind: 'text'; readonly text: string };

/** A compiled script. Only `variables` and `commandCount` are for callers. */
export interface Program {
  /** Each place a variable stands at, in script order; empty once bound. */
  readonly variables: readonly VariableUse[];
  readonly commandCount: number;
  /** @internal */
  readonly commands: readonly Command[];
  /** @internal */
  readonly slots: readonly Slot[];
  /** @internal */
  readonly quiet: boolean;
  /** @internal Each command changes each line for itself, so that many lines may be changed at once. */
  readonly lineLocal: boolean;
  /** @internal The line end that cycles, N, G and the rest go by. */
  readonly lineEnd: '\n' | '\0';
  /** @internal POSIXLY_CORRECT in GNU's words: N without a next line deletes. */
  readonly posix: boolean;
  /** `N` without a next line prints the pattern space, which POSIX drops. */
  readonly printsUnfinished: boolean;
}
