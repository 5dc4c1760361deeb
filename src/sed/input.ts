/** The lines of one run's inputs, in order, with one line of look-ahead. */
export class Input {
  /** Number of the line read last; starts again per text when inputs are separate. */
  lineNumber = 0;
  private readonly texts: readonly string[];
  private index = 0;
  private at = 0;

  constructor(
    texts: readonly string[],
    private readonly lineEnd: string,
    private readonly separate: boolean,
  ) {
    this.texts = texts.filter((text) => text !== '');
  }

  /** True when no line follows the one read last; with separate inputs, none in its own text. */
  get isAtLast(): boolean {
    return this.separate ? this.isTextDone : this.isDone;
  }

  /** True when nothing is left in any text. */
  get isDone(): boolean {
    return this.index >= this.texts.length || (this.isTextDone && this.index + 1 >= this.texts.length);
  }

  /** The next line without its end, and whether it had one; null when all are read. */
  next(): { text: string; ended: boolean } | null {
    if (this.isDone) return null;
    if (this.isTextDone) {
      this.index++;
      this.at = 0;
      if (this.separate) this.lineNumber = 0;
    }
    const text = this.texts[this.index] as string;
    const end = text.indexOf(this.lineEnd, this.at);
    const line = { text: text.slice(this.at, end < 0 ? text.length : end), ended: end >= 0 };
    this.at = end < 0 ? text.length : end + 1;
    this.lineNumber++;
    return line;
  }

  private get isTextDone(): boolean {
    return this.at >= (this.texts[this.index]?.length ?? 0);
  }
}
