import { compile, run, SedError } from '../../src/sed/index.js';
import { Chance } from './chance.js';
import { generateCase, type Case, type Kind } from './generate.js';
import { runOracle, type Verdict } from './oracle.js';

export interface Difference {
  readonly one: Case;
  readonly theirs: Verdict;
  readonly ours: Verdict;
}

export interface Comparison {
  readonly compared: number;
  readonly differences: readonly Difference[];
}

/** Runs `count` generated cases through the system's sed and ours. */
export function compare(kind: Kind, count: number, seed: number): Comparison {
  const chance = new Chance(seed);
  const cases = Array.from({ length: count }, () => generateCase(chance, kind));
  return { compared: count, differences: differencesOn(cases) };
}

/** The cases on which the two seds disagree. */
export function differencesOn(cases: readonly Case[]): Difference[] {
  const theirs = runOracle(cases);
  const pairs = cases.map((one, index): Difference => ({ one, theirs: theirs[index] as Verdict, ours: runOurs(one) }));
  return pairs.filter((pair) => !agree(pair.theirs, pair.ours));
}

/** Our verdict on a case, by the same words as the oracle's. Anything but a SedError escapes. */
function runOurs(one: Case): Verdict {
  try {
    const program = compile([{ name: 'case', text: one.script }], one);
    const { output, exitCode } = run(program, Buffer.from(one.input), {
      limits: { steps: 300_000, outputUnits: 200_000 },
    });
    return { kind: 'output', output: Buffer.from(output).toString('latin1'), exit: exitCode };
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    return ['steps-exceeded', 'output-too-large', 'space-too-large'].includes(error.code)
      ? { kind: 'endless' }
      : { kind: 'error' };
  }
}

function agree(theirs: Verdict, ours: Verdict): boolean {
  if (theirs.kind !== 'output' || ours.kind !== 'output') return theirs.kind === ours.kind;
  return theirs.output === ours.output && theirs.exit === ours.exit;
}
