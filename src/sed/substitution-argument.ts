import { readDelimiter } from './arguments.js';
import type { Cursor } from './cursor.js';
import { refuseHalfControl } from './escapes.js';
import { readDelimited } from './fragment.js';
import type { Substitution } from './program.js';
import { compileRegexUse, type RegexSyntax } from './regex-argument.js';
import { maxGroupOf, parseReplacement } from './replacement.js';
import type { SlotTable } from './variables.js';

interface Flags {
  global: boolean;
  print: boolean;
  ignoreCase: boolean;
  multiline: boolean;
  nth: number | null;
}

/** Regex, replacement and flags of s, with the delimiter at the cursor. */
export function readSubstitution(cursor: Cursor, syntax: RegexSyntax, slots: SlotTable | null): Substitution {
  const start = cursor.at;
  const delimiter = readDelimiter(cursor, 's');
  const pattern = readDelimited(cursor, delimiter, 'regex', slots);
  const replacementStart = cursor.at;
  const replacement = pattern === null ? null : readDelimited(cursor, delimiter, 'replacement', slots);
  if (pattern === null || replacement === null)
    throw cursor.error('unterminated', 's needs its delimiter three times', start);
  refuseHalfControl(cursor, pattern.text, replacement.text);
  const flags = readFlags(cursor, syntax.posix);
  const regex = compileRegexUse(cursor, pattern, start + 1, flags, syntax);
  const parts = parseReplacement(replacement.text, syntax.posix);
  const maxGroup = maxGroupOf(parts);
  if (!syntax.posix && regex.parsed !== null && maxGroup > regex.parsed.groupCount) {
    throw cursor.error('bad-argument', 'the replacement names a group that the regex does not have', replacementStart);
  }
  const { global, print, nth } = flags;
  return { regex, replacement: parts, maxGroup, global, print, nth: nth ?? 1 };
}

function readFlags(cursor: Cursor, posix: boolean): Flags {
  const flags: Flags = { global: false, print: false, ignoreCase: false, multiline: false, nth: null };
  while (!cursor.isAtEnd && !/[\n;}#]/.test(cursor.peek())) readFlag(cursor, flags, posix);
  // GNU sed reads a line end or semicolon along, which shows in the places of its messages.
  if (/[\n;]/.test(cursor.peek())) cursor.next();
  return flags;
}

function readFlag(cursor: Cursor, flags: Flags, posix: boolean): void {
  const from = cursor.at;
  if (/[0-9]/.test(cursor.peek())) {
    const number = cursor.number() as number;
    if (number === 0) throw cursor.error('bad-flag', 'the number of the match to replace starts at 1', from);
    if (flags.nth !== null) throw cursor.error('bad-flag', 's takes one number', from);
    flags.nth = number;
    return;
  }
  const letter = cursor.next();
  if (posix && /[iIme]/i.test(letter)) throw cursor.error('bad-flag', 'unknown flag; s takes g, p or a number', from);
  switch (letter) {
    case 'g':
      if (flags.global) throw cursor.error('bad-flag', 's takes g once', from);
      flags.global = true;
      return;
    case 'p':
      if (flags.print) throw cursor.error('bad-flag', 's takes p once', from);
      flags.print = true;
      return;
    case 'i':
    case 'I':
      flags.ignoreCase = true;
      return;
    case 'm':
    case 'M':
      flags.multiline = true;
      return;
    case 'e':
    case 'w':
      throw cursor.error(
        'refused-command',
        's may not run programs or write files; it takes g, p, i, m or a number',
        from,
      );
    case '\r':
      if (cursor.peek() === '\n') return;
      if (!cursor.isAtEnd) cursor.next();
      throw cursor.error('bad-flag', 'a carriage return ends a line together with a line feed', from);
    case ' ':
    case '\t':
      return;
    default:
      throw cursor.error('bad-flag', 'unknown flag; s takes g, p, i, m or a number', from);
  }
}
