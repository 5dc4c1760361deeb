import type { Meter } from './limits.js';
import type { Machine } from './machine.js';
import type { Action, Command, Program, Substitution } from './program.js';
import type { Regex } from './regex/regex.js';
import { SedError } from './sed-error.js';
import { substitute, type Substituted } from './substitute.js';
import { transliterate } from './transliterate.js';

/** Lines taken together, in UTF-16 code units; a longer line is taken alone. */
const STRETCH_UNITS = 1 << 17;

/**
 * True when each command changes each line for itself, whatever the other lines are, and makes no further line: such a
 * program may run command by command on many lines at once.
 */
export function isLineLocal({ commands, quiet, lineEnd }: Pick<Program, 'commands' | 'quiet' | 'lineEnd'>): boolean {
  return !quiet && commands.length > 0 && commands.every((command) => isLocal(command, lineEnd));
}

function isLocal({ from, negated, action }: Command, lineEnd: string): boolean {
  if (from !== null || negated) return false;
  if (action.letter === 's') return isLocalSubstitution(action.substitution, lineEnd);
  return action.letter === 'y' && !(action.transliteration.from + action.transliteration.to).includes(lineEnd);
}

function isLocalSubstitution({ regex: { compiled }, replacement, print }: Substitution, lineEnd: string): boolean {
  if (print || compiled === null || compiled.hasBackrefs) return false;
  if (replacement.some((part) => part.kind === 'text' && part.text.includes(lineEnd))) return false;
  const { prefixes, required } = compiled.literals;
  return !prefixes.some((text) => text.includes(lineEnd)) && !required.some((text) => text.includes(lineEnd));
}

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
  const { program, meter, output } = machine;
  let { text } = lines;
  meter.checkSpace(text.length);
  for (const [index, { action, place }] of program.commands.entries()) {
    meter.place = place;
    meter.spend(1);
    const changed = change(action, text, program.lineEnd, meter);
    machine.hit(index, changed.count);
    text = changed.text;
  }
  output.line(text, lines.ended);
}

function change(action: Action, text: string, lineEnd: string, meter: Meter): Substituted {
  if (action.letter === 's') {
    const regex = (action.substitution.regex.compiled as Regex).forLines(lineEnd);
    return substitute(action.substitution, regex, text, meter, lineEnd);
  }
  if (action.letter !== 'y') return { text, count: 0 };
  const changed = transliterate(action.transliteration, text, meter);
  return { text: changed, count: changed === text ? 0 : changedLines(text.split(lineEnd), changed.split(lineEnd)) };
}

function changedLines(before: readonly string[], after: readonly string[]): number {
  return before.filter((line, index) => line !== after[index]).length;
}
