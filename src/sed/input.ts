/** The lines of one run's inputs, in order, with one line of look-ahead. Nothing is read before it is needed. */
export class Input {
  /** Number of the line read last; starts again per text when inputs are separate. */
  lineNumber = 0;
  private readonly texts: Iterator<Iterable<string>>;
  /** What is being read: one block, and the blocks behind it. */
  private blocks: Iterator<string> | null = null;
  private block = '';
  private at = 0;
  /** The next text that is not empty, once it was looked for. */
  private following: { readonly blocks: Iterator<string>; readonly block: string } | null = null;

  /** Each text comes in blocks of whole lines; only its last block may lack a line end. */
  constructor(
    texts: Iterable<Iterable<string>>,
    private readonly lineEnd: string,
    private readonly separate: boolean,
  ) {
    this.texts = texts[Symbol.iterator]();
  }

  /** True when no line follows the one read last; with separate inputs, none in its own text. */
  get isAtLast(): boolean {
    return this.separate ? this.isTextDone() : this.isDone;
  }

  /** True when nothing is left in any text. */
  get isDone(): boolean {
    return this.isTextDone() && !this.findsFollowing();
  }

  /** The next line without its end, and whether it had one; null when all are read. */
  next(): { text: string; ended: boolean } | null {
    if (this.isTextDone() && !this.follow()) return null;
    const { block, at } = this;
    const end = block.indexOf(this.lineEnd, at);
    const line = { text: block.slice(at, end < 0 ? block.length : end), ended: end >= 0 };
    this.at = end < 0 ? block.length : end + 1;
    this.lineNumber++;
    return line;
  }

  /** Whole lines of at most `maxUnits` together, or one longer line, with and without the last one's end; null at the end. */
  nextLines(maxUnits: number): { text: string; ended: boolean; whole: string } | null {
    const line = this.next();
    if (line === null) return null;
    if (!line.ended) return { ...line, whole: line.text };
    const { block } = this;
    const start = this.at - line.text.length - 1;
    const rest =
      block.length - start <= maxUnits ? block.length : block.lastIndexOf(this.lineEnd, start + maxUnits - 1) + 1;
    this.at = Math.max(this.at, rest);
    const ended = block[this.at - 1] === this.lineEnd;
    return { text: block.slice(start, ended ? this.at - 1 : this.at), ended, whole: block.slice(start, this.at) };
  }

  private isTextDone(): boolean {
    if (this.at < this.block.length) return false;
    const block = this.blocks === null ? null : nextBlock(this.blocks);
    if (block === null) this.blocks = null;
    else [this.block, this.at] = [block, 0];
    return block === null;
  }

  /** Goes on with the next text; false when there is none. */
  private follow(): boolean {
    if (!this.findsFollowing() || this.following === null) return false;
    ({ blocks: this.blocks, block: this.block } = this.following);
    this.following = null;
    this.at = 0;
    if (this.separate) this.lineNumber = 0;
    return true;
  }

  private findsFollowing(): boolean {
    while (this.following === null) {
      const next = this.texts.next();
      if (next.done === true) return false;
      const blocks = next.value[Symbol.iterator]();
      const block = nextBlock(blocks);
      if (block !== null) this.following = { blocks, block };
    }
    return true;
  }
}

/** The next block that is not empty. */
function nextBlock(blocks: Iterator<string>): string | null {
  for (let next = blocks.next(); next.done !== true; next = blocks.next()) if (next.value !== '') return next.value;
  return null;
}
