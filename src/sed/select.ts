import { assertNever } from './assert-never.js';
import type { Input } from './input.js';
import type { Address, Command, RangeEnd, RegexUse } from './program.js';

/** What selecting needs to know about the run. */
export interface Selectable {
  readonly input: Input;
  matches(regex: RegexUse): boolean;
}

/** A range that is running: the line it ends at, or Infinity when its end is found otherwise. */
type RangeState = { readonly until: number } | null;

/** Decides which commands apply to the current line. Ranges remember where they stand, each for itself. */
export class Selector {
  private readonly ranges: RangeState[];
  private readonly started = new Set<number>();

  constructor(
    commands: readonly Command[],
    private readonly run: Selectable,
  ) {
    this.ranges = commands.map((command) => (command.from?.kind === 'zero' ? { until: Infinity } : null));
  }

  selects(command: Command, index: number): boolean {
    const { from, to, negated } = command;
    if (from === null) return !negated;
    const applies = to === null ? this.matchesAddress(from) : this.inRange(from, to, index);
    return applies !== negated;
  }

  /** True while a range goes on behind this line: `c` prints at its end only. */
  isRangeOpen(index: number): boolean {
    return this.ranges[index] != null;
  }

  private inRange(from: Address, to: RangeEnd, index: number): boolean {
    const state = this.ranges[index] ?? null;
    if (state !== null) return this.continueRange(state, to, index);
    if (!this.startsHere(from, to, index)) return false;
    this.started.add(index);
    this.ranges[index] = this.openRange(to);
    return true;
  }

  /** A line number also starts a range late, when `n` or `N` went past it and the end is not behind as well. */
  private startsHere(from: Address, to: RangeEnd, index: number): boolean {
    if (from.kind !== 'line') return this.matchesAddress(from);
    const { lineNumber } = this.run.input;
    if (lineNumber === from.line) return true;
    return lineNumber > from.line && !this.started.has(index) && (to.kind !== 'line' || lineNumber <= to.line);
  }

  /** The state behind the first line of a range; null when that line is all of it. */
  private openRange(to: RangeEnd): RangeState {
    const { input } = this.run;
    const { lineNumber } = input;
    const until = endLine(to, lineNumber);
    if (to.kind === 'last' && input.isAtLast) return null;
    if (to.kind === 'step' && this.matchesAddress(to)) return null;
    return until > lineNumber ? { until } : null;
  }

  private continueRange(state: { until: number }, to: RangeEnd, index: number): boolean {
    const { lineNumber } = this.run.input;
    if (state.until !== Infinity) {
      if (lineNumber >= state.until) this.ranges[index] = null;
      // Lines were skipped past the end. A counted range still takes this one, as GNU sed does; a numbered one does not.
      return lineNumber <= state.until || to.kind !== 'line';
    }
    if (this.endsHere(to)) this.ranges[index] = null;
    return true;
  }

  private endsHere(to: RangeEnd): boolean {
    if (to.kind === 'last') return this.run.input.isAtLast;
    return (to.kind === 'regex' || to.kind === 'step') && this.matchesAddress(to);
  }

  private matchesAddress(address: Address): boolean {
    const { input } = this.run;
    const { lineNumber } = input;
    switch (address.kind) {
      case 'line':
        return lineNumber === address.line;
      case 'step':
        return lineNumber >= address.first && (lineNumber - address.first) % address.step === 0;
      case 'last':
        // Looked at only here, since it may mean waiting for input.
        return input.isAtLast;
      case 'zero':
        return false;
      case 'regex':
        return this.run.matches(address.regex);
      default:
        return assertNever(address);
    }
  }
}

/** The number of the line that ends a range started at `first`; Infinity when it is not known by number. */
function endLine(to: RangeEnd, first: number): number {
  switch (to.kind) {
    case 'line':
      return to.line;
    case 'plus':
      return first + to.count;
    case 'multiple':
      return to.of === 0 ? first : (Math.floor(first / to.of) + 1) * to.of;
    case 'last':
    case 'regex':
    case 'step':
      return Infinity;
    default:
      return assertNever(to);
  }
}
