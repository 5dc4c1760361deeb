import { describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { compile, run, SedError } from '../../src/sed/index.js';
import { gnuSedVersion } from '../fuzz/oracle.js';
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
  test.each(cases)('GNU sed 4.9 agrees: $name', (one) => {
    const flags = one.options === '' ? [] : one.options.split(' ');
    const { stdout, status } = spawnSync('sed', ['--sandbox', ...flags, '-e', one.script], {
      input: one.input,
      env: { ...process.env, LC_ALL: 'C.UTF-8' },
    });
    const wanted = [Buffer.from(one.output).toString('latin1'), one.exit];
    expect(one.error === null ? [stdout.toString('latin1'), status] : [status === 0]).toEqual(
      one.error === null ? wanted : [false],
    );
  });
});
