import type { CaseMode } from './program.js';
import { lowerOf, upperOf } from './regex/fold.js';

/** Applies `\U \L \u \l \E` to text that comes piece by piece. */
export class CaseConverter {
  private running: 'U' | 'L' | 'E' = 'E';
  private once: 'u' | 'l' | null = null;

  switch(mode: CaseMode): void {
    if (mode === 'u' || mode === 'l') {
      this.once = mode;
      return;
    }
    // As GNU sed 4.9 has it: `\L\u` is an upper-case letter before lower-case ones, `\u\L` is lower case only.
    this.once = null;
    this.running = mode;
  }

  convert(text: string): string {
    if (text === '' || (this.once === null && this.running === 'E')) return text;
    const { once } = this;
    this.once = null;
    if (once === null) return this.rest(text);
    const first = text.codePointAt(0) as number;
    const width = first > 0xffff ? 2 : 1;
    return String.fromCodePoint(once === 'u' ? upperOf(first) : lowerOf(first)) + this.rest(text.slice(width));
  }

  private rest(text: string): string {
    if (this.running === 'E') return text;
    const convert = this.running === 'U' ? upperOf : lowerOf;
    let converted = '';
    for (const char of text) converted += String.fromCodePoint(convert(char.codePointAt(0) as number));
    return converted;
  }
}
