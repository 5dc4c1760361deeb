import { transliterationMap } from './arguments.js';
import { isLineLocal } from './line-local.js';
import type {
  Action,
  Address,
  Command,
  Program,
  RangeEnd,
  RegexUse,
  ReplacementPart,
  Slot,
  Substitution,
  Transliteration,
} from './program.js';
import { regexError, regexUse } from './regex-argument.js';
import { bindNode } from './regex/bind-node.js';
import { RegexProblem } from './regex/regex-problem.js';
import { SedError, type Place } from './sed-error.js';
import { fillMarks, hasMark } from './variables.js';

/**
 * Puts literal text where each variable stands. A value never becomes syntax: newlines, delimiters, `&`, `\1` and
 * regex characters in it stay text. Throws SedError `undefined-variable` with the place of the first one that `values`
 * lacks. The program given stays as it was.
 */
export function bind(program: Program, values: Readonly<Record<string, string>>): Program {
  for (const use of program.variables) {
    if (!Object.hasOwn(values, use.name)) throw undefinedVariable(use);
  }
  if (program.slots.length === 0) return program;
  const text = (slot: Slot): string => (slot.kind === 'text' ? slot.text : (values[slot.name] as string));
  return fill({ ...program, variables: [] }, (slot) => text(program.slots[slot] as Slot));
}

/** A program as compiling leaves it: bound at once when it holds no variable, only text that looks like one. */
export function withFixedSlots(unfinished: Omit<Program, 'lineLocal'>): Program {
  const program = { ...unfinished, lineLocal: isLineLocal(unfinished) };
  return program.variables.length === 0 ? bind(program, {}) : Object.freeze(program);
}

export function undefinedVariable(place: Place): SedError {
  return new SedError('undefined-variable', place, 'the variable has no value; define it for this destination');
}

type ValueOf = (slot: number) => string;

function fill(program: Program, valueOf: ValueOf): Program {
  const commands = program.commands.map((command): Command => ({
    ...command,
    from: bindAddress(command.from, valueOf),
    to: bindAddress(command.to, valueOf),
    action: bindAction(command.action, command.place, valueOf),
  }));
  return Object.freeze({ ...program, slots: [], commands, lineLocal: isLineLocal({ ...program, commands }) });
}

function bindAddress<T extends Address | RangeEnd>(address: T | null, valueOf: ValueOf): T | null {
  if (address?.kind !== 'regex') return address;
  return { ...address, regex: bindRegex(address.regex, valueOf) };
}

function bindAction(action: Action, place: Place, valueOf: ValueOf): Action {
  if (action.letter === 's') return { ...action, substitution: bindSubstitution(action.substitution, valueOf) };
  if (action.letter === 'y') return { ...action, transliteration: bindLists(action.transliteration, place, valueOf) };
  if (!('insertion' in action) || action.insertion.text === null) return action;
  return { ...action, insertion: { text: fillMarks(action.insertion.text, valueOf) } };
}

function bindSubstitution(substitution: Substitution, valueOf: ValueOf): Substitution {
  const replacement = substitution.replacement.map((part) => bindPart(part, valueOf));
  return { ...substitution, replacement, regex: bindRegex(substitution.regex, valueOf) };
}

function bindLists(lists: Transliteration, place: Place, valueOf: ValueOf): Transliteration {
  if (!hasMark(lists.from) && !hasMark(lists.to)) return lists;
  const filled = { from: fillMarks(lists.from, valueOf), to: fillMarks(lists.to, valueOf) };
  const map = transliterationMap(filled.from, filled.to);
  if (map === null) throw new SedError('bad-argument', place, 'both lists of y need the same number of characters');
  return { ...filled, map };
}

function bindPart(part: ReplacementPart, valueOf: ValueOf): ReplacementPart {
  return part.kind === 'text' ? { kind: 'text', text: fillMarks(part.text, valueOf) } : part;
}

function bindRegex(use: RegexUse, valueOf: ValueOf): RegexUse {
  if (use.parsed === null || use.compiled !== null) return use;
  try {
    const root = bindNode(use.parsed.root, use.parsed.flags, valueOf);
    return regexUse(use.place, { ...use.parsed, root });
  } catch (error) {
    if (error instanceof RegexProblem) throw regexError(error, use.place);
    throw error;
  }
}
