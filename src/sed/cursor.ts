import { MAX_SCRIPT_UNITS } from './limits.js';
import { SedError, type Place, type ReadTo, type SedErrorCode } from './sed-error.js';
import { decode, encode } from './text.js';
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
  private readonly pieces: readonly { name: string; start: number; end: number }[];
  private readonly lineStarts: number[] = [0];

  constructor(sources: readonly SedSource[]) {
    const texts = sources.map(({ text }) => withoutMarks(typeof text === 'string' ? text : decode(text)));
    let joined = '';
    this.pieces = sources.map(({ name }, index) => {
      // A piece whose last line has an end needs no other before the next piece.
      if (index > 0 && !joined.endsWith('\n')) joined += '\n';
      const start = joined.length;
      joined += texts[index] as string;
      return { name, start, end: joined.length };
    });
    this.text = joined;
    for (let i = this.text.indexOf('\n'); i >= 0; i = this.text.indexOf('\n', i + 1)) this.lineStarts.push(i + 1);
    if (this.text.length > MAX_SCRIPT_UNITS) {
      throw this.error('script-too-large', `a script holds at most ${MAX_SCRIPT_UNITS} characters`, 0);
    }
  }

  get isAtEnd(): boolean {
    return this.at >= this.text.length;
  }

  /** Only the text of `a`, `i` and `c` may go on in the next piece. */
  get isAtPieceEnd(): boolean {
    return this.at === this.pieceAt(this.at - 1).end;
  }

  /** The character at the reading position, '' at the end. */
  peek(): string {
    return this.text.charAt(this.at);
  }

  next(): string {
    return this.text.charAt(this.at++);
  }

  /** Skips what a sticky pattern matches here, which may be nothing; blanks by default. */
  skip(pattern: RegExp = /[ \t\r\f\v]*/y): void {
    if (this.isAtEnd) return;
    pattern.lastIndex = this.at;
    pattern.test(this.text);
    this.at = pattern.lastIndex;
  }

  /** Reads digits; null when there are none. Larger numbers than a double holds exactly are all the same large one. */
  number(): number | null {
    const from = this.at;
    this.skip(/[0-9]*/y);
    return this.at === from ? null : Math.min(Number(this.text.slice(from, this.at)), Number.MAX_SAFE_INTEGER);
  }

  place(index: number = this.at): Place {
    const { name, start } = this.pieceAt(index);
    const line = this.lineAt(index);
    const column = index - (this.lineStarts[line] as number) + 1;
    return { file: name, line: line - this.lineAt(start) + 1, column };
  }

  error(code: SedErrorCode, sentence: string, index: number = this.at): SedError {
    return new SedError(code, this.place(index), sentence, this.readTo());
  }

  /** The error for the character at the reading position, which counts as read. */
  refuse(code: SedErrorCode, sentence: string): SedError {
    const at = this.at++;
    return this.error(code, sentence, at);
  }

  private readTo(): ReadTo {
    // What was read last tells the piece: the line end between two pieces belongs to neither.
    const { name, start, end } = this.pieceAt(Math.max(this.at - 1, 0));
    const at = Math.min(this.at, end);
    return {
      file: name,
      line: this.lineAt(at) - this.lineAt(start) + 1,
      bytes: encode(this.text.slice(start, at)).length,
    };
  }

  private pieceAt(index: number): { name: string; start: number; end: number } {
    return this.pieces[lastAtOrBefore(this.pieces, index, ({ start }) => start)] as (typeof this.pieces)[number];
  }

  private lineAt(index: number): number {
    return lastAtOrBefore(this.lineStarts, index, (start) => start);
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
