import { undefinedVariable } from './bind.js';
import { blocksOf } from './blocks.js';
import { execute, type Flow } from './execute.js';
import { Input } from './input.js';
import { DEFAULT_LIMITS, Meter, type Limits } from './limits.js';
import { Machine } from './machine.js';
import { runOnManyLines } from './many-lines.js';
import type { Sink } from './output.js';
import type { Command, Program } from './program.js';
import { forgetText } from './regex/text-kind.js';
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
  const isText = typeof input === 'string';
  const texts = isText ? [input] : input instanceof Uint8Array ? [decode(input)] : input.map(decode);
  const machine = machineFor(program, () => texts.map((text) => [text]), options, null);
  runToEnd(machine);
  const output = machine.output.toString();
  const ending = endingOf(machine);
  if (!isText) return { output: encode(output), ...ending };
  if (!isPlainText(output) && isPlainText(input)) {
    throw machine.meter.error('output-not-text', 'the script makes bytes that are not UTF-8; run it on bytes instead');
  }
  return { output, ...ending };
}

export interface PipeOptions extends RunOptions {
  /** Write each piece of output at once instead of 64 KiB together. */
  readonly unbuffered?: boolean;
}

/** Units of output that a pipe collects. */
const PIPE_UNITS = 65_536;

/**
 * Runs a program on inputs of any size: each is read when it is needed, as chunks of bytes, and output is handed to `write`
 * as it is made, also what was made before an error. `limits.steps` holds for every 64 KiB that were read.
 */
export function pipe(
  program: Program,
  inputs: Iterable<Iterable<Uint8Array>>,
  write: (bytes: Uint8Array) => void,
  options: PipeOptions = {},
): Omit<RunResult<never>, 'output'> {
  const sink = { write, atLeast: options.unbuffered === true ? 1 : PIPE_UNITS };
  const texts = function* (meter: Meter): Generator<Iterable<string>> {
    for (const chunks of inputs) yield blocksOf(chunks, program.lineEnd, meter);
  };
  const machine = machineFor(program, texts, options, sink);
  try {
    runToEnd(machine);
  } finally {
    machine.output.flush();
  }
  return endingOf(machine);
}

function machineFor(
  program: Program,
  texts: (meter: Meter) => Iterable<Iterable<string>>,
  options: RunOptions,
  sink: Sink | null,
): Machine {
  const unbound = program.variables[0];
  if (unbound !== undefined) throw undefinedVariable(unbound);
  const start = program.commands[0]?.place ?? { file: 'script', line: 1, column: 1 };
  const meter = new Meter({ ...DEFAULT_LIMITS, ...options.limits }, start);
  return new Machine(program, new Input(texts(meter), program.lineEnd, options.separate === true), meter, sink);
}

function endingOf(machine: Machine): Omit<RunResult<never>, 'output'> {
  return { exitCode: machine.exitCode, hits: hitsOf(machine), steps: machine.meter.steps };
}

function runToEnd(machine: Machine): void {
  try {
    if (machine.program.lineLocal) runOnManyLines(machine);
    else runCycles(machine);
  } finally {
    forgetUnits();
    forgetText();
  }
}

function runCycles(machine: Machine): void {
  const { program } = machine;
  let restarted = false;
  while (restarted || machine.readLine('replace')) {
    const flow = runScript(machine);
    if (flow === 'end-cycle' || flow === 'quit' || (flow === 'input-ended' && program.printsUnfinished))
      machine.autoprint();
    if (flow === 'quit-silently') break;
    restarted = flow === 'restart';
    if (flow === 'quit') machine.output.payLineEnd();
    // D goes on without reading, and queued text waits for the next read or the end.
    if (!restarted) machine.flushAppended();
    if (flow === 'quit' || flow === 'input-ended') break;
  }
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
  const hits: RuleHits[] = [];
  for (const [index, { action, place }] of machine.program.commands.entries()) {
    const { file, line, column } = place;
    if (COUNTED.has(action.letter)) hits.push({ file, line, column, hits: machine.hits[index] ?? 0 });
  }
  return hits;
}
