import { isHighSurrogate } from '../text.js';
import { CLASS_NAMES, type ClassName } from './char-classes.js';
import { CharSet, type SetItem } from './char-set.js';
import { foldCase } from './fold.js';
import { RegexProblem } from './regex-problem.js';
import type { RegexFlags } from './syntax.js';

/** Reads one bracket expression that starts at `start`; afterwards `end` is the index behind its `]`. */
export class BracketReader {
  end: number;
  private readonly items: SetItem[] = [];

  constructor(
    private readonly source: string,
    private readonly start: number,
    private readonly flags: RegexFlags,
  ) {
    this.end = start + 1;
  }

  read(): CharSet {
    const negated = this.source[this.end] === '^';
    if (negated) this.end++;
    for (let first = true; first || this.source[this.end] !== ']'; first = false) this.item();
    this.end++;
    this.refuseBareClass();
    return new CharSet(this.items, negated, this.flags.ignoreCase, negated && this.flags.multiline ? 10 : -1);
  }

  private item(): void {
    const from = this.end;
    if (this.source.startsWith('[:', from)) return this.namedClass();
    if (this.source.startsWith('[=', from)) return this.equivalence();
    const low = this.endpoint();
    if (low < 0) return;
    if (this.source[this.end] !== '-' || this.source[this.end + 1] === ']') return this.add(low, low);
    this.end++;
    if (this.source.startsWith('[:', this.end) || this.source.startsWith('[=', this.end)) throw this.badRange(from);
    const high = this.endpoint();
    if (high < 0) throw this.badRange(from);
    const [first, last] = this.flags.ignoreCase ? [foldCase(low), foldCase(high)] : [low, high];
    if (first > last) throw this.badRange(from);
    this.add(first, last);
  }

  /** One character or `[.x.]`; -1 when it was a variable, which stands for each of its characters. */
  private endpoint(): number {
    if (this.source.startsWith('[.', this.end)) return this.single('.');
    const codePoint = this.source.codePointAt(this.end);
    if (codePoint === undefined) throw this.unclosed();
    this.end += codePoint > 0xffff ? 2 : 1;
    if (!isHighSurrogate(codePoint)) return codePoint;
    this.end++;
    this.items.push({ kind: 'variable', slot: codePoint - 0xd800 });
    return -1;
  }

  private add(low: number, high: number): void {
    const [first, last] = this.flags.ignoreCase && low === high ? [foldCase(low), foldCase(low)] : [low, high];
    this.items.push({ kind: 'range', low: first, high: last });
  }

  private equivalence(): void {
    const codePoint = this.single('=');
    if (this.source[this.end] === '-' && this.source[this.end + 1] !== ']') throw this.badRange(this.end);
    this.add(codePoint, codePoint);
  }

  /** The character inside `[.x.]` or `[=x=]`. */
  private single(mark: string): number {
    const from = this.end;
    const close = this.source.indexOf(`${mark}]`, from + 3);
    if (close < 0) throw this.unclosed();
    const codePoint = this.source.codePointAt(from + 2) as number;
    if (from + 2 + (codePoint > 0xffff ? 2 : 1) !== close) {
      throw new RegexProblem(from, 'a collating element is one character here');
    }
    this.end = close + 2;
    return codePoint;
  }

  private namedClass(): void {
    const close = this.source.indexOf(':]', this.end + 2);
    if (close < 0) throw this.unclosed();
    const name = CLASS_NAMES.find((known) => known === this.source.slice(this.end + 2, close));
    if (name === undefined)
      throw new RegexProblem(this.end, `unknown character class; known are ${CLASS_NAMES.join(', ')}`);
    this.end = close + 2;
    if (this.source[this.end] === '-' && this.source[this.end + 1] !== ']') throw this.badRange(this.end);
    this.items.push({ kind: 'class', name: name satisfies ClassName });
  }

  /** `[:alpha:]` alone is nearly always a slip for `[[:alpha:]]`; GNU sed refuses it too. */
  private refuseBareClass(): void {
    const text = this.source.slice(this.start, this.end);
    const isPlain = this.items.every((item) => item.kind === 'range' && item.low === item.high);
    if (isPlain && /^\[\^?:+[^:].*:\]$/su.test(text) && !/.\[[:.=]/su.test(text)) {
      throw new RegexProblem(this.start, 'a character class stands in double brackets, as in [[:space:]]');
    }
  }

  private badRange(index: number): RegexProblem {
    return new RegexProblem(index, 'a range needs one character on each side, the first not after the second');
  }

  private unclosed(): RegexProblem {
    return new RegexProblem(this.start, 'the bracket expression is not closed');
  }
}
