import type { Alphabet } from './alphabet.js';
import { Op, type Nfa } from './nfa.js';

/** Tells which characters a match can start with; null when a match may be empty. */
export class FirstCharacters {
  /** Per ASCII character 1 or 0; code points beyond are asked one by one. */
  readonly ascii = new Uint8Array(128);
  private readonly sets: readonly number[];

  private constructor(
    private readonly alphabet: Alphabet,
    sets: ReadonlySet<number>,
  ) {
    this.sets = [...sets];
    for (let unit = 0; unit < 128; unit++) this.ascii[unit] = this.admits(unit) ? 1 : 0;
  }

  static of(nfa: Nfa, alphabet: Alphabet): FirstCharacters | null {
    const sets = new Set<number>();
    const seen = new Set<number>([nfa.start]);
    for (const at of seen) {
      const kind = nfa.op[at];
      if (kind === Op.ACCEPT || kind === Op.BACKREF) return null;
      if (kind === Op.SET) {
        sets.add(nfa.arg[at] as number);
        continue;
      }
      seen.add(nfa.next[at] as number);
      if (kind === Op.SPLIT) seen.add(nfa.arg[at] as number);
    }
    return new FirstCharacters(alphabet, sets);
  }

  /** Index of the first character at or after `from` that a match can start with; the text's length when there is none. */
  find(text: string, from: number): number {
    const { ascii } = this;
    const { length } = text;
    for (let i = from; i < length; i++) {
      const unit = text.charCodeAt(i);
      if (unit < 128) {
        if (ascii[unit] === 1) return i;
        continue;
      }
      const codePoint = text.codePointAt(i) as number;
      if (this.admits(codePoint)) return i;
      if (codePoint > 0xffff) i++;
    }
    return length;
  }

  private admits(codePoint: number): boolean {
    const members = this.alphabet.membersOf(this.alphabet.classOf(codePoint));
    return this.sets.some((set) => members[set] === true);
  }
}
