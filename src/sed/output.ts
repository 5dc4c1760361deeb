import type { Meter } from './limits.js';

/** Collects what a run prints. A line that had no end gets one only when something follows it. */
export class Output {
  private readonly pieces: string[] = [];
  private units = 0;
  private owesLineEnd = false;

  constructor(
    private readonly meter: Meter,
    private readonly lineEnd: string,
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

  toString(): string {
    return this.pieces.join('');
  }

  private push(text: string): void {
    this.units += text.length;
    this.meter.checkOutput(this.units);
    this.pieces.push(text);
  }
}
