import { Automata } from './automata.js';
import { LiteralFinder } from './literal-finder.js';
import { literalsOf, type Literals } from './literals.js';
import { nativePattern, type NativePattern } from './native.js';
import { Scan } from './scan.js';
import type { ParsedRegex } from './syntax.js';
import type { Meter } from '../limits.js';

/** A compiled pattern. What it needs to match is built when it is first needed and kept, so one Regex serves many texts. */
export class Regex {
  readonly groupCount: number;
  readonly hasBackrefs: boolean;
  readonly literals: Literals;
  private parts: Automata | null = null;
  private nativePart: NativePattern | null | undefined = undefined;
  private linesPart: Regex | null = null;
  private findersPart: readonly LiteralFinder[] | null = null;

  /** With `lineEnd`, a text is many lines and each is matched as if it stood alone: see {@link forLines}. */
  constructor(
    private readonly parsed: ParsedRegex,
    private readonly lineEnd = -1,
    literals: Literals = literalsOf(parsed),
  ) {
    this.groupCount = parsed.groupCount;
    this.hasBackrefs = parsed.hasBackrefs;
    this.literals = lineEnd < 0 || !literals.atBufferStart ? literals : { ...literals, atBufferStart: false };
  }

  /** The same pattern for texts of many lines: a line end is the edge of its line, and no match goes across it. */
  forLines(lineEnd: string): Regex {
    return (this.linesPart ??= new Regex(this.parsed, lineEnd.charCodeAt(0), this.literals));
  }

  /** True when a look for fixed text tells that there is no match; costs no more than that look. */
  isRuledOut(text: string, meter: Meter): boolean {
    meter.spend(1 + (text.length >> 4));
    const { finders } = this;
    for (let k = 0; k < finders.length; k++) if (!(finders[k] as LiteralFinder).isIn(text)) return true;
    return false;
  }

  /** Finds the pattern where that is a text and nothing else; null for others. */
  get wholeFinder(): LiteralFinder | null {
    return this.literals.whole === null ? null : (this.finders[0] ?? null);
  }

  private get finders(): readonly LiteralFinder[] {
    return (this.findersPart ??= findersOf(this.literals));
  }

  /** True when the pattern matches somewhere in the text. */
  test(text: string, meter: Meter): boolean {
    if (this.isRuledOut(text, meter)) return false;
    if (this.literals.whole !== null) return true;
    const { native } = this;
    return native?.isFor(text) === true ? native.test(text, meter) : new Scan(this, text, meter).next(0);
  }

  /** The pattern on V8's RegExp; null when it is not for that. */
  get native(): NativePattern | null {
    if (this.nativePart === undefined) this.nativePart = nativePattern(this.parsed, this.lineEnd);
    return this.nativePart;
  }

  get automata(): Automata {
    return (this.parts ??= new Automata(this.parsed, this.lineEnd));
  }
}

/** Shorter texts are in nearly every text. */
const TELLING_UNITS = 3;

/** Longer texts first: they are rarer, and more is skipped on the way to them. */
function findersOf({ prefixes, required }: Literals): LiteralFinder[] {
  const texts = prefixes.length === 1 ? [...prefixes, ...required] : required;
  const longestFirst = texts.length > 1 ? texts.toSorted((a, b) => b.length - a.length) : texts;
  return longestFirst
    .filter((text, index) => index === 0 || text.length >= TELLING_UNITS)
    .map((text) => new LiteralFinder(text));
}
