import { MAX_SCRIPT_UNITS } from './limits.js';
import { SedError, type Place, type SedErrorCode } from './sed-error.js';
import { decode } from './text.js';
import { withoutMarks } from './variables.js';

/** One piece of script text; `name` appears in errors as the file. Bytes need not be UTF-8. */
export interface SedSource {
  readonly name: string;
  readonly text: string | Uint8Array;
}

/** The reading position in a script. It knows which piece, line and column it stands at, so every error does. */
export class Cursor {
  readonly text: string;
  at = 0;
  private readonly pieces: readonly { name: string; start: number }[];
  private readonly lineStarts: number[] = [0];

  constructor(sources: readonly SedSource[]) {
    const texts = sources.map(({ text }) => withoutMarks(typeof text === 'string' ? text : decode(text)));
    let start = 0;
    this.pieces = sources.map(({ name }, index) => {
      const piece = { name, start };
      start += (texts[index] as string).length + 1;
      return piece;
    });
    this.text = texts.join('\n');
    for (let i = this.text.indexOf('\n'); i >= 0; i = this.text.indexOf('\n', i + 1)) this.lineStarts.push(i + 1);
    if (this.text.length > MAX_SCRIPT_UNITS) {
      throw this.error('script-too-large', `a script holds at most ${MAX_SCRIPT_UNITS} characters`, 0);
    }
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** The character at the reading position, '' at the end. */
  peek(): string {
    return this.text.charAt(this.at);
  }

  next(): string {
    return this.text.charAt(this.at++);
  }

  /** Skips what matches; blanks by default. */
  skip(pattern: RegExp = /[ \t\r\f\v]/): void {
    while (!this.isAtEnd && pattern.test(this.peek())) this.at++;
  }

  /** Reads digits; null when there are none. Larger numbers than a double holds exactly are all the same large one. */
  number(): number | null {
    const from = this.at;
    this.skip(/[0-9]/);
    return this.at === from ? null : Math.min(Number(this.text.slice(from, this.at)), Number.MAX_SAFE_INTEGER);
  }

  place(index: number = this.at): Place {
    const line = lastAtOrBefore(this.lineStarts, index, (start) => start);
    const piece = lastAtOrBefore(this.pieces, index, ({ start }) => start);
    const { name, start } = this.pieces[piece] as { name: string; start: number };
    const firstLine = lastAtOrBefore(this.lineStarts, start, (lineStart) => lineStart);
    return Object.freeze({
      file: name,
      line: line - firstLine + 1,
      column: index - (this.lineStarts[line] as number) + 1,
    });
  }

  error(code: SedErrorCode, sentence: string, index: number = this.at): SedError {
    return new SedError(code, this.place(index), sentence);
  }
}

function lastAtOrBefore<T>(items: readonly T[], index: number, startOf: (item: T) => number): number {
  let low = 0;
  for (let high = items.length - 1; low < high;) {
    const middle = (low + high + 1) >> 1;
    if (startOf(items[middle] as T) <= index) low = middle;
    else high = middle - 1;
  }
  return low;
}
