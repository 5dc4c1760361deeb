import type { Meter } from './limits.js';
import type { Regex } from './regex/regex.js';
import { Scan } from './regex/scan.js';

/** Lines that follow one another, without the last one's end; all of them selected, or none. */
export interface Stretch {
  readonly text: string;
  readonly isSelected: boolean;
}

/** Text divided into the lines in which the regex, one for lines, matches and the others. */
export function divide(text: string, regex: Regex, lineEnd: string, meter: Meter): Stretch[] {
  const stretches: Stretch[] = [];
  const add = (from: number, to: number, isSelected: boolean): void => {
    if (to > from) stretches.push({ text: text.slice(from, to - 1), isSelected });
  };
  const scan = regex.isRuledOut(text, meter) ? null : new Scan(regex, text, meter);
  // Where the line behind the selected ones begins, and where the first of those does.
  let at = 0;
  let selectedFrom = 0;
  while (scan?.next(at) === true) {
    const start = scan.start === 0 ? 0 : text.lastIndexOf(lineEnd, scan.start - 1) + 1;
    if (start > at) {
      add(selectedFrom, at, true);
      add(at, start, false);
      selectedFrom = start;
    }
    const end = text.indexOf(lineEnd, scan.start);
    at = (end < 0 ? text.length : end) + 1;
  }
  add(selectedFrom, at, true);
  add(at, text.length + 1, false);
  return stretches;
}
