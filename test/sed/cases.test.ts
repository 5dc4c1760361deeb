import { describe, expect, test } from '@jest/globals';
import { compile, run, SedError } from '../../src/sed/index.js';
import { gnuSedVersion } from '../fuzz/oracle.js';
import { callSed } from '../support/gnu-sed.js';
import { readCases, type SedCase } from './case-file.js';

const oracle = gnuSedVersion() === 'sed (GNU sed) 4.9';

function runCase(one: SedCase): { output: string; exit: number; error: string | null } {
  const has = (letter: string): boolean => one.options.includes(letter);
  try {
    const program = compile(one.script, { quiet: has('n'), extended: has('E'), zero: has('z') });
    const { output, exitCode } = run(program, [one.input], { separate: has('s') });
    return { output: Buffer.from(output).toString('latin1'), exit: exitCode, error: null };
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    return { output: '', exit: 0, error: `${error.code} ${error.line}:${error.column}` };
  }
}

describe.each(readCases())('$file', ({ file, cases }) => {
  test.each(cases)('$name', (one) => {
    const expected = { output: Buffer.from(one.output).toString('latin1'), exit: one.exit, error: one.error };
    expect(runCase(one)).toEqual(expected);
  });

  if (!oracle || file.startsWith('ours-')) return;
  // What differs on purpose is in files of its own; everything else is what the real sed does.
  test('GNU sed 4.9 agrees with every case', () => {
    const ended = callSed(
      cases.map(({ options, script, input }) => ({
        argv: ['--sandbox', ...(options === '' ? [] : options.split(' ')), '-e', script],
        input,
      })),
    );
    const found = cases.map(({ name, error }, k) => {
      const { stdout, status } = ended[k] ?? { stdout: Buffer.of(), status: -1 };
      return error === null ? [name, stdout.toString('latin1'), status] : [name, status === 1 || status === 4];
    });
    const wanted = cases.map(({ name, output, exit, error }) =>
      error === null ? [name, Buffer.from(output).toString('latin1'), exit] : [name, true],
    );
    expect(found).toEqual(wanted);
  });
});
