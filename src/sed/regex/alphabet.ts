import { assertNever } from '../assert-never.js';
import { isWordChar } from './char-classes.js';
import type { Nfa } from './nfa.js';
import type { Assertion } from './syntax.js';

/** What stands beside a position, as far as assertions care. */
export const Side = { EDGE: 0, LINE_END: 1, WORD: 2, OTHER: 3 } as const;

/** The class of "no character": before the first and after the last one. */
export const EDGE_CLASS = 0;

/** True when the assertion holds between a character of kind `before` and one of kind `after`. */
export function holds(assertion: Assertion, before: number, after: number): boolean {
  switch (assertion) {
    case 'buffer-start':
      return before === Side.EDGE;
    case 'buffer-end':
      return after === Side.EDGE;
    case 'line-start':
      return before <= Side.LINE_END;
    case 'line-end':
      return after <= Side.LINE_END;
    case 'word-edge':
      return (before === Side.WORD) !== (after === Side.WORD);
    case 'not-word-edge':
      return (before === Side.WORD) === (after === Side.WORD);
    case 'word-start':
      return before !== Side.WORD && after === Side.WORD;
    case 'word-end':
      return before === Side.WORD && after !== Side.WORD;
    default:
      return assertNever(assertion);
  }
}

/**
 * Divides the characters into the classes one automaton can tell apart. Classes are found as characters are met, so
 * a pattern with `\w` costs nothing for the 100,000 letters that never come.
 */
export class Alphabet {
  /** Class of each ASCII character; 0 while it has not been met. */
  readonly ascii = new Uint16Array(128);
  /** Classes lie below `1 << shift`. */
  shift = 4;
  private readonly members: boolean[][] = [[]];
  private readonly sides: number[];
  private readonly bySignature = new Map<string, number>();
  private readonly beyondAscii = new Map<number, number>();
  private readonly usesWords: boolean;
  private readonly usesLines: boolean;
  /** The pattern has assertions, so what stands beside a position matters. */
  readonly usesSides: boolean;

  constructor(
    private readonly nfa: Nfa,
    private readonly lineEnd: number,
    /** A character that is in no set and stands for the edge of the text, as between lines; -1 for none. */
    private readonly edge: number,
  ) {
    this.usesSides = nfa.assertions.length > 0;
    this.usesWords = nfa.assertions.some((assertion) => assertion.includes('word'));
    this.usesLines = nfa.assertions.some((assertion) => assertion.startsWith('line'));
    this.sides = [this.usesSides ? Side.EDGE : Side.OTHER];
    this.members[0] = nfa.sets.map(() => false);
  }

  classOf(codePoint: number): number {
    const known = codePoint < 128 ? this.ascii[codePoint] : this.beyondAscii.get(codePoint);
    if (known !== undefined && known !== 0) return known;
    const found = this.classify(codePoint);
    if (codePoint < 128) this.ascii[codePoint] = found;
    else this.beyondAscii.set(codePoint, found);
    return found;
  }

  /** Class of the character before `index`, or EDGE_CLASS. */
  classBefore(text: string, index: number): number {
    if (index === 0) return EDGE_CLASS;
    const unit = text.charCodeAt(index - 1);
    const isPair = unit >= 0xdc00 && unit <= 0xdfff && index > 1 && (text.codePointAt(index - 2) as number) > 0xffff;
    return this.classOf(isPair ? (text.codePointAt(index - 2) as number) : unit);
  }

  /** Class of the character at `index`, or EDGE_CLASS. */
  classAt(text: string, index: number): number {
    return index >= text.length ? EDGE_CLASS : this.classOf(text.codePointAt(index) as number);
  }

  sideOf(cls: number): number {
    return this.sides[cls] as number;
  }

  /** For each set of the automaton, whether characters of the class are in it. */
  membersOf(cls: number): readonly boolean[] {
    return this.members[cls] as boolean[];
  }

  private classify(codePoint: number): number {
    const membership = this.nfa.sets.map((set) => codePoint !== this.edge && set.has(codePoint));
    const side = this.side(codePoint);
    const signature = `${side}${membership.map(Number).join('')}`;
    const known = this.bySignature.get(signature);
    if (known !== undefined) return known;
    const cls = this.members.push(membership) - 1;
    this.sides.push(side);
    this.bySignature.set(signature, cls);
    while (cls >= 1 << this.shift) this.shift++;
    return cls;
  }

  private side(codePoint: number): number {
    if (codePoint === this.edge && this.usesSides) return Side.EDGE;
    if (this.usesLines && codePoint === this.lineEnd) return Side.LINE_END;
    return this.usesWords && isWordChar(codePoint) ? Side.WORD : Side.OTHER;
  }
}
