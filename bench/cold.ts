import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { FunctionProcess } from '../src/cli/function-process.js';
import { packagePath } from '../src/cli/package-path.js';
import { Sandbox } from '../src/sandbox/sandbox.js';
import { serve } from '../src/sandbox/server.js';
import { median, round, type Print } from './figure.js';
import { ACCOUNT, SOURCE_REGION } from './local-function.js';

const RUNS = 7;

/** From the start of a process to the first replica written, with the configuration beside the bundle; and the bundle's size. */
export async function benchCold(print: Print): Promise<void> {
  const folder = packagePath('dist/lambda');
  const sizes = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.mjs'))
    .map((name) => statSync(join(folder, name)).size);
  print({
    figure: 'bundle size',
    kib: round(sizes.reduce((sum, size) => sum + size, 0) / 1_024, 1),
    files: sizes.length,
  });
  const [loadMs, firstMs]: [number[], number[]] = [[], []];
  for (let run = 0; run < RUNS; run += 1) {
    const sandbox = new Sandbox({ now: Date.now, random: Math.random, defaultAccount: ACCOUNT });
    sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/orders/first', string: 'host=db.us-east-1' });
    const server = await serve(sandbox, { port: 0 });
    const startedAt = performance.now();
    const replicator = await FunctionProcess.start({
      environment: {
        AWS_REGION: SOURCE_REGION,
        AWS_ENDPOINT_URL: server.url,
        AWS_ACCESS_KEY_ID: 'bench',
        AWS_SECRET_ACCESS_KEY: 'bench',
        LOG_LEVEL: 'ERROR',
      },
    });
    loadMs.push(performance.now() - startedAt);
    await replicator.invoke({ action: 'sync', names: ['app/orders/first'] });
    firstMs.push(performance.now() - startedAt);
    await replicator.stop();
    await server.close();
  }
  print({
    figure: 'cold start',
    process_to_ready_ms: round(median(loadMs), 0),
    process_to_first_replica_ms: round(median(firstMs), 0),
  });
}
