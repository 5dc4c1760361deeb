import { EDGE_CLASS, holds, type Alphabet } from './alphabet.js';
import { Op, type Nfa } from './nfa.js';
import { InstructionSet, StateTable, UNKNOWN } from './state-table.js';
import { unitsOf } from './units.js';
import type { Meter } from '../limits.js';

/** Instructions all states may hold together, 4 bytes each; states are dropped between runs, never within one. */
const SOFT_WEIGHT = 1 << 20;
const HARD_WEIGHT = 1 << 25;

/**
 * Reads text from its end and says, for every position, which instructions can go on to a match: those that consume
 * the character there and whose successor leads on. Flag of a transition: a match can start at the position it leaves.
 */
export class BackwardAutomaton {
  private readonly states: StateTable;
  private readonly closure: InstructionSet;
  private readonly consuming: InstructionSet;
  private readonly predecessors: readonly (readonly number[])[];
  private readonly consumers: Int32Array;

  /** With `anyEnd` a match may end anywhere; otherwise only at the end of the part that is read. */
  constructor(
    private readonly nfa: Nfa,
    private readonly alphabet: Alphabet,
    private readonly anyEnd: boolean,
  ) {
    this.states = new StateTable(alphabet);
    this.closure = new InstructionSet(nfa.size);
    this.consuming = new InstructionSet(nfa.size);
    this.predecessors = emptyPredecessors(nfa);
    this.consumers = Int32Array.from(nfa.op.keys()).filter((k) => nfa.op[k] === Op.SET);
  }

  /** For each position of `start` to `end`, relative to `start`: `2 * state + (1 when a match can start there)`. */
  read(text: string, start: number, end: number, meter: Meter): Int32Array {
    const { states, alphabet } = this;
    const { ascii } = alphabet;
    const units = unitsOf(text);
    if (states.weight > SOFT_WEIGHT) states.clear();
    const record = new Int32Array(end - start + 1);
    let state = this.initial(text, end);
    let i = end;
    for (;;) {
      const { transitions, shift } = states;
      // As in the forward automaton: ASCII met before, from states known before.
      for (; i > start; i--) {
        const unit = units[i - 1] as number;
        const known = unit < 128 ? (ascii[unit] as number) : 0;
        const transition = transitions[(state << shift) | known] as number;
        if (known === 0 || transition === UNKNOWN) break;
        record[i - start] = 2 * state + (transition & 1);
        state = transition >> 1;
      }
      const cls = alphabet.classBefore(text, i);
      states.followAlphabet();
      let transition = states.transitions[(state << states.shift) | cls] as number;
      if (transition === UNKNOWN) transition = this.build(state, cls, meter);
      record[i - start] = 2 * state + (transition & 1);
      if (i <= start || cls === EDGE_CLASS) break;
      state = transition >> 1;
      i -= isPairBefore(text, i) ? 2 : 1;
    }
    meter.spend(end - start + 1);
    return record;
  }

  /** True when the instruction is among those that go on to a match from a position with this record. */
  leadsOn(record: number, instruction: number): boolean {
    const set = this.states.setOf(record >> 1);
    let low = 0;
    for (let high = set.length; low < high;) {
      const middle = (low + high) >> 1;
      if ((set[middle] as number) < instruction) low = middle + 1;
      else high = middle;
    }
    return set[low] === instruction;
  }

  private initial(text: string, end: number): number {
    const after = this.alphabet.classAt(text, end);
    this.states.followAlphabet();
    return this.states.intern(Int32Array.of(0), this.alphabet.sideOf(after));
  }

  private build(state: number, cls: number, meter: Meter): number {
    const { next, arg } = this.nfa;
    const members = this.alphabet.membersOf(cls);
    this.close(this.states.setOf(state), this.alphabet.sideOf(cls), this.states.sideOf(state));
    const canStart = this.closure.has(this.nfa.start) ? 1 : 0;
    this.consuming.clear();
    if (this.anyEnd) this.consuming.add(0);
    for (const instruction of this.consumers) {
      if (members[arg[instruction] as number] === true && this.closure.has(next[instruction] as number)) {
        this.consuming.add(instruction);
      }
    }
    meter.spend(this.closure.count + this.consumers.length);
    const target = this.states.intern(this.consuming.sorted(), this.alphabet.sideOf(cls));
    if (this.states.weight > HARD_WEIGHT)
      throw meter.error('pattern-too-large', 'the pattern needs too much memory on this text');
    const transition = 2 * target + canStart;
    this.states.transitions[(state << this.states.shift) | cls] = transition;
    return transition;
  }

  /** Everything that reaches the set without consuming, between characters of these sides. */
  private close(set: Int32Array, before: number, after: number): void {
    const { closure, nfa } = this;
    closure.clear();
    for (const instruction of set) closure.add(instruction);
    for (let k = 0; k < closure.count; k++) {
      for (const earlier of this.predecessors[closure.list[k] as number] as readonly number[]) {
        if (nfa.op[earlier] === Op.ASSERT && !holds(nfa.assertions[nfa.arg[earlier] as number] as never, before, after))
          continue;
        closure.add(earlier);
      }
    }
  }
}

function isPairBefore(text: string, index: number): boolean {
  const unit = text.charCodeAt(index - 1);
  return unit >= 0xdc00 && unit <= 0xdfff && index > 1 && (text.codePointAt(index - 2) as number) > 0xffff;
}

/** For each instruction, those that reach it in one step without consuming. */
function emptyPredecessors(nfa: Nfa): number[][] {
  const predecessors: number[][] = Array.from({ length: nfa.size }, () => []);
  for (let k = 0; k < nfa.size; k++) {
    const kind = nfa.op[k];
    if (kind === Op.SET || kind === Op.ACCEPT) continue;
    predecessors[nfa.next[k] as number]?.push(k);
    if (kind === Op.SPLIT) predecessors[nfa.arg[k] as number]?.push(k);
  }
  return predecessors;
}
