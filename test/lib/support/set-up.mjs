// Synthesizes every stack of the tests once, and again only when something that a template can depend on has changed.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const INPUTS = ['lib', 'src/core', 'test/lib/support', 'cdk.json', 'package-lock.json'];
const CACHE = join(ROOT, 'node_modules/.cache/synthesized-stacks');
const DAY_MS = 86_400_000;

export default function setUp() {
  const folder = join(CACHE, fingerprint());
  if (!existsSync(folder)) synthesizeInto(folder);
  process.env['SYNTHESIZED_STACKS'] = folder;
}

function synthesizeInto(folder) {
  mkdirSync(CACHE, { recursive: true });
  for (const old of readdirSync(CACHE).map((name) => join(CACHE, name))) {
    if (Date.now() - statSync(old).mtimeMs > DAY_MS) rmSync(old, { recursive: true });
  }
  const unfinished = mkdtempSync(join(CACHE, 'unfinished-'));
  const script = fileURLToPath(new URL('synthesize.ts', import.meta.url));
  const env = { ...process.env, NODE_OPTIONS: '' };
  execFileSync(process.execPath, ['--import', 'tsx', script, unfinished], { cwd: ROOT, env, stdio: 'pipe' });
  // Another run may have been faster.
  if (existsSync(folder)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, folder);
}

function fingerprint() {
  const hash = createHash('sha256').update(process.version);
  for (const path of INPUTS.flatMap(filesOf))
    hash
      .update(path)
      .update('\0')
      .update(readFileSync(join(ROOT, path)))
      .update('\0');
  return hash.digest('hex');
}

function filesOf(path) {
  if (statSync(join(ROOT, path)).isFile()) return [path];
  const entries = readdirSync(join(ROOT, path), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(ROOT.length))
    .sort();
}
