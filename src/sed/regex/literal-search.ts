import type { Literals } from './literals.js';
import type { Meter } from '../limits.js';

/** A search for fixed text passes 2 to this power characters in the time an automaton reads one. */
const UNITS_PER_STEP_LOG2 = 4;

/** Looks for the fixed texts of a pattern in one text. Each text is searched once, however often it is asked for. */
export class LiteralSearch {
  private readonly prefixAt: number[];
  private readonly requiredAt: number[];

  constructor(
    private readonly literals: Literals,
    private readonly text: string,
    private readonly meter: Meter,
  ) {
    this.prefixAt = literals.prefixes.map(() => -1);
    this.requiredAt = literals.required.map(() => -1);
  }

  /** True when a match that starts at or after `from` can have all texts it needs. */
  isPossible(from: number): boolean {
    const { required } = this.literals;
    for (let k = 0; k < required.length; k++) {
      if ((this.requiredAt[k] as number) >= from) continue;
      const found = this.find(required[k] as string, from);
      if (found < 0) return false;
      this.requiredAt[k] = found;
    }
    return true;
  }

  /** The first position at or after `from` with one of the pattern's beginnings, or -1. */
  nextPrefix(from: number): number {
    const { prefixes } = this.literals;
    let first = Infinity;
    for (let k = 0; k < prefixes.length; k++) {
      let at = this.prefixAt[k] as number;
      if (at < from) {
        const found = this.find(prefixes[k] as string, from);
        at = this.prefixAt[k] = found < 0 ? Infinity : found;
      }
      if (at < first) first = at;
    }
    return first === Infinity ? -1 : first;
  }

  private find(needle: string, from: number): number {
    const found = this.text.indexOf(needle, from);
    this.meter.spend(1 + (((found < 0 ? this.text.length : found) - from) >> UNITS_PER_STEP_LOG2));
    return found;
  }
}
