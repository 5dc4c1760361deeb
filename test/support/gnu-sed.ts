import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface SedCall {
  readonly argv: readonly string[];
  readonly input: string | Uint8Array;
}

export interface SedEnded {
  readonly stdout: Buffer;
  readonly stderr: Buffer;
  readonly status: number;
}

/** Calls the system's sed from one shell, which is many times quicker than one process of ours for each. `cwd` is where the calls run. */
export function callSed(calls: readonly SedCall[], cwd: string = tmpdir()): SedEnded[] {
  const folder = mkdtempSync(join(tmpdir(), 'sed-calls-'));
  const file = (index: number, end: string): string => join(folder, `${index}.${end}`);
  try {
    calls.forEach(({ input }, index) => writeFileSync(file(index, 'in'), input));
    const lines = calls.map(({ argv }, index) => {
      const streams = ['<', '>', '2>'].map((mark, k) => mark + quoted(file(index, ['in', 'out', 'err'][k] ?? '')));
      return `sed ${argv.map(quoted).join(' ')} ${streams.join(' ')}; echo $? >${quoted(file(index, 'rc'))}`;
    });
    writeFileSync(join(folder, 'all.sh'), ['ulimit -t 5', ...lines, ''].join('\n'));
    execFileSync('bash', [join(folder, 'all.sh')], { cwd, env: { ...process.env, LC_ALL: 'C.UTF-8' } });
    return calls.map((_, index) => ({
      stdout: readFileSync(file(index, 'out')),
      stderr: readFileSync(file(index, 'err')),
      status: Number(readFileSync(file(index, 'rc'), 'utf8')),
    }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
