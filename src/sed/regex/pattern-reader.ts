import { RegexProblem } from './regex-problem.js';

const PLAIN = /[A-Za-z0-9 "#%&',/:;<=>@_`~!-]+/y;
const MARK_STARTS = new Set('*+?{\\');

/** The reading position in a pattern, and how operators are spelled: bare in extended syntax, escaped in basic. */
export class PatternReader {
  protected at = 0;

  constructor(
    protected readonly source: string,
    protected readonly extended: boolean,
    /** Without GNU sed's operators. */
    protected readonly posix: boolean,
  ) {}

  /** Characters that are themselves in both syntaxes, without the last one where a repetition mark may follow. */
  protected plainRun(): string {
    PLAIN.lastIndex = this.at;
    const run = PLAIN.exec(this.source)?.[0] ?? '';
    return MARK_STARTS.has(this.source.charAt(this.at + run.length)) ? run.slice(0, -1) : run;
  }

  protected quantifierMark(): '*' | '+' | '?' | '{' | null {
    if (this.source[this.at] === '*') return '*';
    for (const mark of ['+', '?', '{'] as const) if (this.isOperator(mark)) return mark;
    return null;
  }

  protected isOperator(char: string): boolean {
    if (this.extended) return this.source[this.at] === char;
    if (this.posix && '|+?'.includes(char)) return false;
    return this.source[this.at] === '\\' && this.source[this.at + 1] === char;
  }

  protected skipOperator(bare = false): void {
    this.at += this.extended || bare ? 1 : 2;
  }

  protected nothingToRepeat(): RegexProblem {
    return new RegexProblem(
      this.at,
      'a repetition mark follows nothing that can be repeated; put a character, a set or a group before it',
    );
  }
}
