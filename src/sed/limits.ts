import { SedError, type Place } from './sed-error.js';

/** Bounds of one compilation and one run. Sizes of text count UTF-16 code units, which is bytes for ASCII. */
export interface Limits {
  /** Steps of one run: a command executed, a character scanned by an automaton, a state built each count one or more. Default 200,000,000. */
  readonly steps: number;
  /** Size of the output of one run. Default 16 MiB: a secret holds at most 64 KiB. */
  readonly outputUnits: number;
  /** Size of the pattern space, and of the hold space. Default 4 MiB. */
  readonly spaceUnits: number;
}

/** Largest script that compiles, all pieces together, in UTF-16 code units. A sedfile of 10,000 rules has about 400,000. */
export const MAX_SCRIPT_UNITS = 4 * 1024 * 1024;

/** Largest compiled pattern, in automaton instructions. `x\{32767\}` needs 32,769; GNU sed gives up at a similar size. */
export const MAX_PATTERN_INSTRUCTIONS = 100_000;

/** Deepest nesting of groups in one pattern. */
export const MAX_GROUP_DEPTH = 250;

export const DEFAULT_LIMITS: Limits = {
  steps: 200_000_000,
  outputUnits: 16 * 1024 * 1024,
  spaceUnits: 4 * 1024 * 1024,
};

/** A stream gets the steps of one run again for every so many bytes: a secret's most. */
const STREAM_BYTES = 65_536;

/** Counts the work of one run and stops it when it is spent. `place` follows the command being executed. */
export class Meter {
  steps = 0;
  place: Place;
  private allowed: number;

  constructor(
    readonly limits: Limits,
    start: Place,
  ) {
    this.place = start;
    this.allowed = limits.steps;
  }

  spend(steps: number): void {
    this.steps += steps;
    if (this.steps > this.allowed) {
      throw this.error(
        'steps-exceeded',
        `the run needs more than ${this.limits.steps} steps; check for an endless loop`,
      );
    }
  }

  /** Bytes of a stream were read, which brings new steps in proportion: what counts is the work between two reads. */
  renew(bytes: number): void {
    this.allowed = Math.max(this.allowed, this.steps + this.limits.steps * Math.ceil(bytes / STREAM_BYTES));
  }

  checkSpace(units: number): void {
    if (units > this.limits.spaceUnits) {
      throw this.error('space-too-large', `a buffer would exceed ${this.limits.spaceUnits} units of text`);
    }
  }

  checkOutput(units: number): void {
    if (units > this.limits.outputUnits) {
      throw this.error('output-too-large', `the output would exceed ${this.limits.outputUnits} units of text`);
    }
  }

  error(code: SedError['code'], sentence: string): SedError {
    return new SedError(code, this.place, sentence);
  }
}
