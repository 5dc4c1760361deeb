import type { Alphabet } from './alphabet.js';
import { Op, type Nfa } from './nfa.js';

/** What a walk does on one character: go on at `next`, setting `slots`. Slots stand in `saves` from `from` to `to`. */
interface Move {
  readonly next: number;
  readonly saves: readonly number[];
}

/** No instruction takes the character, or more than one does. */
const AMBIGUOUS: Move = { next: -1, saves: [] };

/** Larger patterns are not worth a table; this one has at most some kilobytes. */
const MAX_INSTRUCTIONS = 1_000;

/**
 * The quick walk for patterns in which each character leaves one way only, as in `"\([a-z]*\)": "\([^"]*\)"`: the
 * groups of a match are then read off in one pass. It gives up, for good, at the first choice it would have to make.
 */
export class OnePassWalk {
  /** Move by `instruction << shift | class`, as its index in `moves`; 0 while it has not been needed. */
  private table: Uint16Array;
  private shift: number;
  private readonly moves: Move[] = [AMBIGUOUS];
  private readonly endings = new Map<number, readonly number[]>();
  private gaveUp: boolean;

  constructor(
    private readonly nfa: Nfa,
    private readonly alphabet: Alphabet,
  ) {
    this.shift = alphabet.shift;
    this.gaveUp = nfa.assertions.length > 0 || nfa.size > MAX_INSTRUCTIONS;
    this.table = new Uint16Array(this.gaveUp ? 0 : nfa.size << this.shift);
  }

  /** Start and end per group as CaptureWalk gives them; null when this pattern is not for this walk. */
  capture(text: string, start: number, end: number): Int32Array | null {
    if (this.gaveUp) return null;
    const slots = new Int32Array(this.nfa.slotCount).fill(-1);
    let at = this.nfa.start;
    for (let i = start; i < end;) {
      const codePoint = text.codePointAt(i) as number;
      const cls = this.alphabet.classOf(codePoint);
      if (this.shift !== this.alphabet.shift) this.followAlphabet();
      const known = this.table[(at << this.shift) | cls] as number;
      const move = known === 0 ? this.findMove(at, cls) : (this.moves[known] as Move);
      if (move === AMBIGUOUS) {
        this.gaveUp = true;
        return null;
      }
      const { saves } = move;
      for (let k = 0; k < saves.length; k++) slots[saves[k] as number] = i;
      at = move.next;
      i += codePoint > 0xffff ? 2 : 1;
    }
    for (const slot of this.endingFrom(at)) slots[slot] = end;
    slots[0] = start;
    slots[1] = end;
    return slots;
  }

  private findMove(at: number, cls: number): Move {
    const members = this.alphabet.membersOf(cls);
    const takers = this.reach(at).filter(
      ({ at: taker }) => this.nfa.op[taker] === Op.SET && members[this.nfa.arg[taker] as number] === true,
    );
    const only = takers[0];
    if (only === undefined || takers.length > 1 || this.moves.length > 0xffff) return AMBIGUOUS;
    const move = { next: this.nfa.next[only.at] as number, saves: only.saves };
    this.table[(at << this.shift) | cls] = this.moves.push(move) - 1;
    return move;
  }

  private followAlphabet(): void {
    this.shift = this.alphabet.shift;
    this.table = new Uint16Array(this.nfa.size << this.shift);
  }

  private endingFrom(at: number): readonly number[] {
    const known = this.endings.get(at);
    if (known !== undefined) return known;
    const saves = this.reach(at).find(({ at: reached }) => this.nfa.op[reached] === Op.ACCEPT)?.saves ?? [];
    this.endings.set(at, saves);
    return saves;
  }

  /** What is reachable without consuming, preferred ways first, with the slots set on the way. */
  private reach(from: number): { at: number; saves: readonly number[] }[] {
    const { op, next, arg } = this.nfa;
    const reached: { at: number; saves: readonly number[] }[] = [];
    const visited = new Set<number>();
    const stack: { at: number; saves: readonly number[] }[] = [{ at: from, saves: [] }];
    for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
      const { at, saves } = top;
      if (visited.has(at)) continue;
      const kind = op[at];
      const argument = arg[at] as number;
      // An iteration that consumed nothing does not count.
      if (kind === Op.NONEMPTY && visited.has(argument)) continue;
      visited.add(at);
      if (kind === Op.SET || kind === Op.ACCEPT) {
        reached.push(top);
        continue;
      }
      if (kind === Op.SPLIT) stack.push({ at: argument, saves });
      stack.push({ at: next[at] as number, saves: kind === Op.SAVE ? [...saves, argument] : saves });
    }
    return reached;
  }
}
