import { Automata } from './automata.js';
import { literalsOf, type Literals } from './literals.js';
import { Scan } from './scan.js';
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

  /** True when a look for fixed text tells that there is no match; costs no more than that look. */
  isRuledOut(text: string, meter: Meter): boolean {
    const { required, prefixes } = this.literals;
    meter.spend(1 + (text.length >> 4));
    // indexOf, because V8 leaves fast code for includes.
    if (prefixes.length === 1 && text.indexOf(prefixes[0] as string) < 0) return true;
    for (let k = 0; k < required.length; k++) if (text.indexOf(required[k] as string) < 0) return true;
    return false;
  }

  /** True when the pattern matches somewhere in the text. */
  test(text: string, meter: Meter): boolean {
    return !this.isRuledOut(text, meter) && (this.literals.whole !== null || new Scan(this, text, meter).next(0));
  }

  get automata(): Automata {
    return (this.parts ??= new Automata(this.parsed));
  }
}
