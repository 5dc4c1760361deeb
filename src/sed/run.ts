import { undefinedVariable } from './bind.js';
import { execute, type Flow } from './execute.js';
import { Input } from './input.js';
import { DEFAULT_LIMITS, Meter, type Limits } from './limits.js';
import { Machine } from './machine.js';
import type { Command, Program } from './program.js';
import { forgetUnits } from './regex/units.js';
import { decode, encode, isPlainText } from './text.js';

export interface RunOptions {
  /** Bounds that differ from the defaults. */
  readonly limits?: Partial<Limits>;
  /** As `-s`: line numbers and `$` count per input, not over all of them. */
  readonly separate?: boolean;
}

/** How often one s, y, d, D, c, a, i or z changed something; for s, the substitutions made. */
export interface RuleHits {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly hits: number;
}

export interface RunResult<T> {
  readonly output: T;
  /** 0, or what q or Q gave: 0 to 255. */
  readonly exitCode: number;
  readonly hits: readonly RuleHits[];
  /** Work done, in the unit of {@link Limits.steps}. */
  readonly steps: number;
}

/**
 * Runs a program on text or bytes. Bytes that are not UTF-8 pass through unharmed. Throws SedError, with the place of
 * the command, when a limit is reached; with a string, also when the script makes output that is not text.
 */
export function run(program: Program, input: string, options?: RunOptions): RunResult<string>;
export function run(
  program: Program,
  input: Uint8Array | readonly Uint8Array[],
  options?: RunOptions,
): RunResult<Uint8Array>;
export function run(
  program: Program,
  input: string | Uint8Array | readonly Uint8Array[],
  options: RunOptions = {},
): RunResult<string> | RunResult<Uint8Array> {
  const unbound = program.variables[0];
  if (unbound !== undefined) throw undefinedVariable(unbound);
  const isText = typeof input === 'string';
  const texts = isText ? [input] : input instanceof Uint8Array ? [decode(input)] : input.map(decode);
  const machine = runToEnd(program, texts, options);
  const output = machine.output.toString();
  const ending = { exitCode: machine.exitCode, hits: hitsOf(machine), steps: machine.meter.steps };
  if (!isText) return { output: encode(output), ...ending };
  if (!isPlainText(output) && isPlainText(input)) {
    throw machine.meter.error('output-not-text', 'the script makes bytes that are not UTF-8; run it on bytes instead');
  }
  return { output, ...ending };
}

function runToEnd(program: Program, texts: readonly string[], options: RunOptions): Machine {
  try {
    return runCycles(program, texts, options);
  } finally {
    forgetUnits();
  }
}

function runCycles(program: Program, texts: readonly string[], options: RunOptions): Machine {
  const start = program.commands[0]?.place ?? { file: 'script', line: 1, column: 1 };
  const meter = new Meter({ ...DEFAULT_LIMITS, ...options.limits }, start);
  const machine = new Machine(program, new Input(texts, program.lineEnd, options.separate === true), meter);
  let restarted = false;
  while (restarted || machine.readLine('replace')) {
    const flow = runScript(machine);
    if (flow === 'end-cycle' || flow === 'quit' || (flow === 'input-ended' && !program.posix)) machine.autoprint();
    if (flow === 'quit-silently') break;
    restarted = flow === 'restart';
    if (flow === 'quit') machine.output.payLineEnd();
    // D goes on without reading, and queued text waits for the next read or the end.
    if (!restarted) machine.flushAppended();
    if (flow === 'quit' || flow === 'input-ended') break;
  }
  return machine;
}

/** One pass over the script. */
function runScript(machine: Machine): Exclude<Flow, number | 'next'> {
  const { commands } = machine.program;
  const { meter, selector } = machine;
  for (let index = 0; index < commands.length;) {
    const command = commands[index] as Command;
    meter.place = command.place;
    meter.spend(1);
    if (!selector.selects(command, index)) {
      index = command.action.letter === '{' ? command.action.target : index + 1;
      continue;
    }
    const flow = execute(machine, command, index);
    if (flow === 'next') index++;
    else if (typeof flow === 'number') index = flow;
    else return flow;
  }
  return 'end-cycle';
}

const COUNTED = new Set(['s', 'y', 'd', 'D', 'c', 'a', 'i', 'z']);

function hitsOf(machine: Machine): RuleHits[] {
  return machine.program.commands.flatMap(({ action, place }, index) =>
    COUNTED.has(action.letter) ? [{ ...place, hits: machine.hits[index] ?? 0 }] : [],
  );
}
