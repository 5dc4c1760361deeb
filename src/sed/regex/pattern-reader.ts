/** The reading position in a pattern, and how operators are spelled: bare in extended syntax, escaped in basic. */
export class PatternReader {
  protected at = 0;

  constructor(
    protected readonly source: string,
    protected readonly extended: boolean,
  ) {}

  protected quantifierMark(): '*' | '+' | '?' | '{' | null {
    if (this.source[this.at] === '*') return '*';
    for (const mark of ['+', '?', '{'] as const) if (this.isOperator(mark)) return mark;
    return null;
  }

  protected isOperator(char: string): boolean {
    if (this.extended) return this.source[this.at] === char;
    return this.source[this.at] === '\\' && this.source[this.at + 1] === char;
  }

  protected skipOperator(bare = false): void {
    this.at += this.extended || bare ? 1 : 2;
  }
}
