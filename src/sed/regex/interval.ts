import { RegexProblem } from './regex-problem.js';
import { UNBOUNDED } from './syntax.js';

/** Largest count in an interval (RE_DUP_MAX of glibc). */
const MAX_REPEAT = 32_767;

export interface Interval {
  readonly min: number;
  readonly max: number;
  /** Index behind the closing brace. */
  readonly end: number;
}

/** Reads `n}`, `n,}`, `,n}` or `n,m}` at `at`; `from` is where the repeated piece's mark begins, for errors. */
export function readInterval(source: string, at: number, from: number, extended: boolean): Interval {
  const close = extended ? '}' : '\\}';
  const end = source.indexOf(close, at);
  if (end < 0) throw new RegexProblem(from, 'the interval is not closed');
  const bounds = /^(\d*)(,?)(\d*)$/.exec(source.slice(at, Math.min(end, at + 32)));
  const [, low = '', comma = '', high = ''] = bounds ?? [];
  if (bounds === null || low + comma === '') {
    throw new RegexProblem(from, 'an interval holds one number, or two with a comma between');
  }
  const min = Number(low);
  const max = comma === '' ? min : high === '' ? UNBOUNDED : Number(high);
  if (min > MAX_REPEAT || (max !== UNBOUNDED && max > MAX_REPEAT)) {
    throw new RegexProblem(from, `an interval counts to ${MAX_REPEAT} at most`);
  }
  if (min > max) throw new RegexProblem(from, 'the first number of an interval may not exceed the second');
  return { min, max, end: end + close.length };
}
