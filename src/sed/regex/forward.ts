import { EDGE_CLASS, holds, Side, type Alphabet } from './alphabet.js';
import { Op, type Nfa } from './nfa.js';
import { DEAD, InstructionSet, StateTable, UNKNOWN } from './state-table.js';
import { unitsOf } from './units.js';
import type { Meter } from '../limits.js';

/** States are forgotten when they hold this many instructions together (4 bytes each). */
const MAX_WEIGHT = 1 << 20;

/** Initial states come first in the table, one per kind of neighbour: `1 + side`. */
const LAST_INITIAL = 4;

/**
 * Reads text forward, each character once: for the longest match from a given start, or, when it is `searching`, for
 * the first place where any match ends. Flag of a transition: a match ends before it.
 */
export class ForwardAutomaton {
  /** Characters read by the last call of `longest`. */
  scanned = 0;
  /** Where the match ends that the last call of `search` saw. */
  position = 0;
  private readonly states: StateTable;
  private readonly closure: InstructionSet;
  private readonly successors: InstructionSet;
  private readonly stack: number[] = [];

  constructor(
    private readonly nfa: Nfa,
    private readonly alphabet: Alphabet,
    private readonly searching = false,
  ) {
    this.states = new StateTable(alphabet);
    this.closure = new InstructionSet(nfa.size);
    this.successors = new InstructionSet(nfa.size);
    this.addInitialStates();
  }

  /**
   * For a searching automaton: a position before which no match starts that is at or after `from`, and from which one
   * is not far; -1 when there is no match at all.
   */
  search(text: string, from: number, meter: Meter): number {
    const { states } = this;
    const { ascii } = this.alphabet;
    const length = text.length;
    const units = unitsOf(text);
    let state = this.initialState(text, from);
    let { transitions, shift } = states;
    let mark = from;
    for (let i = from; ;) {
      // ASCII that was met before, from states known before: nearly all of a text. UNKNOWN is odd, so it ends this too.
      for (; i < length; i++) {
        const unit = units[i] as number;
        const known = unit < 128 ? (ascii[unit] as number) : 0;
        const transition = transitions[(state << shift) | known] as number;
        if (known === 0 || (transition & 1) === 1) break;
        state = transition >> 1;
        if (state <= LAST_INITIAL) mark = i + 1;
      }
      const unit = i < length ? (units[i] as number) : -1;
      let cls = unit < 0 ? EDGE_CLASS : unit < 128 ? (ascii[unit] as number) : 0;
      let width = 1;
      if (cls === 0 && unit >= 0) {
        const codePoint = text.codePointAt(i) as number;
        if (codePoint > 0xffff) width = 2;
        cls = this.classOf(codePoint);
        ({ transitions, shift } = states);
      }
      let transition = transitions[(state << shift) | cls] as number;
      if (transition === UNKNOWN) {
        transition = this.build(state, cls, meter);
        ({ transitions, shift } = states);
      }
      if ((transition & 1) === 1 || unit < 0) {
        meter.spend(i - from + 1);
        this.position = i;
        return (transition & 1) === 1 ? mark : -1;
      }
      state = transition >> 1;
      i += width;
      if (state <= LAST_INITIAL) mark = i;
    }
  }

  /** End of the longest match that starts at `start`, or -1. */
  longest(text: string, start: number, meter: Meter): number {
    const { states } = this;
    const { ascii } = this.alphabet;
    const length = text.length;
    const units = unitsOf(text);
    let state = this.initialState(text, start);
    let { transitions, shift } = states;
    let last = -1;
    let i = start;
    for (;;) {
      for (; i < length; i++) {
        const unit = units[i] as number;
        const known = unit < 128 ? (ascii[unit] as number) : 0;
        const transition = transitions[(state << shift) | known] as number;
        if (known === 0 || transition <= 1) break;
        if ((transition & 1) === 1) last = i;
        state = transition >> 1;
      }
      const unit = i < length ? (units[i] as number) : -1;
      let cls = unit < 0 ? EDGE_CLASS : unit < 128 ? (ascii[unit] as number) : 0;
      let width = 1;
      if (cls === 0 && unit >= 0) {
        const codePoint = text.codePointAt(i) as number;
        if (codePoint > 0xffff) width = 2;
        cls = this.classOf(codePoint);
        ({ transitions, shift } = states);
      }
      let transition = transitions[(state << shift) | cls] as number;
      if (transition === UNKNOWN) {
        transition = this.build(state, cls, meter);
        ({ transitions, shift } = states);
      }
      if ((transition & 1) === 1) last = i;
      state = transition >> 1;
      if (state === DEAD || unit < 0) break;
      i += width;
    }
    this.scanned = i - start + 1;
    meter.spend(this.scanned);
    return last;
  }

  private classOf(codePoint: number): number {
    const cls = this.alphabet.classOf(codePoint);
    this.states.followAlphabet();
    return cls;
  }

  private initialState(text: string, start: number): number {
    if (!this.alphabet.usesSides) return 1 + Side.OTHER;
    const before = this.alphabet.classBefore(text, start);
    this.states.followAlphabet();
    return 1 + this.alphabet.sideOf(before);
  }

  private addInitialStates(): void {
    for (let side = 0; side < LAST_INITIAL; side++) this.states.intern(Int32Array.of(this.nfa.start), side);
  }

  private build(state: number, cls: number, meter: Meter): number {
    const { op, next, arg } = this.nfa;
    const before = this.states.sideOf(state);
    const members = this.alphabet.membersOf(cls);
    this.closure.clear();
    for (const instruction of this.states.setOf(state)) this.close(instruction, before, this.alphabet.sideOf(cls));
    this.successors.clear();
    let accepts = 0;
    for (let k = 0; k < this.closure.count; k++) {
      const instruction = this.closure.list[k] as number;
      if (op[instruction] === Op.ACCEPT) accepts = 1;
      else if (op[instruction] === Op.SET && members[arg[instruction] as number] === true) {
        this.successors.add(next[instruction] as number);
      }
    }
    if (this.searching) this.successors.add(this.nfa.start);
    meter.spend(this.closure.count);
    return this.link(state, cls, accepts);
  }

  private link(state: number, cls: number, accepts: number): number {
    const { states, successors } = this;
    if (successors.count === 0) return this.store(state, cls, 2 * DEAD + accepts);
    const full = states.weight > MAX_WEIGHT;
    if (full) {
      states.clear();
      this.addInitialStates();
    }
    const target = states.intern(successors.sorted(), this.alphabet.sideOf(cls));
    return full ? 2 * target + accepts : this.store(state, cls, 2 * target + accepts);
  }

  private store(state: number, cls: number, transition: number): number {
    this.states.transitions[(state << this.states.shift) | cls] = transition;
    return transition;
  }

  /** Adds what is reachable without consuming. */
  private close(from: number, before: number, after: number): void {
    const { op, next, arg, assertions } = this.nfa;
    const { stack, closure } = this;
    stack.push(from);
    for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
      if (!closure.add(at)) continue;
      const kind = op[at];
      if (kind === Op.SET || kind === Op.ACCEPT) continue;
      if (kind === Op.ASSERT && !holds(assertions[arg[at] as number] as never, before, after)) continue;
      stack.push(next[at] as number);
      if (kind === Op.SPLIT) stack.push(arg[at] as number);
    }
  }
}
