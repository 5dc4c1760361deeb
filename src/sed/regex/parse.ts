import { isHighSurrogate } from '../text.js';
import { BracketReader } from './bracket.js';
import { CharSet } from './char-set.js';
import { readInterval } from './interval.js';
import { concatOf, literalNode } from './literal-node.js';
import { PatternReader } from './pattern-reader.js';
import { RegexProblem } from './regex-problem.js';
import {
  ASSERTION_ESCAPES,
  UNBOUNDED,
  type Assertion,
  type Node,
  type ParsedRegex,
  type RegexFlags,
} from './syntax.js';
import { MAX_GROUP_DEPTH } from '../limits.js';

const NONE: ReadonlySet<number> = new Set();

/** Groups beyond the ninth cannot be referred to. */
const MAX_BACKREF = 9;

/**
 * A pattern in basic or extended syntax to its tree. Escapes for single characters (`\n`, `\x41`) are already
 * characters here. Throws RegexProblem with the index of what is wrong.
 */
export function parseRegex(source: string, extended: boolean, flags: RegexFlags, posix = false): ParsedRegex {
  return new Parser(source, extended, posix, flags).parse();
}

class Parser extends PatternReader {
  private groupCount = 0;
  private depth = 0;
  private hasBackrefs = false;
  /** Groups that are complete on the way to the reading position; another branch's are not. */
  private closed: ReadonlySet<number> = NONE;

  constructor(
    source: string,
    extended: boolean,
    posix: boolean,
    private readonly flags: RegexFlags,
  ) {
    super(source, extended, posix);
  }

  parse(): ParsedRegex {
    const root = this.alternation();
    if (this.at < this.source.length) throw new RegexProblem(this.at, 'a group is closed here that was never opened');
    return { root, groupCount: this.groupCount, hasBackrefs: this.hasBackrefs, flags: this.flags };
  }

  private alternation(): Node {
    const before = this.closed;
    const branches = [this.branch()];
    while (this.isOperator('|')) {
      const complete = this.closed;
      this.closed = before;
      this.skipOperator();
      branches.push(this.branch());
      this.closed = new Set([...complete, ...this.closed]);
    }
    return branches.length === 1 ? (branches[0] as Node) : { kind: 'alternate', branches };
  }

  private branch(): Node {
    const parts: Node[] = [];
    while (this.at < this.source.length && !this.isOperator('|') && !this.isOperator(')')) {
      parts.push(this.piece(parts));
    }
    return concatOf(parts);
  }

  private piece(before: readonly Node[]): Node {
    const from = this.at;
    let node = this.atom(before);
    let count = 0;
    for (let next = this.quantifier(node, count); next !== null; next = this.quantifier(node, count)) {
      node = next;
      count++;
      if (count > MAX_GROUP_DEPTH)
        throw new RegexProblem(from, `at most ${MAX_GROUP_DEPTH} repetition marks may follow one another`);
    }
    return node;
  }

  /** The node repeated as the mark at the reading position says; null when there is none. */
  private quantifier(body: Node, already: number): Node | null {
    const mark = this.quantifierMark();
    if (mark === null) return null;
    // Basic syntax: after an anchor `*`, `\+` and `\?` are ordinary characters. Extended: an error.
    if (body.kind === 'assert' && (this.extended || mark !== '{')) {
      if (!this.extended) return null;
      throw this.nothingToRepeat();
    }
    if (!this.extended && (mark === '{' || mark === '*') && (already > 0 || body.kind === 'assert'))
      throw this.nothingToRepeat();
    const from = this.at;
    this.skipOperator(mark === '*');
    const [min, max] =
      mark === '*' ? [0, UNBOUNDED] : mark === '+' ? [1, UNBOUNDED] : mark === '?' ? [0, 1] : this.interval(from);
    return { kind: 'repeat', body, min, max };
  }

  private interval(from: number): [number, number] {
    const { min, max, end } = readInterval(this.source, this.at, from, this.extended);
    this.at = end;
    return [min, max];
  }

  private atom(before: readonly Node[]): Node {
    const from = this.at;
    const char = this.source[from] as string;
    const leading = before.length === 0 || (!this.extended && before.at(-1)?.kind === 'assert');
    if (this.isOperator('(')) return this.group();
    if (this.extended && leading && this.quantifierMark() !== null) throw this.nothingToRepeat();
    if (!this.extended && leading && this.isOperator('{')) throw this.nothingToRepeat();
    if (char === '^' && (this.extended || before.length === 0)) return this.anchor('line-start', 'buffer-start');
    if (char === '$' && this.dollarIsAnchor()) return this.anchor('line-end', 'buffer-end');
    if (char === '.') {
      this.at++;
      return { kind: 'set', set: new CharSet([], true, false, this.flags.multiline ? 10 : -1) };
    }
    if (char === '[') {
      const reader = new BracketReader(this.source, from, this.flags);
      const set = reader.read();
      this.at = reader.end;
      return set.only === null ? { kind: 'set', set } : literalNode(set.only, this.flags);
    }
    if (char === '\\') return this.escape();
    return this.literal();
  }

  private anchor(multiline: Assertion, single: Assertion): Node {
    this.at++;
    return { kind: 'assert', assertion: this.flags.multiline ? multiline : single };
  }

  private dollarIsAnchor(): boolean {
    if (this.extended || this.at + 1 === this.source.length) return true;
    return this.source.startsWith('\\)', this.at + 1) || this.source.startsWith('\\|', this.at + 1);
  }

  private group(): Node {
    const from = this.at;
    const index = ++this.groupCount;
    if (++this.depth > MAX_GROUP_DEPTH) throw new RegexProblem(from, `groups nest at most ${MAX_GROUP_DEPTH} deep`);
    this.skipOperator();
    const body = this.alternation();
    if (!this.isOperator(')')) throw new RegexProblem(from, 'the group is not closed');
    this.skipOperator();
    this.depth--;
    if (index <= MAX_BACKREF) this.closed = new Set([...this.closed, index]);
    return { kind: 'group', index, body };
  }

  private escape(): Node {
    const char = this.source[this.at + 1];
    if (char === undefined)
      throw new RegexProblem(this.at, 'the pattern ends in a backslash; write two for a literal one');
    const assertion = this.posix ? undefined : ASSERTION_ESCAPES.get(char);
    if (assertion !== undefined) {
      this.at += 2;
      return { kind: 'assert', assertion };
    }
    if (char >= '1' && char <= '9') return this.backref(Number(char));
    if (!this.posix && 'wWsS'.includes(char)) {
      this.at += 2;
      const name = char.toLowerCase() === 'w' ? 'word' : 'space';
      return { kind: 'set', set: new CharSet([{ kind: 'class', name }], char < 'a', false) };
    }
    this.at++;
    return this.literal();
  }

  private backref(index: number): Node {
    if (!this.closed.has(index))
      throw new RegexProblem(this.at, 'a back-reference names a group that is not complete here');
    this.at += 2;
    this.hasBackrefs = true;
    return { kind: 'backref', index };
  }

  private literal(): Node {
    const run = this.flags.ignoreCase ? '' : this.plainRun();
    if (run !== '') {
      this.at += run.length;
      return { kind: 'text', text: run };
    }
    const codePoint = this.source.codePointAt(this.at) as number;
    if (isHighSurrogate(codePoint)) {
      this.at += 2;
      return { kind: 'variable', slot: codePoint - 0xd800 };
    }
    this.at += codePoint > 0xffff ? 2 : 1;
    return literalNode(codePoint, this.flags);
  }
}
