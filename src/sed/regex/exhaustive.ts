import { holds, type Alphabet } from './alphabet.js';
import type { BackwardAutomaton } from './backward.js';
import { Op, type Nfa } from './nfa.js';
import { InstructionSet } from './state-table.js';
import type { Meter } from '../limits.js';

/**
 * The road that is linear whatever pattern and text are: one backward reading of the whole text says where matches
 * start; the forward reading from a start keeps only what still leads to an end, so it stops exactly there.
 * All matches of a text together cost no more than two readings of it.
 */
export class ExhaustiveSearch {
  start = -1;
  end = -1;
  private readonly record: Int32Array;
  private closure: InstructionSet;
  private readonly stack: number[] = [];

  constructor(
    private readonly nfa: Nfa,
    private readonly alphabet: Alphabet,
    private readonly backward: BackwardAutomaton,
    private readonly text: string,
    private readonly meter: Meter,
  ) {
    this.closure = new InstructionSet(nfa.size);
    this.record = backward.read(text, 0, text.length, meter);
  }

  next(from: number): boolean {
    const { record } = this;
    let i = from;
    while (i < record.length && ((record[i] as number) & 1) === 0) i++;
    this.meter.spend(i - from);
    if (i >= record.length) return false;
    this.start = i;
    this.end = this.longest(i);
    return true;
  }

  private longest(start: number): number {
    let live = [this.nfa.start];
    let last = start;
    for (let i = start; ;) {
      this.close(live, i);
      const record = this.record[i] as number;
      live = [];
      for (let k = 0; k < this.closure.count; k++) {
        const at = this.closure.list[k] as number;
        if (this.nfa.op[at] === Op.ACCEPT) last = i;
        else if (this.nfa.op[at] === Op.SET && this.backward.leadsOn(record, at))
          live.push(this.nfa.next[at] as number);
      }
      this.meter.spend(this.closure.count + 1);
      if (live.length === 0) return last;
      i += (this.text.codePointAt(i) as number) > 0xffff ? 2 : 1;
    }
  }

  private close(live: readonly number[], index: number): void {
    const { op, next, arg, assertions } = this.nfa;
    const { stack, closure } = this;
    const before = this.alphabet.sideOf(this.alphabet.classBefore(this.text, index));
    const after = this.alphabet.sideOf(this.alphabet.classAt(this.text, index));
    closure.clear();
    for (const at of live) stack.push(at);
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
