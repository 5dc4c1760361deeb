import { SecretValue } from '../src/core/secret-value.js';
import { compileConfig } from '../src/transform/compile-config.js';
import { round, type Print } from './figure.js';
import { SOURCE_REGION } from './local-function.js';

const KIB = 1_024;
/** At least this long is measured, in milliseconds. */
const MEASURED_MS = 300;

/** The rules of a destination on values of several sizes: the pipeline as the function runs it. */
export function benchTransform(print: Print): void {
  for (const rules of [1, 50]) {
    const transform = Array.from({ length: rules }, (_rule, index) => ({
      sed: `s/host-${index}\\.us-east-1/host-${index}.us-west-2/g`,
    }));
    const document = {
      version: 1,
      source: { region: SOURCE_REGION },
      destinations: [{ region: 'us-west-2', transform }],
    };
    const [destination] = compileConfig(document, () => '').rules;
    const place = {
      region: 'us-west-2',
      sourceRegion: SOURCE_REGION,
      account: '',
      sourceAccount: '',
      sourceName: 'a',
      replicaName: 'a',
    };
    const bound = destination?.bind(place);
    for (const kib of [1, 10, 64]) {
      const value = new SecretValue(jsonOf(kib * KIB));
      const run = () => bound?.run(value);
      const startedAt = performance.now();
      let runs = 0;
      while (performance.now() - startedAt < MEASURED_MS) {
        run();
        runs += 1;
      }
      const ms = (performance.now() - startedAt) / runs;
      print({ figure: 'transform', rules, kib, ms: round(ms, 3), mb_per_s: round((kib * KIB) / 1_000 / ms, 1) });
    }
  }
}

/** One line of JSON of that many bytes, with a host now and then. */
function jsonOf(bytes: number): string {
  const entries: string[] = [];
  let length = 2;
  for (let index = 0; length < bytes - 64; index += 1) {
    const entry = `"key${index}":"host-${index % 50}.us-east-1.example"`;
    entries.push(entry);
    length += entry.length + 1;
  }
  return `{${entries.join(',')}}`.padEnd(bytes, ' ');
}
