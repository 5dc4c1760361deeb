/** The POSIX classes and `word` for \w. */
export const CLASS_NAMES = [
  'alpha',
  'digit',
  'alnum',
  'upper',
  'lower',
  'space',
  'blank',
  'punct',
  'print',
  'graph',
  'cntrl',
  'xdigit',
] as const;
export type ClassName = (typeof CLASS_NAMES)[number] | 'word';

// As glibc in C.UTF-8 has them: digits of other scripts are letters, no-break spaces are not space.
const BEYOND_ASCII: Readonly<Record<ClassName, RegExp | null>> = {
  alpha: /[\p{Alphabetic}\p{Nd}]/u,
  alnum: /[\p{Alphabetic}\p{Nd}]/u,
  word: /[\p{Alphabetic}\p{Nd}]/u,
  digit: null,
  xdigit: null,
  upper: /[\p{Uppercase}\p{Lt}]/u,
  lower: /[\p{Lowercase}\u01C5\u01C8\u01CB\u01F2]/u,
  space: /[\u1680\u2000-\u2006\u2008-\u200A\u2028\u2029\u205F\u3000]/u,
  blank: /[\u1680\u2000-\u2006\u2008-\u200A\u205F\u3000]/u,
  punct: /[^\p{Alphabetic}\p{Nd}\p{Cn}\p{Cs}\p{Cc}\u1680\u2000-\u2006\u2008-\u200A\u2028\u2029\u205F\u3000]/u,
  print: /[^\p{Cn}\p{Cs}\p{Cc}\u2028\u2029]/u,
  graph: /[^\p{Cn}\p{Cs}\p{Cc}\u1680\u2000-\u2006\u2008-\u200A\u2028\u2029\u205F\u3000]/u,
  cntrl: /[\x80-\x9F\u2028\u2029]/u,
};

const ASCII: Readonly<Record<ClassName, RegExp>> = {
  alpha: /[A-Za-z]/,
  digit: /[0-9]/,
  alnum: /[0-9A-Za-z]/,
  upper: /[A-Z]/,
  lower: /[a-z]/,
  space: /[\t-\r ]/,
  blank: /[\t ]/,
  punct: /[!-/:-@[-`{-~]/,
  print: /[ -~]/,
  graph: /[!-~]/,
  cntrl: /\p{Cc}/u,
  xdigit: /[0-9A-Fa-f]/,
  word: /[0-9A-Za-z_]/,
};

/** Membership of a code point; with `ignoreCase`, upper and lower mean any letter that has case. */
export function inClass(name: ClassName, codePoint: number, ignoreCase: boolean): boolean {
  if (ignoreCase && (name === 'upper' || name === 'lower')) {
    return inClass('alpha', codePoint, false);
  }
  const text = String.fromCodePoint(codePoint);
  if (codePoint < 0x80) return ASCII[name].test(text);
  return BEYOND_ASCII[name]?.test(text) ?? false;
}

/** What \b, \< and \w mean by a word character. */
export function isWordChar(codePoint: number): boolean {
  return inClass('word', codePoint, false);
}
