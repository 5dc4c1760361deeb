import type { Machine } from './machine.js';
import type { Action, Command, Program, RegexUse, Substitution } from './program.js';
import type { Regex } from './regex/regex.js';
import { SedError } from './sed-error.js';
import { divide } from './selected-lines.js';
import { substitute } from './substitute.js';
import { transliterate } from './transliterate.js';

/** Lines taken together, in UTF-16 code units; a longer line is taken alone. */
const STRETCH_UNITS = 1 << 17;

/** Runs a line-local program on all its input. */
export function runOnManyLines(machine: Machine): void {
  const { input, program } = machine;
  for (let lines = input.nextLines(STRETCH_UNITS); lines !== null; lines = input.nextLines(STRETCH_UNITS)) {
    if (runOnStretch(machine, lines)) continue;
    const texts = lines.text.split(program.lineEnd);
    for (const [k, text] of texts.entries()) runOnLines(machine, { text, ended: lines.ended || k < texts.length - 1 });
  }
}

interface Lines {
  readonly text: string;
  readonly ended: boolean;
  /** The text with its last line end, where that is at hand. */
  readonly whole?: string;
}

/** False when the lines together come to more than a buffer holds: each is then to be looked at for itself. */
function runOnStretch(machine: Machine, lines: Lines): boolean {
  const hits = [...machine.hits];
  try {
    runOnLines(machine, lines);
    return true;
  } catch (error) {
    if (!(error instanceof SedError) || error.code !== 'space-too-large') throw error;
    hits.forEach((count, index) => (machine.hits[index] = count));
    return false;
  }
}

function runOnLines(machine: Machine, lines: Lines): void {
  machine.meter.checkSpace(lines.text.length);
  const left = runCommands(machine, lines, 0, machine.program.commands.length);
  // Text that is as it was need not be copied to come to its line end.
  if (left === lines && lines.ended && lines.whole !== undefined) machine.output.raw(lines.whole);
  else if (left !== null) machine.output.line(left.text, left.ended);
}

/** The lines that are left, and as they are, behind the commands from `from` to `to`; null when none is. */
function runCommands(machine: Machine, lines: Lines, from: number, to: number): Lines | null {
  const { commands } = machine.program;
  let left: Lines | null = lines;
  for (let index = from; index < to && left !== null;) {
    const command = commands[index] as Command;
    machine.meter.place = command.place;
    machine.meter.spend(1);
    left = runCommand(machine, command, index, left);
    index = command.action.letter === '{' ? command.action.target : index + 1;
  }
  return left;
}

/** One command on the lines it selects; the others pass by. */
function runCommand(machine: Machine, command: Command, index: number, lines: Lines): Lines | null {
  const { from, negated, action } = command;
  if (from?.kind !== 'regex') return runAction(machine, action, index, lines);
  const end = action.letter === '{' ? action.target : index + 1;
  const selection = { use: from.regex, negated, end };
  return onMatching(machine, selection, lines, (chosen) => runAction(machine, action, index, chosen));
}

interface Selection {
  readonly use: RegexUse;
  readonly negated: boolean;
  /** The command that other lines go on with. */
  readonly end: number;
}

/** `apply` on the lines that are selected. Others are left as they are, or not printed where -n leaves that to the last command. */
function onMatching(
  { program, meter }: Machine,
  { use, negated, end }: Selection,
  lines: Lines,
  apply: (lines: Lines) => Lines | null,
): Lines | null {
  const { lineEnd, quiet, commands } = program;
  const isDropped = quiet && end === commands.length;
  const stretches = divide(lines.text, forLines(use, lineEnd), lineEnd, meter);
  const left: Lines[] = [];
  for (const [k, { text, isSelected }] of stretches.entries()) {
    const part = { text, ended: lines.ended || k < stretches.length - 1 };
    const result = isSelected !== negated ? apply(part) : isDropped ? null : part;
    if (result !== null) left.push(result);
  }
  const last = left.at(-1);
  return last === undefined ? null : { text: left.map(({ text }) => text).join(lineEnd), ended: last.ended };
}

function runAction(machine: Machine, action: Action, index: number, lines: Lines): Lines | null {
  const { meter, program } = machine;
  switch (action.letter) {
    case 's':
      return runSubstitution(machine, action.substitution, index, lines);
    case 'y': {
      const changed = transliterate(action.transliteration, lines.text, meter);
      if (changed === lines.text) return lines;
      machine.hit(index, changedLines(lines.text, changed, program.lineEnd));
      return { text: changed, ended: lines.ended };
    }
    case 'd':
      machine.hit(index, lines.text.split(program.lineEnd).length);
      return null;
    case 'p':
      return printed(program, lines);
    case '{':
      return runCommands(machine, lines, index + 1, action.target);
    default:
      throw new TypeError('a command that is not for many lines');
  }
}

function runSubstitution(machine: Machine, substitution: Substitution, index: number, lines: Lines): Lines | null {
  if (!substitution.print) return substituted(machine, substitution, index, lines);
  const selection = { use: substitution.regex, negated: false, end: index + 1 };
  return onMatching(machine, selection, lines, (chosen) =>
    printed(machine.program, substituted(machine, substitution, index, chosen)),
  );
}

/** The same lines where nothing was replaced. */
function substituted(machine: Machine, substitution: Substitution, index: number, lines: Lines): Lines {
  const { meter, program } = machine;
  const regex = forLines(substitution.regex, program.lineEnd);
  const { text, count } = substitute(substitution, regex, lines.text, meter, program.lineEnd);
  machine.hit(index, count);
  return count === 0 ? lines : { text, ended: lines.ended };
}

/** What the last command prints and what the end of the cycle does, one line after the other. */
function printed({ quiet, lineEnd }: Program, { text, ended }: Lines): Lines {
  if (quiet) return { text, ended };
  const twice = text.split(lineEnd).map((line) => line + lineEnd + line);
  return { text: twice.join(lineEnd), ended };
}

function forLines({ compiled }: RegexUse, lineEnd: string): Regex {
  return (compiled as Regex).forLines(lineEnd);
}

function changedLines(before: string, after: string, lineEnd: string): number {
  const now = after.split(lineEnd);
  return before.split(lineEnd).filter((line, index) => line !== now[index]).length;
}
