import { hasAscii } from './char-mask.js';
import { firstChars } from './decided.js';
import { nativeSource, type NativeSyntax } from './native-source.js';
import type { Starts } from './rereading.js';
import type { Node } from './syntax.js';

/** The leftmost match that starts at or after `from`. */
export type NativeSearch = (text: string, from: number) => RegExpExecArray | null;

/** A search with V8's RegExp for the pattern with this source, in time linear in the text. */
export function nativeSearch(source: string, starts: Starts, groups: number, syntax: NativeSyntax): NativeSearch {
  const sourceOf = (node: Node): string => nativeSource(node, { ...syntax, captures: false }) ?? '';
  if (starts.kind === 'everywhere') return searchOf(new RegExp(source, 'gu'));
  if (starts.kind === 'failed-runs') return behindFailedRuns(source, sourceOf(starts.head), groups + 1);
  if (starts.core !== null) return fromCore(sourceOf(starts.core), source, membership(starts.lead, syntax.lineEnd));
  return fromRunStarts(source, sourceOf(starts.lead));
}

function searchOf(regExp: RegExp): NativeSearch {
  return (text, from) => {
    regExp.lastIndex = from;
    return regExp.exec(text);
  };
}

function fromRunStarts(source: string, lead: string): NativeSearch {
  const next = searchOf(new RegExp(`(?<!${lead})${source}`, 'gu'));
  // Behind a match, the other would take the start for the middle of a run.
  const here = searchOf(new RegExp(source, 'yu'));
  return (text, at) => (at > 0 ? here(text, at) : null) ?? next(text, at);
}

/** Without looking behind itself, V8 skips characters. */
function fromCore(core: string, source: string, isLead: (unit: number) => boolean): NativeSearch {
  const next = searchOf(new RegExp(core, 'gu'));
  const here = searchOf(new RegExp(source, 'yu'));
  return (text, from) => {
    const found = next(text, from);
    if (found === null) return null;
    let start = found.index;
    while (start > from && isLead(text.charCodeAt(start - 1))) start--;
    return here(text, start);
  };
}

/** The last group takes part where a start led to no match, and the search goes on behind. */
function behindFailedRuns(source: string, head: string, group: number): NativeSearch {
  const regExp = new RegExp(`(?:${source})|${head}()`, 'gu');
  return (text, from) => {
    regExp.lastIndex = from;
    for (;;) {
      const found = regExp.exec(text);
      if (found === null || found[group] === undefined) return found;
    }
  };
}

/** Which characters of one unit a node for one character matches. */
function membership(node: Node, lineEnd: number): (unit: number) => boolean {
  const mask = firstChars(node, lineEnd);
  return (unit) => {
    if (unit < 0x80) return hasAscii(mask, unit);
    return node.kind === 'set' ? node.set.has(unit) : node.kind === 'text' && node.text.charCodeAt(0) === unit;
  };
}
