import type { Automata } from './automata.js';
import { ExhaustiveSearch } from './exhaustive.js';
import { NEAR_UNITS, type LiteralFinder } from './literal-finder.js';
import { LiteralSearch } from './literal-search.js';
import type { Literals } from './literals.js';
import type { NativePattern } from './native.js';
import type { Meter } from '../limits.js';

/** What a search reads of a compiled pattern. */
interface Searched {
  readonly literals: Literals;
  readonly wholeFinder: LiteralFinder | null;
  readonly hasBackrefs: boolean;
  readonly automata: Automata;
  readonly native: NativePattern | null;
}

/** `exhaustive` and `backtracking` take that road alone, so that tests can hold the quick ones against it. */
export type Road = 'quickest' | 'exhaustive' | 'backtracking';

/** The search for the matches of one pattern, not ruled out before, in one text, from left to right. */
export class Scan {
  /** Where the match found last lies. */
  start = -1;
  end = -1;
  private found: Int32Array | null = null;
  private readonly native: NativePattern | null;
  private nativeMatch: RegExpExecArray | null = null;
  private literalSearchPart: LiteralSearch | null = null;
  private wasted: number;
  private exhaustive: ExhaustiveSearch | null = null;
  /** Up to here a search has seen that a match ends, so one starts before; for fixed text, where it began. */
  private searchedTo = -1;

  constructor(
    private readonly regex: Searched,
    private readonly text: string,
    private readonly meter: Meter,
    private readonly road: Road = 'quickest',
  ) {
    // What attempts may read in vain before the road that is linear for certain takes over.
    this.wasted = -(4 * text.length + 256);
    const { native } = regex;
    this.native = road === 'quickest' && native?.isFor(text) === true ? native : null;
  }

  /** Finds the leftmost longest match that starts at or after `from`. */
  next(from: number): boolean {
    const { literals, hasBackrefs } = this.regex;
    this.found = null;
    if (from > this.text.length) return false;
    if (this.road !== 'quickest') return this.nextOn(this.road, from);
    if (this.regex.wholeFinder !== null) return this.nextLiteral(this.regex.wholeFinder, from);
    if (this.native !== null) return this.nextNative(this.native, from);
    // At the start of the text, isRuledOut has looked already.
    if (from > 0 && literals.required.length > 0 && !this.literalSearch.isPossible(from)) return false;
    if (literals.atBufferStart) return from === 0 && this.attempt(0);
    if (this.wasted > 0 && !hasBackrefs) return this.nextExhaustive(from);
    return this.nextAttempt(from);
  }

  /** Text of a group of the match found last, empty where it took no part. */
  group(index: number): string {
    if (index === 0) return this.text.slice(this.start, this.end);
    if (this.nativeMatch !== null && this.native?.hasGroups === true) return this.nativeMatch[index] ?? '';
    const slots = this.captures();
    const start = slots[2 * index] ?? -1;
    return start < 0 ? '' : this.text.slice(start, slots[2 * index + 1]);
  }

  /** Start and end of each group of the match found last, -1 where one took no part. */
  private captures(): Int32Array {
    if (this.found !== null) return this.found;
    const { onePass, walk } = this.regex.automata;
    this.meter.spend(this.end - this.start);
    if (this.road === 'quickest') this.found = onePass.capture(this.text, this.start, this.end);
    this.found ??= walk.capture(this.text, this.start, this.end, this.meter);
    return this.found;
  }

  private nextNative(native: NativePattern, from: number): boolean {
    this.nativeMatch = native.next(this.text, from, this.meter);
    if (this.nativeMatch === null) return false;
    if (!native.isWhole) return this.nextFrom(this.nativeMatch.index);
    this.start = this.nativeMatch.index;
    this.end = this.start + this.nativeMatch[0].length;
    return true;
  }

  /** A match starts here; the automaton tells how long it is. */
  private nextFrom(start: number): boolean {
    this.nativeMatch = null;
    return this.wasted > 0 ? this.nextExhaustive(start) : this.attempt(start);
  }

  private nextOn(road: Road, from: number): boolean {
    if (road === 'exhaustive') return this.nextExhaustive(from);
    for (let i = from; i <= this.text.length; i += widthAt(this.text, i)) if (this.attemptBacktracking(i)) return true;
    return false;
  }

  private get literalSearch(): LiteralSearch {
    return (this.literalSearchPart ??= new LiteralSearch(this.regex.literals, this.text, this.meter));
  }

  private nextLiteral(finder: LiteralFinder, from: number): boolean {
    const isNear = from - this.searchedTo < NEAR_UNITS;
    this.searchedTo = from;
    this.start = isNear ? this.text.indexOf(finder.needle, from) : finder.next(this.text, from);
    this.spendSearch(from, this.start);
    this.end = this.start + finder.needle.length;
    return this.start >= 0;
  }

  private find(needle: string, from: number): number {
    const found = this.text.indexOf(needle, from);
    this.spendSearch(from, found);
    return found;
  }

  private spendSearch(from: number, found: number): void {
    this.meter.spend(1 + (((found < 0 ? this.text.length : found) - from) >> 4));
  }

  private nextAttempt(from: number): boolean {
    for (let i = this.candidate(from); i >= 0; i = this.candidate(i + widthAt(this.text, i))) {
      if (this.attempt(i)) return true;
      if (this.wasted > 0) return this.nextExhaustive(i + widthAt(this.text, i));
    }
    return false;
  }

  /** Next index at or after `from` where a match may start, or -1. */
  private candidate(from: number): number {
    const { literals, automata, hasBackrefs } = this.regex;
    if (from > this.text.length) return -1;
    if (literals.prefixes.length === 1) return this.find(literals.prefixes[0] as string, from);
    if (literals.prefixes.length > 1) return this.literalSearch.nextPrefix(from);
    if (automata.isNullable || hasBackrefs) return from;
    // Attempts go on from where the search saw the last possible start, one character at a time.
    if (from < this.searchedTo) return from;
    const mark = automata.searcher.search(this.text, from, this.meter);
    this.searchedTo = automata.searcher.position;
    return mark;
  }

  private attempt(start: number): boolean {
    if (this.regex.hasBackrefs) return this.attemptBacktracking(start);
    this.start = start;
    const { forward } = this.regex.automata;
    this.end = forward.longest(this.text, start, this.meter);
    this.wasted += forward.scanned - (this.end < 0 ? 0 : this.end - start);
    return this.end >= 0;
  }

  private attemptBacktracking(start: number): boolean {
    this.start = start;
    this.found = this.regex.automata.backtracker.longest(this.text, start, this.meter);
    this.end = this.found?.[1] ?? -1;
    return this.found !== null;
  }

  private nextExhaustive(from: number): boolean {
    const { nfa, alphabet, backward } = this.regex.automata;
    this.exhaustive ??= new ExhaustiveSearch(nfa, alphabet, backward, this.text, this.meter);
    if (!this.exhaustive.next(from)) return false;
    this.start = this.exhaustive.start;
    this.end = this.exhaustive.end;
    return true;
  }
}

/** Units of the character at `index`; 1 at the end of the text. */
export function widthAt(text: string, index: number): number {
  const codePoint = text.codePointAt(index);
  return codePoint !== undefined && codePoint > 0xffff ? 2 : 1;
}
