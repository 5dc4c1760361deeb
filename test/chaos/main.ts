import { chaos } from './chaos.js';

/**
 * node --import tsx test/chaos/main.ts [seed]
 *
 * The chaos of the test suite in large. Prints one JSON line; the exit code is 1 if anything went wrong.
 */

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
const seed = Number(process.argv[2] ?? 20_261_123);
const startedAt = performance.now();
const report = await chaos({ seed, secrets: 500, changes: 10_000, workers: 8 });
const seconds = Math.round((performance.now() - startedAt) / 1_000);
process.stdout.write(`${JSON.stringify({ figure: 'chaos', seed, seconds, ...report })}\n`);
const isRight =
  report.wrong.length === 0 &&
  report.wrongAfterReconcile.length === 0 &&
  report.leaks.length === 0 &&
  report.faulty >= 0.3 &&
  report.changes >= 10_000;
process.exitCode = isRight ? 0 : 1;
