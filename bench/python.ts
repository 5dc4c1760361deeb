import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule } from './sed.js';

/** Compiles the rules and applies them for half a second; prints megabytes per second. */
const SCRIPT = `
import json, re, sys, time
job = json.load(open(sys.argv[1]))
fresh = sys.argv[2] == "fresh"
def compiled():
    return [(re.compile(rule["pattern"]), rule["replacement"]) for rule in job["rules"]]
kept = compiled()
def once():
    if fresh:
        re.purge()
    rules = compiled() if fresh else kept
    text = job["block"]
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text
once()
started = time.perf_counter()
runs = 0
while time.perf_counter() - started < 0.5:
    once()
    runs += 1
print(len(job["block"]) * runs / 1e6 / (time.perf_counter() - started))
`;

/** Throughput of Python's re on whole blocks, `fresh` with compiling each time; null where there is no python3. */
export function pythonMegabytesPerSecond(
  workload: { readonly rules: readonly Rule[]; readonly block: string },
  folder: string,
  mode: 'fresh' | 'warm',
): number | null {
  const job = join(folder, 'job.json');
  writeFileSync(job, JSON.stringify(workload));
  const { stdout, status } = spawnSync('python3', ['-c', SCRIPT, job, mode], { encoding: 'utf8' });
  return status === 0 ? Number(stdout) : null;
}
