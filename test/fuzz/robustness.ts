import { bind, compile, run, SedError } from '../../src/sed/index.js';
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
  readonly runs: number;
  readonly refused: number;
  /** Largest number of steps of one run. */
  readonly maxSteps: number;
}

/** Random scripts on random values under tight limits. Anything but a SedError escapes; so does a limit that is passed. */
export function runRobustness(runs: number, seed: number): Robustness {
  const chance = new Chance(seed);
  let refused = 0;
  let maxSteps = 0;
  for (let k = 0; k < runs; k++) {
    try {
      maxSteps = Math.max(maxSteps, runOne(chance));
    } catch (error) {
      if (!(error instanceof SedError)) throw error;
      refused++;
    }
  }
  return { runs, refused, maxSteps };
}

function runOne(chance: Chance): number {
  const generated = generateCase(chance, 'language');
  const noise = chance.some(0, 12, () => chance.pick(PIECES)).join('');
  const script = chance.pick([noise, noise, `${generated.script};${noise}`, generated.script]);
  const program = compile(script, { extended: generated.extended, zero: generated.zero, variables: true });
  const bound = bind(program, { A: chance.some(0, 6, () => chance.pick(PIECES)).join('') });
  const bytes = Uint8Array.from(chance.some(0, 60, () => chance.pick([10, 97, 98, 0, 0xc3, 0xa9, 0xff, 0xf0, 32])));
  return run(bound, bytes, { limits: { steps: 20_000, outputUnits: 20_000, spaceUnits: 10_000 } }).steps;
}
