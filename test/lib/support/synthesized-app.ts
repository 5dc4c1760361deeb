import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: object };
const TAKEN = join(ROOT, 'node_modules/.cache/app-is-synthesized');
/** Longer than any synthesis: whoever took it was ended. */
const ABANDONED_MS = 120_000;

/** What `cdk synth` does after it has read cdk.json. One at a time: each builds dist/lambda with a configuration of its own. */
export function synthesizedApp(outdir: string, given: Readonly<Record<string, string>> = {}) {
  const env = {
    ...process.env,
    NODE_OPTIONS: '',
    CDK_VALIDATION: 'false',
    CDK_OUTDIR: outdir,
    CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...given }),
  };
  take();
  try {
    return spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], { cwd: ROOT, env, encoding: 'utf8' });
  } finally {
    rmSync(TAKEN, { recursive: true, force: true });
  }
}

/** Files of tests run in several processes, which a folder that only one of them can make tells from one another. */
function take(): void {
  for (;;) {
    try {
      mkdirSync(TAKEN);
      return;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const since = statSync(TAKEN, { throwIfNoEntry: false })?.mtimeMs ?? Date.now();
      if (Date.now() - since > ABANDONED_MS) rmSync(TAKEN, { recursive: true, force: true });
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    }
  }
}
