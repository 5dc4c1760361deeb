import { parseArgs } from 'node:util';
import { startMoto } from '../sandbox/contract/moto.js';
import { chaos } from './chaos.js';

/**
 * node --import tsx test/chaos/main.ts [seed] [--target moto]
 *
 * The chaos of the test suite in large; over moto, which answers a few hundred calls a second, a tenth as large. Prints one JSON line; the exit code is 1 if anything went wrong.
 */

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { target: { type: 'string', default: 'stand-in' } },
});
if (!['stand-in', 'moto'].includes(values.target)) throw new Error('--target takes stand-in or moto');
const moto = values.target === 'moto' ? await startMoto() : undefined;
const share = moto === undefined ? 1 : 0.1;
const seed = Number(positionals[0] ?? 20_261_123);
const startedAt = performance.now();
const size = { secrets: 500 * share, changes: 10_000 * share, workers: 8 };
const report = await chaos({ seed, ...size, moto: moto?.url });
moto?.stop();
const seconds = Math.round((performance.now() - startedAt) / 1_000);
process.stdout.write(`${JSON.stringify({ figure: 'chaos', target: values.target, seed, seconds, ...report })}\n`);
const isRight =
  report.wrong.length === 0 &&
  report.wrongAfterReconcile.length === 0 &&
  report.leaks.length === 0 &&
  report.faulty >= 0.3 &&
  report.changes >= size.changes;
process.exitCode = isRight ? 0 : 1;
