import { bind, compile, run, SedError, type Program } from '../../src/sed/index.js';
import { Chance } from './chance.js';
import { generateCase } from './generate.js';

const PIECES = [
  's',
  '/',
  '\\',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  '*',
  '+',
  '?',
  '|',
  '^',
  '$',
  '.',
  '&',
  ';',
  '\n',
  ',',
  '!',
  '~',
  '0',
  '1',
  '9',
  'a',
  'b',
  'd',
  'y',
  'i',
  'c',
  'n',
  'N',
  'D',
  'g',
  'G',
  't',
  ':',
  '${A}',
  '\\${A}',
  '[:alpha:]',
  '\\{1,3\\}',
  '{2}',
  '\u{1F600}',
  '\uDC80',
  '\uD800',
  '#',
  'q',
  'w',
  'e',
];

export interface Robustness {
  readonly scripts: number;
  /** Scripts that were refused when they were compiled or bound. */
  readonly refused: number;
  readonly values: number;
  /** Runs that a limit stopped, or an error of the script. */
  readonly stopped: number;
  /** Largest number of steps of one run. */
  readonly maxSteps: number;
}

/** Random values that each script which compiles is run on. */
const VALUES_PER_SCRIPT = 4;

/** Random scripts on random values under tight limits. Anything but a SedError escapes; so does a limit that is passed. */
export function runRobustness(scripts: number, seed: number): Robustness {
  const chance = new Chance(seed);
  let [refused, values, stopped, maxSteps] = [0, 0, 0, 0];
  for (let k = 0; k < scripts; k++) {
    const program = orRefused(() => randomProgram(chance));
    if (program === null) {
      refused++;
      continue;
    }
    for (let v = 0; v < VALUES_PER_SCRIPT; v++) {
      values++;
      const steps = orRefused(() => run(program, randomValue(chance), { limits: LIMITS }).steps);
      if (steps === null) stopped++;
      else maxSteps = Math.max(maxSteps, steps);
    }
  }
  return { scripts, refused, values, stopped, maxSteps };
}

const LIMITS = { steps: 20_000, outputUnits: 20_000, spaceUnits: 10_000 };

function orRefused<T>(act: () => T): T | null {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    return null;
  }
}

function randomProgram(chance: Chance): Program {
  const generated = generateCase(chance, 'language');
  const noise = chance.some(0, 12, () => chance.pick(PIECES)).join('');
  const script = chance.pick([noise, noise, `${generated.script};${noise}`, generated.script]);
  const program = compile(script, { extended: generated.extended, zero: generated.zero, variables: true });
  return bind(program, { A: chance.some(0, 6, () => chance.pick(PIECES)).join('') });
}

function randomValue(chance: Chance): Uint8Array {
  return Uint8Array.from(chance.some(0, 60, () => chance.pick([10, 97, 98, 0, 0xc3, 0xa9, 0xff, 0xf0, 32, 123, 34])));
}
