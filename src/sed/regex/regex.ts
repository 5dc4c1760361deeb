import { Alphabet } from './alphabet.js';
import { BackwardAutomaton } from './backward.js';
import { Backtracker } from './backtrack.js';
import { CaptureWalk } from './captures.js';
import { ExhaustiveSearch } from './exhaustive.js';
import { FirstCharacters } from './first-characters.js';
import { ForwardAutomaton } from './forward.js';
import { literalsOf, type Literals } from './literals.js';
import { buildNfa, type Nfa } from './nfa.js';
import type { ParsedRegex } from './syntax.js';
import type { Meter } from '../limits.js';

/** A compiled pattern. Its automata are built when they are first needed and kept, so one Regex serves many texts. */
export class Regex {
  readonly groupCount: number;
  readonly hasBackrefs: boolean;
  readonly literals: Literals;
  private parts: Automata | null = null;

  constructor(private readonly parsed: ParsedRegex) {
    this.groupCount = parsed.groupCount;
    this.hasBackrefs = parsed.hasBackrefs;
    this.literals = literalsOf(parsed);
  }

  get automata(): Automata {
    return (this.parts ??= new Automata(this.parsed));
  }

  /** True when the pattern matches somewhere in the text. */
  test(text: string, meter: Meter): boolean {
    const { whole } = this.literals;
    if (whole === null) return new Scan(this, text, meter).next(0);
    meter.spend(1 + (text.length >> 4));
    return text.includes(whole);
  }
}

/** The machines of one pattern, each built on first use. */
class Automata {
  readonly nfa: Nfa;
  readonly alphabet: Alphabet;
  readonly first: FirstCharacters | null;
  private forwardPart: ForwardAutomaton | null = null;
  private walkPart: CaptureWalk | null = null;
  private backwardPart: BackwardAutomaton | null = null;
  private backtrackPart: Backtracker | null = null;

  constructor(private readonly parsed: ParsedRegex) {
    this.nfa = buildNfa(parsed);
    this.alphabet = new Alphabet(this.nfa, parsed.flags.lineEnd.charCodeAt(0));
    this.first = FirstCharacters.of(this.nfa, this.alphabet);
  }

  get forward(): ForwardAutomaton {
    return (this.forwardPart ??= new ForwardAutomaton(this.nfa, this.alphabet));
  }

  get walk(): CaptureWalk {
    return (this.walkPart ??= new CaptureWalk(
      this.nfa,
      this.alphabet,
      new BackwardAutomaton(this.nfa, this.alphabet, false),
    ));
  }

  get backward(): BackwardAutomaton {
    return (this.backwardPart ??= new BackwardAutomaton(this.nfa, this.alphabet, true));
  }

  get backtracker(): Backtracker {
    return (this.backtrackPart ??= new Backtracker(this.nfa, this.alphabet, this.parsed.flags.ignoreCase));
  }
}

/** The search for the matches of one pattern in one text, from left to right. */
export class Scan {
  /** Where the match found last lies. */
  start = -1;
  end = -1;
  private found: Int32Array | null = null;
  private requiredAt = -1;
  private wasted: number;
  private exhaustive: ExhaustiveSearch | null = null;

  constructor(
    private readonly regex: Regex,
    private readonly text: string,
    private readonly meter: Meter,
  ) {
    // What attempts may read in vain before the road that is linear for certain takes over.
    this.wasted = -(4 * text.length + 256);
  }

  /** Finds the leftmost longest match that starts at or after `from`. */
  next(from: number): boolean {
    const { literals } = this.regex;
    this.found = null;
    if (from > this.text.length) return false;
    if (literals.whole !== null) return this.nextLiteral(literals.whole, from);
    if (!this.hasRequired(literals.required, from)) return false;
    if (literals.atBufferStart) return from === 0 && this.attempt(0);
    if (this.exhaustive !== null) return this.nextExhaustive(from);
    return this.nextAttempt(from);
  }

  /** Start and end of each group of the match found last, -1 where one took no part. */
  captures(): Int32Array {
    if (this.found !== null) return this.found;
    return (this.found =
      this.regex.groupCount === 0
        ? Int32Array.of(this.start, this.end)
        : this.regex.automata.walk.capture(this.text, this.start, this.end, this.meter));
  }

  private nextLiteral(needle: string, from: number): boolean {
    this.start = this.text.indexOf(needle, from);
    this.meter.spend(1 + (((this.start < 0 ? this.text.length : this.start) - from) >> 4));
    this.end = this.start + needle.length;
    return this.start >= 0;
  }

  private hasRequired(required: string, from: number): boolean {
    if (required === '' || this.requiredAt >= from) return true;
    this.requiredAt = this.text.indexOf(required, from);
    this.meter.spend(1 + (((this.requiredAt < 0 ? this.text.length : this.requiredAt) - from) >> 4));
    return this.requiredAt >= 0;
  }

  private nextAttempt(from: number): boolean {
    for (let i = this.candidate(from); i >= 0; i = this.candidate(i + this.widthAt(i))) {
      if (this.attempt(i)) return true;
      if (this.wasted > 0) return this.nextExhaustive(i + this.widthAt(i));
    }
    return false;
  }

  /** Next index at or after `from` where a match may start, or -1. */
  private candidate(from: number): number {
    const { prefix } = this.regex.literals;
    if (from > this.text.length) return -1;
    if (prefix !== '') return this.text.indexOf(prefix, from);
    const { first } = this.regex.automata;
    if (first === null) return from;
    const i = first.find(this.text, from);
    this.meter.spend(1 + ((i - from) >> 2));
    return i < this.text.length ? i : -1;
  }

  private attempt(start: number): boolean {
    this.start = start;
    if (this.regex.hasBackrefs) {
      this.found = this.regex.automata.backtracker.longest(this.text, start, this.meter);
      this.end = this.found?.[1] ?? -1;
      return this.found !== null;
    }
    const { forward } = this.regex.automata;
    this.end = forward.longest(this.text, start, this.meter);
    this.wasted += forward.scanned - (this.end < 0 ? 0 : this.end - start);
    return this.end >= 0;
  }

  private nextExhaustive(from: number): boolean {
    const { nfa, alphabet, backward } = this.regex.automata;
    this.exhaustive ??= new ExhaustiveSearch(nfa, alphabet, backward, this.text, this.meter);
    if (!this.exhaustive.next(from)) return false;
    this.start = this.exhaustive.start;
    this.end = this.exhaustive.end;
    return true;
  }

  private widthAt(index: number): number {
    const codePoint = this.text.codePointAt(index);
    return codePoint !== undefined && codePoint > 0xffff ? 2 : 1;
  }
}
