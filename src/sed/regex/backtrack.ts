import { holds, type Alphabet } from './alphabet.js';
import { foldCase } from './fold.js';
import { Op, type Nfa } from './nfa.js';
import type { Meter } from '../limits.js';

/** Positions the search remembers at most before it stops remembering; about 100 bytes each. */
const MAX_REMEMBERED = 500_000;

/**
 * Patterns with back-references: every way to match is tried, preferred ones first, and the longest kept. A way that
 * comes to an instruction at a position with the same referenced groups as an earlier one is given up, which keeps
 * all but contrived patterns polynomial; the meter ends the rest.
 */
export class Backtracker {
  private readonly referenced: readonly number[];

  constructor(
    private readonly nfa: Nfa,
    private readonly alphabet: Alphabet,
    private readonly ignoreCase: boolean,
  ) {
    const groups = new Set<number>();
    nfa.op.forEach((kind, at) => kind === Op.BACKREF && groups.add(nfa.arg[at] as number));
    this.referenced = [...groups];
  }

  /** Slots of the longest match that starts at `start`, or null. */
  longest(text: string, start: number, meter: Meter): Int32Array | null {
    const { op, next, arg } = this.nfa;
    const slots = new Int32Array(this.nfa.slotCount).fill(-1);
    // Entry positions of optional copies, so that an empty copy can be told; they are undone like slots.
    const entered = new Map<number, number>();
    const remembered = new Set<string>();
    const undo: (() => void)[] = [];
    const choices: { at: number; index: number; undoLength: number }[] = [];
    let best: Int32Array | null = null;
    let at = this.nfa.start;
    let index = start;
    for (;;) {
      meter.spend(1);
      const kind = op[at];
      let alive = true;
      if (kind === Op.SPLIT) {
        alive = this.isNew(remembered, at, index, slots, entered);
        if (alive) {
          const was = entered.get(at);
          choices.push({ at: arg[at] as number, index, undoLength: undo.length });
          const loop = at;
          undo.push(() => (was === undefined ? entered.delete(loop) : entered.set(loop, was)));
          entered.set(at, index);
        }
      } else if (kind === Op.NONEMPTY) {
        alive = entered.get(arg[at] as number) !== index;
      } else if (kind === Op.SAVE) {
        const slot = arg[at] as number;
        const was = slots[slot] as number;
        undo.push(() => (slots[slot] = was));
        slots[slot] = index;
      } else if (kind === Op.ACCEPT) {
        if (best === null || index > (best[1] as number)) {
          best = slots.slice();
          best[0] = start;
          best[1] = index;
        }
        alive = false;
      } else {
        const width = this.width(text, at, index, slots);
        alive = width >= 0;
        index += width;
      }
      if (alive) {
        at = next[at] as number;
        continue;
      }
      const choice = choices.pop();
      if (choice === undefined) return best;
      while (undo.length > choice.undoLength) undo.pop()?.();
      ({ at, index } = choice);
    }
  }

  /** Units the instruction consumes here, or -1 when it does not match. */
  private width(text: string, at: number, index: number, slots: Int32Array): number {
    const { op, arg, sets, assertions } = this.nfa;
    const argument = arg[at] as number;
    if (op[at] === Op.BACKREF)
      return this.repeated(text, index, slots[2 * argument] as number, slots[2 * argument + 1] as number);
    if (op[at] === Op.ASSERT) {
      const before = this.alphabet.sideOf(this.alphabet.classBefore(text, index));
      const after = this.alphabet.sideOf(this.alphabet.classAt(text, index));
      return holds(assertions[argument] as never, before, after) ? 0 : -1;
    }
    const codePoint = text.codePointAt(index);
    if (codePoint === undefined || sets[argument]?.has(codePoint) !== true) return -1;
    return codePoint > 0xffff ? 2 : 1;
  }

  private repeated(text: string, index: number, from: number, to: number): number {
    if (from < 0 || to < from) return -1;
    const length = to - from;
    if (text.startsWith(text.slice(from, to), index)) return length;
    if (!this.ignoreCase || index + length > text.length) return -1;
    for (let k = 0; k < length; k++) {
      if (foldCase(text.charCodeAt(from + k)) !== foldCase(text.charCodeAt(index + k))) return -1;
    }
    return length;
  }

  private isNew(
    remembered: Set<string>,
    at: number,
    index: number,
    slots: Int32Array,
    entered: ReadonlyMap<number, number>,
  ): boolean {
    // A loop entered twice at one place has gone round without consuming.
    if (entered.get(at) === index && this.nfa.op[at] === Op.SPLIT) return false;
    if (remembered.size >= MAX_REMEMBERED) return true;
    let key = `${at},${index}`;
    for (const group of this.referenced) key += `,${slots[2 * group]},${slots[2 * group + 1]}`;
    if (remembered.has(key)) return false;
    remembered.add(key);
    return true;
  }
}
