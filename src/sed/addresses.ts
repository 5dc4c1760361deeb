import type { Cursor } from './cursor.js';
import { refuseHalfControl } from './escapes.js';
import { readDelimited } from './fragment.js';
import type { Address, RangeEnd, RegexUse } from './program.js';
import { compileRegexUse, type RegexSyntax } from './regex-argument.js';
import type { SlotTable } from './variables.js';

export interface Selection {
  readonly from: Address | null;
  readonly to: RangeEnd | null;
  readonly negated: boolean;
}

/** Reads the addresses and the `!` before a command. The cursor ends at the command letter. */
export function readSelection(cursor: Cursor, syntax: RegexSyntax, slots: SlotTable | null): Selection {
  const start = cursor.at;
  const from = readAddress(cursor, syntax, slots);
  cursor.skip();
  let to: RangeEnd | null = null;
  if (from !== null && cursor.peek() === ',') {
    cursor.next();
    cursor.skip();
    to = readRangeEnd(cursor, syntax, slots);
    cursor.skip();
  }
  if (from?.kind === 'zero' && (to?.kind !== 'regex' || syntax.posix)) {
    cursor.next();
    throw cursor.error('bad-address', 'line 0 only starts a range that ends at a regex', start);
  }
  const negated = cursor.peek() === '!';
  if (negated) {
    cursor.next();
    cursor.skip();
    if (cursor.peek() === '!') throw cursor.refuse('bad-address', 'one ! is enough');
  }
  return { from, to, negated };
}

function readAddress(cursor: Cursor, syntax: RegexSyntax, slots: SlotTable | null): Address | null {
  const char = cursor.peek();
  if (char === '$') {
    cursor.next();
    return { kind: 'last' };
  }
  if (char === '+' || char === '~') {
    const at = cursor.at++;
    cursor.number();
    throw cursor.error('bad-address', '+N and ~N only end a range', at);
  }
  const regex = readAddressRegex(cursor, syntax, slots);
  if (regex !== null) return { kind: 'regex', regex };
  const first = cursor.number();
  if (first === null) return null;
  const step = syntax.posix ? null : readStep(cursor);
  if (step !== null && step > 0) return { kind: 'step', first, step };
  return first === 0 ? { kind: 'zero' } : { kind: 'line', line: first };
}

function readRangeEnd(cursor: Cursor, syntax: RegexSyntax, slots: SlotTable | null): RangeEnd {
  const char = cursor.peek();
  if (char === '$') {
    cursor.next();
    return { kind: 'last' };
  }
  if (!syntax.posix && (char === '+' || char === '~')) {
    cursor.next();
    const count = cursor.number() ?? 0;
    return char === '+' ? { kind: 'plus', count } : { kind: 'multiple', of: count };
  }
  const regex = readAddressRegex(cursor, syntax, slots);
  if (regex !== null) return { kind: 'regex', regex };
  const line = cursor.number();
  if (line === null)
    throw cursor.refuse('bad-address', 'a comma needs a second address: a number, $, a regex, +N or ~N');
  const step = syntax.posix ? null : readStep(cursor);
  return step === null || step === 0 ? { kind: 'line', line } : { kind: 'step', first: line, step };
}

function readStep(cursor: Cursor): number | null {
  const from = cursor.at;
  cursor.skip();
  if (cursor.peek() !== '~') {
    cursor.at = from;
    return null;
  }
  cursor.next();
  cursor.skip();
  return cursor.number() ?? 0;
}

function readAddressRegex(cursor: Cursor, syntax: RegexSyntax, slots: SlotTable | null): RegexUse | null {
  const start = cursor.at;
  const char = cursor.peek();
  if (char !== '/' && char !== '\\') return null;
  cursor.next();
  const delimiter = char === '/' ? '/' : cursor.next();
  const fragment = delimiter === '' || delimiter === '\n' ? null : readDelimited(cursor, delimiter, 'regex', slots);
  if (fragment === null) throw cursor.error('unterminated', 'the regex of an address needs its delimiter twice', start);
  refuseHalfControl(cursor, fragment.text);
  const flags = { ignoreCase: false, multiline: false };
  for (;;) {
    const flag = cursor.peek();
    if (flag === 'I' && !syntax.posix) flags.ignoreCase = true;
    else if (flag === 'M' && !syntax.posix) flags.multiline = true;
    else if (!/[ \t]/.test(flag)) break;
    cursor.next();
  }
  return compileRegexUse(cursor, fragment, start, flags, syntax);
}
