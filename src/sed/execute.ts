import { assertNever } from './assert-never.js';
import { listing } from './listing.js';
import type { Machine, Space } from './machine.js';
import type { Command, PlainLetter, Substitution, Transliteration } from './program.js';
import { substitute } from './substitute.js';
import { transliterate } from './transliterate.js';

/** What to do after a command: an index to jump to, or how the cycle ends. */
export type Flow = number | 'next' | 'end-cycle' | 'delete' | 'restart' | 'quit' | 'quit-silently' | 'input-ended';

/** Runs one command that applies to the current line. */
export function execute(machine: Machine, command: Command, index: number): Flow {
  const { action } = command;
  switch (action.letter) {
    case 's':
      return runSubstitution(machine, action.substitution, index);
    case 'y':
      return runTransliteration(machine, action.transliteration, index);
    case 'b':
      return action.target;
    case 't':
    case 'T':
      return branchOnSubstitution(machine, action.letter, action.target);
    case '{':
      return 'next';
    case 'q':
    case 'Q':
      machine.exitCode = action.exitCode;
      return action.letter === 'q' ? 'quit' : 'quit-silently';
    case 'a':
    case 'i':
    case 'c':
      return insert(machine, command, index, action.letter, action.insertion.text);
    case 'l':
      machine.output.raw(listing(machine.pattern.text, action.width, machine.program.lineEnd));
      return 'next';
    case '=':
    case 'd':
    case 'D':
    case 'g':
    case 'G':
    case 'h':
    case 'H':
    case 'n':
    case 'N':
    case 'p':
    case 'P':
    case 'x':
    case 'z':
      return PLAIN[action.letter](machine, index);
    default:
      return assertNever(action);
  }
}

const PLAIN: Readonly<Record<PlainLetter, (machine: Machine, index: number) => Flow>> = {
  '=': (machine) => {
    machine.output.raw(String(machine.input.lineNumber) + machine.program.lineEnd);
    return 'next';
  },
  d: (machine, index) => {
    machine.hit(index);
    return 'delete';
  },
  D: deleteFirstLine,
  g: (machine) => set(machine, 'pattern', machine.hold.text, machine.hold.ended),
  G: (machine) => append(machine, 'pattern', machine.hold),
  h: (machine) => set(machine, 'hold', machine.pattern.text, machine.pattern.ended),
  H: (machine) => append(machine, 'hold', machine.pattern),
  n: (machine) => {
    if (machine.input.isDone) return 'end-cycle';
    machine.autoprint();
    machine.readLine('replace');
    return 'next';
  },
  N: (machine) => {
    if (machine.input.isDone) return 'input-ended';
    machine.readLine('append');
    return 'next';
  },
  p: (machine) => {
    machine.printPattern();
    return 'next';
  },
  P: (machine) => {
    const { text, ended } = machine.pattern;
    const end = text.indexOf(machine.program.lineEnd);
    if (end < 0) machine.output.line(text, ended);
    else machine.output.line(text.slice(0, end), true);
    return 'next';
  },
  x: (machine) => {
    [machine.pattern, machine.hold] = [machine.hold, machine.pattern];
    return 'next';
  },
  z: (machine, index) => {
    machine.hit(index);
    return set(machine, 'pattern', '', machine.pattern.ended);
  },
};

function runSubstitution(machine: Machine, substitution: Substitution, index: number): Flow {
  const regex = machine.regexOf(substitution.regex);
  if (substitution.regex.parsed === null) machine.takeGroups(regex, substitution.maxGroup);
  const { text, count } = substitute(substitution, regex, machine.pattern.text, machine.meter);
  if (count === 0) return 'next';
  machine.pattern.text = text;
  machine.substituted = true;
  machine.hit(index, count);
  if (substitution.print) machine.printPattern();
  return 'next';
}

function runTransliteration(machine: Machine, transliteration: Transliteration, index: number): Flow {
  const { text } = machine.pattern;
  const changed = transliterate(transliteration, text, machine.meter);
  if (changed === text) return 'next';
  machine.pattern.text = changed;
  machine.hit(index);
  return 'next';
}

function branchOnSubstitution(machine: Machine, letter: 't' | 'T', target: number): Flow {
  const { substituted } = machine;
  machine.substituted = false;
  return substituted === (letter === 't') ? target : 'next';
}

function deleteFirstLine(machine: Machine, index: number): Flow {
  machine.hit(index);
  const { text } = machine.pattern;
  const end = text.indexOf(machine.program.lineEnd);
  if (end < 0) return 'delete';
  machine.pattern.text = text.slice(end + 1);
  return 'restart';
}

function insert(machine: Machine, command: Command, index: number, letter: 'a' | 'i' | 'c', text: string | null): Flow {
  machine.hit(index);
  if (letter === 'a') {
    // Nothing to append still gives a last line its end: `$a\` is how people add one.
    machine.queueAppend(text === null ? '' : `${text}\n`);
    return 'next';
  }
  if (letter === 'i') {
    if (text !== null) machine.output.raw(text + machine.program.lineEnd);
    return 'next';
  }
  const goesOn = command.to !== null && !command.negated && machine.selector.isRangeOpen(index);
  if (text !== null && !goesOn) machine.output.raw(text + machine.program.lineEnd);
  return 'delete';
}

function set(machine: Machine, space: 'pattern' | 'hold', text: string, ended: boolean): Flow {
  machine[space] = { text, ended };
  return 'next';
}

function append(machine: Machine, space: 'pattern' | 'hold', added: Space): Flow {
  const text = machine[space].text + machine.program.lineEnd + added.text;
  machine.meter.checkSpace(text.length);
  return set(machine, space, text, added.ended);
}
