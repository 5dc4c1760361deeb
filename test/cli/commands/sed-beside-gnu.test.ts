import { describe, expect, test } from '@jest/globals';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sedCommand } from '../../../src/cli/commands/sed.js';
import { processStreams } from '../../../src/cli/sed-streams.js';
import { gnuSedVersion } from '../../fuzz/oracle.js';
import { callSed } from '../../support/gnu-sed.js';
import { ARGUMENTS, BAD_SCRIPTS, FILES, INPUT, POSIX_SCRIPTS } from './sed-arguments.js';

interface Ended {
  readonly out: string;
  readonly exit: number;
  /** Where standard error says that something is wrong, of the first message. */
  readonly place: string;
}

const PLACE =
  /^sed: ((?:-e expression #\d+, char \d+|file \S+ line \d+|can't read [^:]*|read error on [^:]*|couldn't open file [^:]*):)?/;

function placeIn(complaint: string): string {
  return PLACE.exec(complaint)?.[1] ?? (complaint === '' ? '' : 'somewhere');
}

function theirs(argvs: readonly (readonly string[])[], cwd: string): Ended[] {
  const ended = callSed(
    argvs.map((argv) => ({ argv, input: INPUT })),
    cwd,
  );
  return ended.map(({ stdout, stderr, status }) => ({
    out: stdout.toString('latin1'),
    exit: status,
    place: placeIn(stderr.toString('latin1')),
  }));
}

function ours(argv: readonly string[], cwd: string): Ended {
  let [out, err] = ['', ''];
  const exit = sedCommand(argv, {
    read: (path, size) => (path === '-' ? [Buffer.from(INPUT)] : processStreams.read(path && join(cwd, path), size)),
    out: (output) => (out += Buffer.from(output).toString('latin1')),
    err: (text) => (err += text),
    environment: {},
  });
  return { out, exit, place: placeIn(err) };
}

function inFolder(run: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), 'sed-argv-'));
  try {
    mkdirSync(join(folder, 'folder'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
    run(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const oracle = gnuSedVersion() === 'sed (GNU sed) 4.9';

if (oracle)
  describe('beside GNU sed 4.9: output, exit code and the place of a mistake', () => {
    test.each([
      ['every form of the options', ARGUMENTS, []],
      ['scripts that are wrong', BAD_SCRIPTS.map((script) => [script]), ['--sandbox']],
      [
        'scripts under --posix',
        POSIX_SCRIPTS.flatMap((script) => [
          ['--posix', script],
          ['--posix', '-E', script],
        ]),
        ['--sandbox'],
      ],
    ])(
      'of %s',
      (_, argvs, confined) =>
        inFolder((folder) => {
          const wanted = theirs(
            argvs.map((argv) => [...confined, ...argv]),
            folder,
          );
          const found = argvs.map((argv) => ours(argv, folder));
          const differences = argvs.flatMap((argv, k) =>
            JSON.stringify(found[k]) === JSON.stringify(wanted[k])
              ? []
              : [{ argv, wanted: wanted[k], found: found[k] }],
          );
          expect(differences).toEqual([]);
        }),
      60_000,
    );
  });
