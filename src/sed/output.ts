import type { Meter } from './limits.js';
import { encode } from './text.js';

/** Takes output as it is made. */
export interface Sink {
  readonly write: (bytes: Uint8Array) => void;
  /** Units of text to collect before they are written. */
  readonly atLeast: number;
}

/** Collects what a run prints. A line that had no end gets one only when something follows it. */
export class Output {
  private pieces: string[] = [];
  private units = 0;
  private unwritten = 0;
  private owesLineEnd = false;

  constructor(
    private readonly meter: Meter,
    private readonly lineEnd: string,
    private readonly sink: Sink | null = null,
  ) {}

  /** A pattern space; `ended` false when its last line had no end in the input. */
  line(text: string, ended: boolean): void {
    this.payLineEnd();
    this.push(text);
    if (ended) this.push(this.lineEnd);
    else this.owesLineEnd = true;
  }

  /** Text as it is, which brings its own line end. */
  raw(text: string): void {
    this.payLineEnd();
    this.push(text);
  }

  /** Adds the line end that the last line had not. */
  payLineEnd(): void {
    if (!this.owesLineEnd) return;
    this.owesLineEnd = false;
    this.push(this.lineEnd);
  }

  /** Hands on what is collected. */
  flush(): void {
    if (this.sink === null || this.pieces.length === 0) return;
    const text = this.toString();
    [this.pieces, this.unwritten] = [[], 0];
    this.sink.write(encode(text));
  }

  toString(): string {
    return this.pieces.join('');
  }

  private push(text: string): void {
    this.units += text.length;
    this.meter.checkOutput(this.units);
    this.pieces.push(text);
    if (this.sink === null) return;
    this.unwritten += text.length;
    if (this.unwritten >= this.sink.atLeast) this.flush();
  }
}
