import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle, type Sizes } from './build/bundle.js';
import { BUNDLES } from './build/bundles.js';
import { compileConstructs, declareSed } from './build/declarations.js';
import { writeIfNew } from './build/write-folder.js';

/**
 * npm run build [-- --config other.yaml] [--only lambda] [--verbose]
 *
 * dist/lambda: the function and its compiled configuration, exactly what is deployed. dist/cli: the command line.
 * dist/sed: the sed library with its types. Beside them dist/maps and dist/meta. With --only cdk: dist/cdk, the constructs
 * of the package, which nothing here needs. Each part is built although another one fails; the exit code is 1 if any did.
 */

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const { values: options } = parseArgs({
  options: {
    config: { type: 'string', default: join(ROOT, 'replicator.yaml') },
    only: { type: 'string', multiple: true, default: BUNDLES.map(({ name }) => name) },
    verbose: { type: 'boolean', default: false },
  },
});

const parts = BUNDLES.filter(({ name }) => options.only.includes(name)).map(async (part) => {
  const sizes = await bundle(ROOT, part);
  if (part.name === 'sed') await declareSed(ROOT);
  if (options.verbose) print(part.name, sizes);
});
if (options.only.includes('lambda')) parts.push(configuration());
if (options.only.includes('cdk')) parts.push(compileConstructs(ROOT));

for (const ended of await Promise.allSettled(parts)) {
  if (ended.status === 'fulfilled') continue;
  process.exitCode = 1;
  console.error(ended.reason instanceof Error ? ended.reason.message : ended.reason);
}

async function configuration(): Promise<void> {
  // On demand, so that a source file that is not right cannot stop the other parts.
  const { provenConfig } = await import('../src/files/proven-config.js');
  const { proofOf } = await import('../src/files/config-proof.js');
  const { compiled } = provenConfig(resolve(options.config));
  const path = join(ROOT, 'dist/lambda/replicator.json');
  writeIfNew(path, Buffer.from(compiled));
  const proof = proofOf(path, compiled);
  writeIfNew(proof.path, Buffer.from(proof.text));
}

function print(name: string, sizes: Sizes): void {
  for (const [path, bytes] of sizes) console.log(`${join('dist', name, path)} ${bytes}`);
}
