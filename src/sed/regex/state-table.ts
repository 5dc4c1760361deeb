import type { Alphabet } from './alphabet.js';

/** The state no match leads out of. */
export const DEAD = 0;
export const UNKNOWN = -1;

/**
 * States of a lazily built automaton and their transitions. A state is a set of instructions and what stands beside
 * the position. A transition is `2 * successor + flag`; what the flag means is the automaton's affair.
 */
export class StateTable {
  transitions: Int32Array;
  shift: number;
  /** Instructions held by all states together: what memory goes by. */
  weight = 0;
  private sets: Int32Array[] = [];
  private sides: number[] = [];
  private ids = new Map<string, number>();

  constructor(private readonly alphabet: Alphabet) {
    this.shift = alphabet.shift;
    this.transitions = new Int32Array(16 << this.shift).fill(UNKNOWN);
    this.clear();
  }

  clear(): void {
    this.transitions.fill(UNKNOWN);
    this.sets = [new Int32Array(0)];
    this.sides = [0];
    this.ids = new Map();
    this.weight = 0;
  }

  /** The state of this set, made when it is new. The set must be sorted and is kept. */
  intern(set: Int32Array, side: number): number {
    const key = side + Buffer.from(set.buffer, set.byteOffset, set.byteLength).toString('latin1');
    const known = this.ids.get(key);
    if (known !== undefined) return known;
    const id = this.sets.push(set) - 1;
    this.sides.push(side);
    this.ids.set(key, id);
    this.weight += set.length + 16;
    if ((id + 1) << this.shift > this.transitions.length) this.resize(this.transitions.length * 2);
    return id;
  }

  setOf(state: number): Int32Array {
    return this.sets[state] as Int32Array;
  }

  sideOf(state: number): number {
    return this.sides[state] as number;
  }

  /** Widens the rows when the alphabet has outgrown them. */
  followAlphabet(): void {
    if (this.shift === this.alphabet.shift) return;
    const old = this.transitions;
    const oldShift = this.shift;
    this.shift = this.alphabet.shift;
    this.transitions = new Int32Array((old.length >> oldShift) << this.shift).fill(UNKNOWN);
    for (let state = 0; state < this.sets.length; state++) {
      const row = state << oldShift;
      this.transitions.set(old.subarray(row, row + (1 << oldShift)), state << this.shift);
    }
  }

  private resize(length: number): void {
    const grown = new Int32Array(length).fill(UNKNOWN);
    grown.set(this.transitions);
    this.transitions = grown;
  }
}

/** A growing set of instruction numbers that is emptied in constant time. */
export class InstructionSet {
  readonly list: Int32Array;
  count = 0;
  private readonly seen: Int32Array;
  private generation = 1;

  constructor(size: number) {
    this.list = new Int32Array(size);
    this.seen = new Int32Array(size);
  }

  clear(): void {
    this.count = 0;
    this.generation++;
  }

  /** True when it was not there yet. */
  add(instruction: number): boolean {
    if (this.seen[instruction] === this.generation) return false;
    this.seen[instruction] = this.generation;
    this.list[this.count++] = instruction;
    return true;
  }

  has(instruction: number): boolean {
    return this.seen[instruction] === this.generation;
  }

  sorted(): Int32Array {
    return this.list.slice(0, this.count).sort();
  }
}
