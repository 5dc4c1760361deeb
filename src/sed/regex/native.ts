import { isDecided, takesLongestFirst } from './decided.js';
import { nativeSearch, type NativeSearch } from './native-search.js';
import { isForAsciiOnly, nativeSource, type NativeSyntax } from './native-source.js';
import { startsOf } from './rereading.js';
import { hasFewRetries } from './retries.js';
import { sizeOf } from './size.js';
import { isNullable } from './nfa.js';
import { kindOf, TextKind } from './text-kind.js';
import type { Node, ParsedRegex } from './syntax.js';
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
  private readonly search: NativeSearch;

  constructor(parts: { hasGroups: boolean; isWhole: boolean; kind: number; search: NativeSearch }) {
    this.hasGroups = parts.hasGroups;
    this.isWhole = parts.isWhole;
    this.kind = parts.kind;
    this.search = parts.search;
  }

  isFor(text: string): boolean {
    return text.length <= MAX_TEXT_UNITS && (this.kind === TextKind.ANY || kindOf(text) <= this.kind);
  }

  /** The leftmost match that starts at or after `from`; as long as sed's when the pattern {@link isWhole}. */
  next(text: string, from: number, meter: Meter): RegExpExecArray | null {
    const found = this.search(text, from);
    const end = found === null ? text.length : found.index + found[0].length;
    meter.spend(1 + ((end - from) >> UNITS_PER_STEP_LOG2));
    return found;
  }

  test(text: string, meter: Meter): boolean {
    meter.spend(1 + (text.length >> UNITS_PER_STEP_LOG2));
    return this.search(text, 0) !== null;
  }
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
  const kind = kindFor(root, starts.kind === 'run-starts');
  const search = nativeSearch(source, starts, hasGroups ? groupCount : 0, syntax);
  return new NativePattern({ hasGroups, isWhole, kind, search });
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
