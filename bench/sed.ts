import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { packagePath } from '../src/cli/package-path.js';
import type * as Sed from '../src/sed/index.js';
import { round } from './figure.js';
import { gnuSedSpeed, megabytesPerCpuSecond, pythonSpeed, regExpSpeed, sedScript } from './sed-peers.js';
import { REASONS, workloads, type Workload } from './sed-workloads.js';

/** The library as it is published: what runs the benchmark marks each function on its way, which takes time. */
const { compile, run } = (await import(packagePath('dist/sed/index.mjs'))) as typeof Sed;

type Figure = Record<string, string | number>;

/** Times a peer's speed that we want to reach. Plain RegExp is there to be seen, not to be beaten. */
const GOALS: ReadonlyMap<string, number> = new Map([
  ['gnuSed', 1],
  ['python', 2],
  ['pythonFresh', 2],
]);

/**
 * Throughput of the language in megabytes of input per second of processor time, and how many times each peer's it is:
 * bytes to bytes as sed, text to text as Python and RegExp; `fresh` compiles the rules for each block.
 */
export function benchSed(print: (figure: Figure) => void, only = ''): void {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sed-'));
  letMallocKeepMemory();
  try {
    for (const workload of workloads()) if (workload.name.includes(only)) print(figureOf(workload, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A large block given back makes malloc keep what is given back later, as in any process that has run for a while.
 * Else each result lies in pages that are new from the system, and those are the figure.
 */
function letMallocKeepMemory(): void {
  setFlagsFromString('--expose-gc');
  Buffer.alloc(24 << 20, 1);
  (runInNewContext('gc') as () => void)();
}

function figureOf(workload: Workload, folder: string): Figure {
  const { bytes, text, fresh } = ourSpeeds(workload);
  const python = pythonSpeed(workload, folder);
  const ratios: [peer: string, ours: number, theirs: number | null][] = [
    ['gnuSed', bytes, gnuSedSpeed(workload, folder)],
    ['python', text, python?.warm ?? null],
    ['pythonFresh', fresh, python?.fresh ?? null],
    ['regExp', text, regExpSpeed(workload)],
  ];
  const figure: Figure = {
    bench: 'sed',
    workload: workload.name,
    unit: 'MB/CPU-s',
    bytes: round(bytes, 1),
    text: round(text, 1),
    fresh: round(fresh, 1),
  };
  const slower: string[] = [];
  for (const [peer, ours, theirs] of ratios) {
    if (theirs === null) continue;
    figure[peer] = round(ours / theirs);
    if (ours < theirs * (GOALS.get(peer) ?? 0)) slower.push(peer);
  }
  const name = workload.name.split(',')[0] as string;
  if (slower.length > 0) figure['below'] = `${slower.join(', ')}: ${REASONS.get(name) ?? 'unexplained'}`;
  return figure;
}

function ourSpeeds({ rules, block }: Workload): { bytes: number; text: number; fresh: number } {
  const script = sedScript(rules);
  const program = compile(script, { extended: true });
  const input = Buffer.from(block);
  // Flat, as a value that was read is; V8 reads a text that was pieced together more slowly, once.
  const flat = input.toString('latin1');
  return {
    bytes: megabytesPerCpuSecond(block.length, () => run(program, input)),
    text: megabytesPerCpuSecond(block.length, () => run(program, flat)),
    fresh: megabytesPerCpuSecond(block.length, () => run(compile(script, { extended: true }), flat)),
  };
}
