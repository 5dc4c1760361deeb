import { compare, differencesOn, type Difference } from './compare.js';
import type { Case, Kind } from './generate.js';
import { gnuSedVersion } from './oracle.js';
import { runRobustness } from './robustness.js';

/*
 * The long comparison with the system's GNU sed: `node --import tsx test/fuzz/main.ts [cases per kind] [seed]`.
 * Prints one JSON line per kind with the agreement in percent, then each difference, then the robustness run.
 */
const BATCH = 2_000;

const [cases = 20_000, seed = 1] = process.argv.slice(2).map(Number);
const print = (line: unknown): boolean => process.stdout.write(`${JSON.stringify(line)}\n`);

if (gnuSedVersion() === null) print({ skipped: 'no GNU sed on PATH' });
else for (const kind of ['people', 'language'] as const) print(compareInBatches(kind));
const heapBefore = process.memoryUsage().heapUsed;
const robustness = runRobustness(cases * 5, seed);
const heapMiB = Math.round((process.memoryUsage().heapUsed - heapBefore) / 2 ** 20);
print({ robustness, heapGrowthMiB: heapMiB });

function compareInBatches(kind: Kind): Record<string, unknown> {
  const differences: Difference[] = [];
  for (let done = 0; done < cases; done += BATCH) {
    const found = compare(kind, Math.min(BATCH, cases - done), seed + done).differences;
    differences.push(...found);
    for (const difference of found) print({ kind, reason: reasonOf(difference), ...difference });
  }
  const agreement = Number((100 * (1 - differences.length / cases)).toFixed(3));
  return { kind, cases, seed, differences: differences.length, agreementPercent: agreement };
}

/** The class of a difference; docs/sedfile-language.md explains each. */
function reasonOf({ one, theirs, ours }: Difference): string {
  if (theirs.kind !== 'endless' && ours.kind === 'endless') return 'our step limit';
  if (theirs.kind === 'endless') return 'GNU sed was stopped';
  if (differencesOn([inAscii(one)]).length === 0) return 'GNU sed splits characters at empty matches';
  if (/\)[*?+{\\]/.test(one.script)) return 'repeated groups in glibc: other groups, or a match missed';
  return 'unclassified';
}

/** The same case with a plain letter for each character that takes more than a byte. */
function inAscii(one: Case): Case {
  const plain = (text: string): string => text.replace(/[^\0-\x7F]/gu, 'k');
  return { ...one, script: plain(one.script), input: plain(one.input) };
}
