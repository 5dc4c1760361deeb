import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Rule, Workload } from './sed-workloads.js';

/** At least this much processor time is measured, in milliseconds, and the best of so many measurements taken. */
const MEASURED_MS = 80;
const MEASUREMENTS = 3;
/** So much is run before, so that V8's compiling is over: it takes processor time too. */
const WARM_UP_MS = 600;
/** Copies of the block a spawned sed reads, so that its start is not the figure. */
const COPIES = 400;

export function sedScript(rules: readonly Rule[]): string {
  return rules.map(({ pattern, replacement }) => `s/${pattern}/${replacement}/g`).join('\n');
}

/** Megabytes a second of this process's time, all its threads together, after a warm-up. */
export function megabytesPerCpuSecond(bytes: number, once: () => unknown): number {
  const warm = cpuMs() + WARM_UP_MS;
  while (cpuMs() < warm) once();
  return Math.max(...Array.from({ length: MEASUREMENTS }, () => measured(bytes, once)));
}

function measured(bytes: number, once: () => unknown): number {
  const started = cpuMs();
  let runs = 0;
  for (; cpuMs() - started < MEASURED_MS; runs++) once();
  return (bytes * runs) / 1000 / (cpuMs() - started);
}

function cpuMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
}

/** Plain RegExp, which matches otherwise where a longer match stands second. */
export function regExpSpeed({ rules, block }: Workload): number {
  const compiled = rules.map((rule) => ({
    regExp: new RegExp(rule.pattern, 'g'),
    by: rule.replacement.replaceAll('\\', '$'),
  }));
  const once = (): string => compiled.reduce((text, { regExp, by }) => text.replace(regExp, by), block);
  return megabytesPerCpuSecond(block.length, once);
}

/** The system's GNU sed; null where there is none. */
export function gnuSedSpeed({ rules, block }: Workload, folder: string): number | null {
  if (!spawnSync('sed', ['--version'], { encoding: 'utf8' }).stdout?.startsWith('sed (GNU sed)')) return null;
  const [script, input] = [join(folder, 'script.sed'), join(folder, 'input')];
  writeFileSync(script, sedScript(rules));
  const copies = rules.length > 1 ? COPIES / 20 : COPIES;
  writeFileSync(input, block.repeat(copies));
  const shell = 'sed -E -f "$1" "$2" > /dev/null; times';
  const { stdout } = spawnSync('sh', ['-c', shell, 'sh', script, input], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C.UTF-8' },
  });
  const [user = 0, system = 0] = [...(stdout.split('\n')[1] ?? '').matchAll(/([0-9]+)m([0-9.]+)s/g)].map(
    ([, minutes, seconds]) => Number(minutes) * 60 + Number(seconds),
  );
  return (block.length * copies) / 1e6 / (user + system);
}

const PYTHON = `
import json, re, sys, time
job = json.load(open(sys.argv[1]))
def compiled():
    return [(re.compile(rule["pattern"]), rule["replacement"]) for rule in job["rules"]]
def applied(rules):
    text = job["block"]
    for pattern, replacement in rules:
        text = pattern.sub(replacement, text)
    return text
def fresh():
    re.purge()
    return applied(compiled())
kept = compiled()
def measured(once):
    started = time.process_time()
    runs = 0
    while time.process_time() - started < ${MEASURED_MS / 1000}:
        once()
        runs += 1
    return len(job["block"]) * runs / 1e6 / (time.process_time() - started)
def speed(once):
    once()
    return max(measured(once) for _ in range(${MEASUREMENTS}))
print(speed(lambda: applied(kept)), speed(fresh))
`;

export interface PythonSpeed {
  readonly warm: number;
  /** With the compilation of the rules each time. */
  readonly fresh: number;
}

/** Python's re on whole blocks; null where there is no python3. */
export function pythonSpeed(workload: Workload, folder: string): PythonSpeed | null {
  const job = join(folder, 'job.json');
  writeFileSync(job, JSON.stringify(workload));
  const { stdout, status } = spawnSync('python3', ['-c', PYTHON, job], { encoding: 'utf8' });
  if (status !== 0) return null;
  const [warm = 0, fresh = 0] = stdout.trim().split(' ').map(Number);
  return { warm, fresh };
}
