import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from './generate.js';

/** What a sed made of a case. `error`: it refused the script or failed; `endless`: it was stopped. */
export type Verdict =
  | { readonly kind: 'output'; readonly output: string; readonly exit: number }
  | { readonly kind: 'error' }
  | { readonly kind: 'endless' };

const CASES_PER_SHELL = 150;

/** The version line of the sed on PATH when it is GNU sed 4.x, else null. */
export function gnuSedVersion(): string | null {
  const { stdout } = spawnSync('sed', ['--version'], { encoding: 'utf8' });
  return /^sed \(GNU sed\) 4\.\d+/.exec(stdout ?? '')?.[0] ?? null;
}

/** Runs the system's sed on all cases, with one shell as the driver. Outputs are bytes written as latin1. */
export function runOracle(cases: readonly Case[]): Verdict[] {
  const folder = mkdtempSync(join(tmpdir(), 'sed-oracle-'));
  try {
    cases.forEach((one, index) => {
      writeFileSync(join(folder, `${index}.sed`), one.script);
      writeFileSync(join(folder, `${index}.in`), one.input);
    });
    writeDriver(folder, cases);
    execFileSync('bash', ['all.sh'], { cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' }, stdio: 'ignore' });
    return cases.map((_, index) => verdict(folder, index));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The limits are set once per shell; they bind it too, so a shell has few enough cases to stay below them. */
function writeDriver(folder: string, cases: readonly Case[]): void {
  const calls = cases.map((one, i) => `sed ${flags(one)} -f ${i}.sed ${i}.in >${i}.out 2>${i}.err; echo $? >${i}.rc`);
  const shells: string[] = [];
  for (let from = 0; from < calls.length; from += CASES_PER_SHELL) {
    const name = `${shells.length}.sh`;
    writeFileSync(
      join(folder, name),
      ['ulimit -t 1 -f 200', ...calls.slice(from, from + CASES_PER_SHELL), ''].join('\n'),
    );
    shells.push(`bash ${name}`);
  }
  const lanes = [0, 1].map((lane) => shells.filter((_, k) => k % 2 === lane).join('; '));
  writeFileSync(join(folder, 'all.sh'), `(${lanes[0] || ':'}) &\n(${lanes[1] || ':'}) &\nwait\n`);
}

function flags(one: Case): string {
  return `--sandbox ${one.extended ? '-E ' : ''}${one.quiet ? '-n ' : ''}${one.zero ? '-z ' : ''}${one.posix ? '--posix' : ''}`;
}

function verdict(folder: string, index: number): Verdict {
  const exit = Number(readFileSync(join(folder, `${index}.rc`), 'utf8'));
  if (exit > 128) return { kind: 'endless' };
  const complaint = readFileSync(join(folder, `${index}.err`), 'latin1');
  if (complaint !== '') return complaint.includes("couldn't write") ? { kind: 'endless' } : { kind: 'error' };
  return { kind: 'output', output: readFileSync(join(folder, `${index}.out`), 'latin1'), exit };
}
