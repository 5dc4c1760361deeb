import { holds, type Alphabet } from './alphabet.js';
import type { BackwardAutomaton } from './backward.js';
import { Op, type Nfa } from './nfa.js';
import type { Meter } from '../limits.js';

/**
 * Where the groups matched, given where the whole did: of all ways to match from start to end, the one a greedy
 * backtracker finds first. One walk forward, told by a backward reading which choices lead to the end, so nothing is
 * ever tried in vain.
 */
export class CaptureWalk {
  private readonly cameFrom: Int32Array;
  private readonly visited: Int32Array;
  private generation = 0;
  private readonly stack: number[] = [];

  constructor(
    private readonly nfa: Nfa,
    private readonly alphabet: Alphabet,
    private readonly backward: BackwardAutomaton,
  ) {
    this.cameFrom = new Int32Array(nfa.size);
    this.visited = new Int32Array(nfa.size);
  }

  /** Start and end per group, -1 for a group that took no part; the whole match stands first. */
  capture(text: string, start: number, end: number, meter: Meter): Int32Array {
    const slots = new Int32Array(this.nfa.slotCount).fill(-1);
    slots[0] = start;
    slots[1] = end;
    const record = this.backward.read(text, start, end, meter);
    let instruction = this.nfa.start;
    for (let i = start; ;) {
      const chosen = this.choose(instruction, text, i, record[i - start] as number);
      this.save(slots, chosen, instruction, i);
      if (this.nfa.op[chosen] === Op.ACCEPT) return slots;
      instruction = this.nfa.next[chosen] as number;
      i += (text.codePointAt(i) as number) > 0xffff ? 2 : 1;
    }
  }

  /** The first instruction, in order of preference, that the backward reading knows to lead on. */
  private choose(from: number, text: string, index: number, record: number): number {
    const { op, next, arg, assertions } = this.nfa;
    const { stack, visited, cameFrom } = this;
    const generation = ++this.generation;
    let before = -1;
    let after = -1;
    stack.length = 0;
    stack.push(from, from);
    while (stack.length > 0) {
      const at = stack.pop() as number;
      const origin = stack.pop() as number;
      if (visited[at] === generation) continue;
      const kind = op[at];
      // An iteration that consumed nothing does not count: try without it.
      if (kind === Op.NONEMPTY && visited[arg[at] as number] === generation) continue;
      visited[at] = generation;
      cameFrom[at] = origin;
      if (kind === Op.SET || kind === Op.ACCEPT) {
        if (this.backward.leadsOn(record, at)) return at;
        continue;
      }
      if (kind === Op.ASSERT) {
        if (before < 0) {
          before = this.alphabet.sideOf(this.alphabet.classBefore(text, index));
          after = this.alphabet.sideOf(this.alphabet.classAt(text, index));
        }
        if (!holds(assertions[arg[at] as number] as never, before, after)) continue;
      }
      if (kind === Op.SPLIT) stack.push(at, arg[at] as number);
      stack.push(at, next[at] as number);
    }
    throw new Error('a match was found that cannot be walked');
  }

  private save(slots: Int32Array, chosen: number, from: number, index: number): void {
    for (let at = chosen; at !== from; at = this.cameFrom[at] as number) {
      if (this.nfa.op[at] === Op.SAVE) slots[this.nfa.arg[at] as number] = index;
    }
    if (this.nfa.op[from] === Op.SAVE) slots[this.nfa.arg[from] as number] = index;
  }
}
