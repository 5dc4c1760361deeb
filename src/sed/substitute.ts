import { CaseConverter } from './case-conversion.js';
import type { Meter } from './limits.js';
import type { Substitution } from './program.js';
import { NEAR_UNITS, type LiteralFinder } from './regex/literal-finder.js';
import type { Regex } from './regex/regex.js';
import { Scan, widthAt } from './regex/scan.js';

export interface Substituted {
  readonly text: string;
  /** Matches replaced. 0: the text is the one given. */
  readonly count: number;
}

/**
 * One s command on one text: the nth match, or all from the nth on. With `lineEnd` the text is many lines, matches are
 * counted in each, and the regex is one for lines.
 */
export function substitute(
  substitution: Substitution,
  regex: Regex,
  text: string,
  meter: Meter,
  lineEnd: string | null = null,
): Substituted {
  const { global, nth, replacement } = substitution;
  const only = replacement[0];
  if (regex.isRuledOut(text, meter)) return { text, count: 0 };
  const { wholeFinder } = regex;
  if (wholeFinder !== null && global && nth === 1 && replacement.length <= 1 && only?.kind !== 'group') {
    return replaceAll(text, wholeFinder, only?.kind === 'text' ? only.text : '', meter);
  }
  const scan = new Scan(regex, text, meter);
  let result = '';
  let copied = 0;
  let seen = 0;
  let count = 0;
  let lastEnd = -1;
  // Where the line ends that matches are counted in; all count alike when each is replaced.
  let lineStop = lineEnd === null || (global && nth === 1) ? text.length : -1;
  for (let from = 0; scan.next(from);) {
    const { start, end } = scan;
    from = start === end ? end + widthAt(text, end) : end;
    // An empty match right behind a match does not count.
    if (start === end && start === lastEnd) continue;
    lastEnd = end;
    if (start > lineStop) [lineStop, seen] = [endOfLine(text, start, lineEnd), 0];
    if (++seen < nth) continue;
    count++;
    result += text.slice(copied, start) + replacementFor(substitution, scan);
    meter.checkSpace(result.length);
    copied = end;
    if (!global) from = lineStop + 1;
  }
  if (count === 0) return { text, count };
  result += text.slice(copied);
  meter.checkSpace(result.length);
  return { text: result, count };
}

function endOfLine(text: string, from: number, lineEnd: string | null): number {
  const end = lineEnd === null ? -1 : text.indexOf(lineEnd, from);
  return end < 0 ? text.length : end;
}

/** The road for fixed text. Strings are joined as they come, which V8 does faster than joining an array. */
function replaceAll(text: string, finder: LiteralFinder, by: string, meter: Meter): Substituted {
  let result = '';
  let copied = 0;
  let count = 0;
  const { needle } = finder;
  for (let at = text.indexOf(needle); at >= 0;) {
    result += text.slice(copied, at) + by;
    const isNear = at - copied < NEAR_UNITS;
    copied = at + needle.length;
    at = isNear ? text.indexOf(needle, copied) : finder.next(text, copied);
    meter.checkSpace(result.length);
    count++;
  }
  meter.spend(1 + count + (text.length >> 4));
  return count === 0 ? { text, count } : { text: result + text.slice(copied), count };
}

function replacementFor({ replacement }: Substitution, scan: Scan): string {
  const only = replacement[0];
  if (only === undefined) return '';
  if (replacement.length === 1 && only.kind === 'text') return only.text;
  let converter: CaseConverter | null = null;
  let result = '';
  for (const part of replacement) {
    if (part.kind === 'case') {
      converter ??= new CaseConverter();
      converter.switch(part.mode);
      continue;
    }
    const piece = part.kind === 'text' ? part.text : scan.group(part.index);
    result += converter === null ? piece : converter.convert(piece);
  }
  return result;
}
