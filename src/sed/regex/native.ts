import { isDecided, takesLongestFirst } from './decided.js';
import { isForAsciiOnly, nativeSource, type NativeSyntax } from './native-source.js';
import { startsOf, type Starts } from './rereading.js';
import { hasFewRetries } from './retries.js';
import { sizeOf } from './size.js';
import { isNullable } from './nfa.js';
import { kindOf, TextKind } from './text-kind.js';
import { EMPTY, type Node, type ParsedRegex } from './syntax.js';
import type { Meter } from '../limits.js';

/** Larger patterns stay on the automata: V8 compiles each whole, before it is needed. */
const MAX_SIZE = 300;

/** V8 keeps a way back for each character of a repetition, in 64 MiB at most. */
const MAX_TEXT_UNITS = 1 << 20;

/** V8 passes 2 to this power characters in the time an automaton reads one. */
const UNITS_PER_STEP_LOG2 = 3;

/** A pattern on V8's RegExp, for those where it must find what sed finds and in time linear in the text. */
export class NativePattern {
  /** Groups are numbered as in the pattern; otherwise only where the match lies is known. */
  readonly hasGroups: boolean;
  /** A match is as long as sed's; otherwise only where it starts is known. */
  readonly isWhole: boolean;
  private readonly kind: number;
  private readonly leftmost: RegExp;
  /** For a search that goes on behind a match, where `leftmost` would take the start for the middle of a run. */
  private readonly here: RegExp | null = null;
  /** The group that takes part where a start led to no match, and the search goes on behind; 0 for none. */
  private readonly failed: number = 0;

  constructor({ hasGroups, isWhole, kind, source, starts, groupCount }: NativeParts) {
    this.hasGroups = hasGroups;
    this.isWhole = isWhole;
    this.kind = kind;
    if (starts.kind === 'everywhere') {
      this.leftmost = new RegExp(source, 'gu');
    } else if (starts.kind === 'run-starts') {
      this.leftmost = new RegExp(`(?<!${starts.source})${source}`, 'gu');
      this.here = new RegExp(source, 'yu');
    } else {
      this.leftmost = new RegExp(`(?:${source})|${starts.source}()`, 'gu');
      this.failed = hasGroups ? groupCount + 1 : 1;
    }
  }

  isFor(text: string): boolean {
    return text.length <= MAX_TEXT_UNITS && (this.kind === TextKind.ANY || kindOf(text) <= this.kind);
  }

  /** The leftmost match that starts at or after `from`; as long as sed's when the pattern {@link isWhole}. */
  next(text: string, from: number, meter: Meter): RegExpExecArray | null {
    const found = (from > 0 ? this.at(text, from) : null) ?? this.after(text, from);
    const end = found === null ? text.length : found.index + found[0].length;
    meter.spend(1 + ((end - from) >> UNITS_PER_STEP_LOG2));
    return found;
  }

  test(text: string, meter: Meter): boolean {
    meter.spend(1 + (text.length >> UNITS_PER_STEP_LOG2));
    this.leftmost.lastIndex = 0;
    return this.failed === 0 ? this.leftmost.test(text) : this.after(text, 0) !== null;
  }

  private at(text: string, from: number): RegExpExecArray | null {
    if (this.here === null) return null;
    this.here.lastIndex = from;
    return this.here.exec(text);
  }

  private after(text: string, from: number): RegExpExecArray | null {
    this.leftmost.lastIndex = from;
    for (;;) {
      const found = this.leftmost.exec(text);
      if (found === null || this.failed === 0 || found[this.failed] === undefined) return found;
    }
  }
}

interface NativeParts {
  readonly hasGroups: boolean;
  readonly isWhole: boolean;
  readonly kind: number;
  readonly source: string;
  readonly starts: { readonly kind: Starts['kind']; readonly source: string };
  readonly groupCount: number;
}

/** Null when the pattern is one that V8 might match otherwise or slowly. `lineEnd` as in {@link isDecided}. */
export function nativePattern(
  { root, hasBackrefs, groupCount, flags }: ParsedRegex,
  lineEnd: number,
): NativePattern | null {
  if (hasBackrefs || sizeOf(root) > MAX_SIZE || repeatsAssertion(root)) return null;
  const decided = isDecided(root, lineEnd);
  if (!decided && !hasFewRetries(root, lineEnd)) return null;
  const isWhole = decided || takesLongestFirst(root, lineEnd);
  const starts = startsOf(root, lineEnd);
  const hasGroups = isWhole && groupCount > 0 && !repeatsGroup(root);
  const syntax: NativeSyntax = { lineEnd, multilineEnd: flags.lineEnd.charCodeAt(0), captures: hasGroups };
  const source = nativeSource(root, syntax);
  if (starts === null || source === null) return null;
  const part = starts.kind === 'run-starts' ? starts.lead : starts.kind === 'failed-runs' ? starts.head : EMPTY;
  const partSource = nativeSource(part, { ...syntax, captures: false }) ?? '';
  const kind = kindFor(root, starts.kind === 'run-starts');
  return new NativePattern({
    hasGroups,
    isWhole,
    kind,
    source,
    starts: { kind: starts.kind, source: partSource },
    groupCount,
  });
}

/** The texts on which the pattern may run. V8 looks behind into the middle of characters of two units. */
function kindFor(root: Node, looksBehind: boolean): number {
  if (isForAsciiOnly(root)) return TextKind.ASCII;
  return looksBehind || isNullable(root) || hasAssertion(root) ? TextKind.ONE_UNIT : TextKind.ANY;
}

/** V8 forgets groups from one repetition to the next; sed does not. */
function repeatsGroup(node: Node, inside = false): boolean {
  switch (node.kind) {
    case 'group':
      return inside || repeatsGroup(node.body, inside);
    case 'repeat':
      return repeatsGroup(node.body, inside || node.max > 1);
    case 'concat':
      return node.parts.some((part) => repeatsGroup(part, inside));
    case 'alternate':
      return node.branches.some((branch) => repeatsGroup(branch, inside));
    default:
      return false;
  }
}

/** Rare, and where V8 has had mistakes. */
function repeatsAssertion(node: Node): boolean {
  if (node.kind === 'concat') return node.parts.some(repeatsAssertion);
  if (node.kind === 'alternate') return node.branches.some(repeatsAssertion);
  return node.kind === 'repeat' ? hasAssertion(node.body) : node.kind === 'group' && repeatsAssertion(node.body);
}

function hasAssertion(node: Node): boolean {
  if (node.kind === 'concat') return node.parts.some(hasAssertion);
  if (node.kind === 'alternate') return node.branches.some(hasAssertion);
  return node.kind === 'assert' || ((node.kind === 'group' || node.kind === 'repeat') && hasAssertion(node.body));
}
