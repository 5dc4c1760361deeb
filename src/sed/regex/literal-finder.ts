import { escapedForRegExp } from './native-source.js';

/** In shorter texts, indexOf is done before a RegExp has begun. */
const LONG_TEXT_UNITS = 2_048;

/** Within so many, indexOf is quicker. */
export const NEAR_UNITS = 512;

/** Finds a fixed text in others. */
export class LiteralFinder {
  private regExp: RegExp | null = null;

  constructor(readonly needle: string) {}

  isIn(text: string): boolean {
    // What is there is often there soon, and then no RegExp need be built.
    if (this.regExp === null && text.slice(0, NEAR_UNITS).indexOf(this.needle) >= 0) return true;
    return this.next(text, 0) >= 0;
  }

  /** Where it stands first at or after `from`, or -1. */
  next(text: string, from: number): number {
    // indexOf, because V8 leaves fast code for includes.
    if (text.length < LONG_TEXT_UNITS || this.needle.length < 2) return text.indexOf(this.needle, from);
    this.regExp ??= skippingRegExp(this.needle);
    this.regExp.lastIndex = from;
    return this.regExp.test(text) ? this.regExp.lastIndex - this.needle.length : -1;
  }
}

/** The empty group keeps V8 from searching as indexOf does, which looks at five times as many characters. */
function skippingRegExp(needle: string): RegExp {
  return new RegExp(`(?:)${escapedForRegExp(needle)}`, 'g');
}
