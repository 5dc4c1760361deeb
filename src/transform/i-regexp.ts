import { bracket, complement, type CodePointRange } from './code-points.js';

/** A class, a property, an escape, or one character. */
const TOKEN = /\[(?:\\[pP]\{\w+\}|\\.|[^\]\\])*\]|\\[pP]\{\w+\}|\\.|./gsu;
/** Inside a class: a property, a range, or one character; both ends of a range may be escaped. */
const CLASS_PART = /\\([pP])\{(\w+)\}|(\\.|[^\\])-(\\.|[^\\])|(\\.|[^\\])/gsu;
/** `.` stands for any character but these. */
const LINE_ENDS: readonly CodePointRange[] = [
  [0x0a, 0x0a],
  [0x0d, 0x0d],
];

/** An I-Regexp (RFC 9485) as an extended regular expression between slashes that matches the same texts. The I-Regexp must be valid. */
export function extendedRegexOf(iRegexp: string): string {
  return (iRegexp.match(TOKEN) ?? []).map(translated).join('');
}

function translated(token: string): string {
  if (token === '.') return bracket(complement(LINE_ENDS));
  if (token === '/') return '\\/';
  if (token.length === 1) return token === '\n' ? '\\n' : token;
  if (token.startsWith('[')) return classOf(token.slice(1, -1));
  if (/^\\[pP]\{/.test(token)) return bracket(classRanges(token));
  const character = unescaped(token);
  if (character === '\n') return '\\n';
  return token.startsWith('\\') && !/[\r\t-]/.test(character) ? token : character;
}

function classOf(content: string): string {
  const negated = content.startsWith('^');
  const ranges = classRanges(negated ? content.slice(1) : content);
  return bracket(negated ? complement(ranges) : ranges);
}

function classRanges(content: string): CodePointRange[] {
  return [...content.matchAll(CLASS_PART)].flatMap(
    ([, sign, property = '', from = '', to = '', single = '']): CodePointRange[] => {
      if (sign !== undefined) return propertyRanges(`\\${sign}{${property}}`);
      if (single !== '') return [[codePoint(single), codePoint(single)]];
      return [[codePoint(from), codePoint(to)]];
    },
  );
}

function codePoint(written: string): number {
  return unescaped(written).codePointAt(0) ?? 0;
}

const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\r': '\r', '\\t': '\t' };

function unescaped(written: string): string {
  return ESCAPES[written] ?? (written.startsWith('\\') ? written.slice(1) : written);
}

const properties = new Map<string, CodePointRange[]>();

/** Every code point that JavaScript's own tables give the property to; found once per property. */
function propertyRanges(property: string): CodePointRange[] {
  const known = properties.get(property);
  if (known !== undefined) return known;
  const runs = new RegExp(`${property}+`, 'gu');
  const ranges = complement([]).flatMap((all) => charactersIn(all).flatMap((characters) => runsIn(characters, runs)));
  properties.set(property, ranges);
  return ranges;
}

/** All characters of a range in order, a few thousand to a text. */
function charactersIn([first, last]: CodePointRange): string[] {
  const length = Math.ceil((last - first + 1) / 4_096);
  return Array.from({ length }, (_, block) => {
    const from = first + block * 4_096;
    const points = Array.from({ length: Math.min(4_096, last - from + 1) }, (_, index) => from + index);
    return String.fromCodePoint(...points);
  });
}

/** A run of matches in characters that stand in order is a range. */
function runsIn(characters: string, runs: RegExp): CodePointRange[] {
  return (characters.match(runs) ?? []).map((run) => {
    const last = run.codePointAt(run.length - (isPair(run.slice(-2)) ? 2 : 1)) ?? 0;
    return [run.codePointAt(0) ?? 0, last];
  });
}

function isPair(text: string): boolean {
  return (text.codePointAt(0) ?? 0) > 0xffff;
}
