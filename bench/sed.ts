import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compile, run } from '../src/sed/index.js';
import { pythonMegabytesPerSecond } from './python.js';
import { round } from './figure.js';

type Figure = Record<string, string | number>;

const BLOCK_BYTES = 64 * 1024;
/** Copies of the block per spawned peer, so that its start is not the figure. */
const COPIES = 200;

export interface Rule {
  readonly pattern: string;
  readonly replacement: string;
}

interface Workload {
  readonly name: string;
  readonly rules: readonly Rule[];
  readonly block: string;
}

/** Throughput of the language in megabytes of input a second, and its ratio to each peer that is present. */
export async function benchSed(print: (figure: Figure) => void): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-sed-'));
  try {
    for (const workload of workloads()) {
      const ours = oursMegabytesPerSecond(workload);
      const peers = {
        gnuSed: sedMegabytesPerSecond(workload, folder),
        python: pythonMegabytesPerSecond(workload, folder, 'warm'),
        regExp: regExpMegabytesPerSecond(workload),
      };
      const fresh = { python: pythonMegabytesPerSecond(workload, folder, 'fresh') };
      const oursFresh = freshMegabytesPerSecond(workload);
      print({ bench: 'sed', workload: workload.name, unit: 'MB/s', value: round(ours), ...ratios(ours, peers) });
      const name = `${workload.name}, compile included`;
      print({ bench: 'sed', workload: name, unit: 'MB/s', value: round(oursFresh), ...ratios(oursFresh, fresh) });
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return Promise.resolve();
}

function ratios(ours: number, peers: Readonly<Record<string, number | null>>): Figure {
  const figures: Figure = {};
  for (const [peer, value] of Object.entries(peers)) {
    if (value === null) continue;
    figures[peer] = round(value);
    figures[`${peer}Ratio`] = round(ours / value);
  }
  return figures;
}

function workloads(): Workload[] {
  const oneLine = block(' ');
  const manyLines = block('\n');
  const fifty = Array.from({ length: 50 }, (_, k) => ruleNumber(k));
  return [
    { name: '1 rule, one line', rules: fifty.slice(0, 1), block: oneLine },
    { name: '1 rule, many lines', rules: fifty.slice(0, 1), block: manyLines },
    { name: '50 rules, one line', rules: fifty, block: oneLine },
    { name: '50 rules, many lines', rules: fifty, block: manyLines },
    {
      name: '1 rule without literal, one line',
      rules: [{ pattern: '[0-9]+[.][0-9]+', replacement: 'N' }],
      block: oneLine,
    },
    {
      name: '1 rule with groups, many lines',
      rules: [{ pattern: '"([a-z]+)": "([^"]*)"', replacement: '"\\2": "\\1"' }],
      block: manyLines,
    },
  ];
}

/** JSON-like text of a secret. */
function block(separator: string): string {
  const entry = (k: number): string =>
    `{"host": "db-${k}.us-east-1.rds.amazonaws.com", "port": "${5000 + k}", "user": "app", "arn": "arn:aws:rds:us-east-1:123456789012:db:d${k}"},`;
  let text = '';
  for (let k = 0; text.length < BLOCK_BYTES; k++) text += entry(k) + separator;
  return text.slice(0, BLOCK_BYTES - 1) + '\n';
}

/** Rules as people write them: literals, a class, an alternation, a group. */
function ruleNumber(k: number): Rule {
  const kinds: Rule[] = [
    { pattern: 'us-east-1', replacement: 'us-west-2' },
    { pattern: `db-${k}\\.([a-z0-9-]+)\\.rds`, replacement: `db-x.\\1.rds` },
    { pattern: `"port": "[0-9]${k}`, replacement: '"port": "1' },
    { pattern: `(primary|writer)-${k}`, replacement: 'replica' },
    { pattern: `arn:aws:[a-z]+:eu-${k}`, replacement: 'arn:x' },
  ];
  return kinds[k % kinds.length] as Rule;
}

function sedScript(rules: readonly Rule[]): string {
  return rules.map(({ pattern, replacement }) => `s/${pattern}/${replacement}/g`).join('\n');
}

function oursMegabytesPerSecond({ rules, block }: Workload): number {
  const program = compile(sedScript(rules), { extended: true });
  const input = Buffer.from(block);
  return megabytesPerSecond(block.length, () => run(program, input));
}

function freshMegabytesPerSecond({ rules, block }: Workload): number {
  const script = sedScript(rules);
  const input = Buffer.from(block);
  return megabytesPerSecond(block.length, () => run(compile(script, { extended: true }), input));
}

function regExpMegabytesPerSecond({ rules, block }: Workload): number {
  const compiled = rules.map((rule) => ({
    regExp: new RegExp(rule.pattern, 'g'),
    by: rule.replacement.replaceAll('\\', '$'),
  }));
  return megabytesPerSecond(block.length, () =>
    compiled.reduce((text, { regExp, by }) => text.replace(regExp, by), block),
  );
}

/** Repeats for half a second after a warm-up. */
function megabytesPerSecond(bytes: number, once: () => unknown): number {
  for (let k = 0; k < 20; k++) once();
  const started = performance.now();
  let runs = 0;
  while (performance.now() - started < 500) {
    once();
    runs++;
  }
  return (bytes * runs) / 1000 / (performance.now() - started);
}

function sedMegabytesPerSecond({ rules, block }: Workload, folder: string): number | null {
  if (!spawnSync('sed', ['--version'], { encoding: 'utf8' }).stdout?.startsWith('sed (GNU sed)')) return null;
  const [script, input] = [join(folder, 'script.sed'), join(folder, 'input')];
  writeFileSync(script, sedScript(rules));
  const copies = rules.length > 1 ? COPIES / 10 : COPIES;
  writeFileSync(input, block.repeat(copies));
  const started = performance.now();
  spawnSync('sed', ['-E', '-f', script, input], { env: { ...process.env, LC_ALL: 'C.UTF-8' }, stdio: 'ignore' });
  return (block.length * copies) / 1000 / (performance.now() - started);
}
