import { assertNever } from '../assert-never.js';
import { MAX_PATTERN_INSTRUCTIONS } from '../limits.js';
import { CharSet } from './char-set.js';
import { RegexProblem } from './regex-problem.js';
import type { Assertion, Node, ParsedRegex } from './syntax.js';

/** Instruction kinds. SET consumes one character; the others consume none. */
export const Op = { SET: 0, SPLIT: 1, SAVE: 2, ASSERT: 3, NONEMPTY: 4, BACKREF: 5, ACCEPT: 6 } as const;

/**
 * A pattern as an automaton. Instruction i has kind `op[i]`, successor `next[i]` and one argument: for SET the index
 * of its set, SPLIT the second choice (`next` is the preferred one), SAVE the slot, ASSERT the index of its kind,
 * NONEMPTY the loop entry that must not have been passed at this position, BACKREF the group.
 */
export interface Nfa {
  readonly op: Uint8Array;
  readonly next: Int32Array;
  readonly arg: Int32Array;
  readonly start: number;
  readonly size: number;
  readonly sets: readonly CharSet[];
  readonly assertions: readonly Assertion[];
  readonly slotCount: number;
}

/** Builds the automaton. Throws RegexProblem when the pattern needs more instructions than allowed. */
export function buildNfa(regex: ParsedRegex): Nfa {
  return new Builder(regex).build();
}

class Builder {
  private readonly op: number[] = [];
  private readonly next: number[] = [];
  private readonly arg: number[] = [];
  private readonly sets: CharSet[] = [];
  private readonly setIndex = new Map<string, number>();
  private readonly assertions: Assertion[] = [];

  constructor(private readonly regex: ParsedRegex) {}

  build(): Nfa {
    const accept = this.add(Op.ACCEPT, 0, 0);
    // An instruction that nothing leads back to, so that a state can be told to hold the start alone.
    const start = this.add(Op.SAVE, this.node(this.regex.root, accept), 0);
    return {
      op: Uint8Array.from(this.op),
      next: Int32Array.from(this.next),
      arg: Int32Array.from(this.arg),
      start,
      size: this.op.length,
      sets: this.sets,
      assertions: this.assertions,
      slotCount: 2 * (this.regex.groupCount + 1),
    };
  }

  private add(op: number, next: number, arg: number): number {
    if (this.op.length >= MAX_PATTERN_INSTRUCTIONS) {
      throw new RegexProblem(
        0,
        `the pattern needs more than ${MAX_PATTERN_INSTRUCTIONS} instructions; use smaller intervals`,
        true,
      );
    }
    this.next.push(next);
    this.arg.push(arg);
    return this.op.push(op) - 1;
  }

  /** Adds a node whose matches go on at `next`; returns where it starts. */
  private node(node: Node, next: number): number {
    switch (node.kind) {
      case 'empty':
        return next;
      case 'text':
        return Array.from(node.text).reduceRight((after, char) => this.add(Op.SET, after, this.charSet(char)), next);
      case 'set':
        return this.add(
          Op.SET,
          next,
          this.set(node.set.key, () => node.set),
        );
      case 'assert':
        return this.add(Op.ASSERT, next, this.assertion(node.assertion));
      case 'concat':
        return node.parts.reduceRight((after, part) => this.node(part, after), next);
      case 'alternate':
        return this.alternate(node.branches, next);
      case 'group': {
        const close = this.add(Op.SAVE, next, 2 * node.index + 1);
        return this.add(Op.SAVE, this.node(node.body, close), 2 * node.index);
      }
      case 'repeat':
        return this.repeat(node.body, node.min, node.max, next);
      case 'backref':
        return this.add(Op.BACKREF, next, node.index);
      case 'variable':
        throw new RegexProblem(0, 'a variable has no value yet');
      default:
        return assertNever(node);
    }
  }

  private alternate(branches: readonly Node[], next: number): number {
    const starts = branches.map((branch) => this.node(branch, next));
    return starts.reduceRight((later, earlier) => this.add(Op.SPLIT, earlier, later));
  }

  private repeat(body: Node, min: number, max: number, next: number): number {
    if (max === Infinity) {
      const tail = min > 0 && !isNullable(body) ? this.plus(body, next) : this.star(body, next);
      const copies = min > 0 && !isNullable(body) ? min - 1 : min;
      return this.copies(body, copies, tail);
    }
    let after = next;
    for (let k = min; k < max; k++) after = this.optional(body, after, next);
    return this.copies(body, min, after);
  }

  private copies(body: Node, count: number, next: number): number {
    let start = next;
    for (let k = 0; k < count; k++) start = this.node(body, start);
    return start;
  }

  private star(body: Node, next: number): number {
    const loop = this.add(Op.SPLIT, 0, next);
    this.next[loop] = this.node(body, loop);
    return loop;
  }

  private plus(body: Node, next: number): number {
    const loop = this.add(Op.SPLIT, 0, next);
    const start = this.node(body, loop);
    this.next[loop] = start;
    return start;
  }

  /** One more repetition or none; an empty one does not count. */
  private optional(body: Node, after: number, exit: number): number {
    const entry = this.add(Op.SPLIT, 0, exit);
    const end = isNullable(body) ? this.add(Op.NONEMPTY, after, entry) : after;
    this.next[entry] = this.node(body, end);
    return entry;
  }

  private charSet(char: string): number {
    const codePoint = char.codePointAt(0) as number;
    return this.set(`c${char}`, () => new CharSet([{ kind: 'range', low: codePoint, high: codePoint }], false, false));
  }

  private set(key: string, make: () => CharSet): number {
    const known = this.setIndex.get(key);
    if (known !== undefined) return known;
    const index = this.sets.push(make()) - 1;
    this.setIndex.set(key, index);
    return index;
  }

  private assertion(assertion: Assertion): number {
    const known = this.assertions.indexOf(assertion);
    return known >= 0 ? known : this.assertions.push(assertion) - 1;
  }
}

/** True when the node can match without consuming. Back-references may be empty. */
export function isNullable(node: Node): boolean {
  switch (node.kind) {
    case 'text':
    case 'set':
      return false;
    case 'empty':
    case 'assert':
    case 'backref':
    case 'variable':
      return true;
    case 'concat':
      return node.parts.every(isNullable);
    case 'alternate':
      return node.branches.some(isNullable);
    case 'group':
      return isNullable(node.body);
    case 'repeat':
      return node.min === 0 || isNullable(node.body);
    default:
      return assertNever(node);
  }
}
