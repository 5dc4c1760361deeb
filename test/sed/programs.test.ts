import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { compile, run, SedError } from '../../src/sed/index.js';
import { gnuSedVersion } from '../fuzz/oracle.js';
import { callSed } from '../support/gnu-sed.js';

/** One program, its options in front as one word, and the text it runs on. */
interface Written {
  readonly flags: readonly string[];
  readonly script: string;
  readonly input: string;
}

/** `@@` and a JSON string is the text for the programs behind it, which stand between lines of `%%`. */
function writtenPrograms(): Written[] {
  const groups = readFileSync(new URL('programs.txt', import.meta.url), 'utf8')
    .split(/^@@ /m)
    .slice(1);
  return groups.flatMap((group) => {
    const end = group.indexOf('\n');
    const input = String(JSON.parse(group.slice(0, end)));
    return group
      .slice(end + 1, -1)
      .split('\n%%\n')
      .map((program): Written => {
        const [, letters = '', script = program] = /^-([nEzs]+) (.*)$/s.exec(program) ?? [];
        return { flags: Array.from(letters, (letter) => `-${letter}`), script, input };
      });
  });
}

function ours({ flags, script, input }: Written): string {
  const has = (flag: string): boolean => flags.includes(flag);
  try {
    const program = compile(script, { quiet: has('-n'), extended: has('-E'), zero: has('-z') });
    const { output, exitCode } = run(program, [Buffer.from(input)], { separate: has('-s') });
    return `${exitCode} ${Buffer.from(output).toString('latin1')}`;
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    return 'refused';
  }
}

const programs = writtenPrograms();

describe('programs by hand, over every command, address, flag and oddity of the syntax', () => {
  test('are many', () => expect(programs.length).toBeGreaterThan(500));

  if (gnuSedVersion() !== 'sed (GNU sed) 4.9') return;
  test('GNU sed 4.9 agrees on every one', () => {
    const theirs = callSed(
      programs.map(({ flags, script, input }) => ({ argv: ['--sandbox', ...flags, '-e', script], input })),
    ).map(({ stdout, stderr, status }) => (stderr.length > 0 ? 'refused' : `${status} ${stdout.toString('latin1')}`));
    const differences = programs.flatMap((program, k) =>
      ours(program) === theirs[k] ? [] : [{ ...program, ours: ours(program), theirs: theirs[k] }],
    );
    expect(differences).toEqual([]);
  }, 180_000);
});
