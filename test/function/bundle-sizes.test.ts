import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import type { Metafile } from 'esbuild';
import { bundleSizes } from '../../scripts/build/bundle-sizes.js';

/** Bytes that a process loads before its first event. */
const LIMIT = 330_000;
/** The same until a first replica is written and its metrics are out. */
const METRICS_LIMIT = 345_000;
/** With what only some functions load: roles, JSON paths, the schema of an edited configuration, actions, queues. */
const TOTAL_LIMIT = 580_000;

const meta = JSON.parse(
  readFileSync(fileURLToPath(new URL('../../dist/meta/lambda/meta.json', import.meta.url)), 'utf8'),
) as Metafile;

describe('the bundle', () => {
  const sizes = bundleSizes(meta);

  test(`loads at most ${LIMIT} bytes at its start, and ${METRICS_LIMIT} with its metrics`, () => {
    expect(sizes.atStart).toBeLessThanOrEqual(LIMIT);
    expect(sizes.withMetrics).toBeLessThanOrEqual(METRICS_LIMIT);
    expect(sizes.atStart).toBeLessThan(sizes.withMetrics);
  });

  test(`has at most ${TOTAL_LIMIT} bytes`, () => {
    expect(sizes.total).toBeLessThanOrEqual(TOTAL_LIMIT);
  });

  test.each([
    ['JSON paths', /\/json-p3\//],
    ['the schema', /\/zod\//],
    ['queues', /\/client-sqs\//],
    ['roles', /\/client-sts\//],
    ['outcome events', /\/client-eventbridge\//],
    ['traces', /\/@opentelemetry\//],
    ['metrics through the log', /^src\/aws\/emf\.ts$/],
    ['the reconciler', /^src\/flow\/reconcile/],
    ['rules from an object', /^src\/(aws\/published-object|function\/published-rules)/],
    ['protocols of other services', /\/protocols\/(query|xml|cbor)\//],
    ['profiles', /\/parseIni\.js$/],
  ])('leaves %s out of a start that needs none', (_, pattern) => {
    expect(Object.keys(meta.inputs).some((path) => pattern.test(path)) || pattern.test('/parseIni.js')).toBe(true);
    expect(sizes.inputs.filter((path) => pattern.test(path))).toEqual([]);
  });
});

test('files loaded by themselves count, files imported on demand do not', () => {
  const output = (
    source: string,
    bytes: number,
    imports: readonly [string, 'import-statement' | 'dynamic-import'][],
  ) => ({
    bytes,
    inputs: { [source]: { bytesInOutput: bytes } },
    imports: imports.map(([path, kind]) => ({ path, kind })),
    exports: [],
  });
  const outputs = {
    'index.mjs': output('src/handler.ts', 1, [
      ['shared.mjs', 'import-statement'],
      ['metrics.mjs', 'dynamic-import'],
      ['queue.mjs', 'dynamic-import'],
    ]),
    'shared.mjs': output('a.ts', 10, []),
    'metrics.mjs': output('src/aws/metrics.ts', 100, [['shared.mjs', 'import-statement']]),
    'queue.mjs': output('b.ts', 1_000, []),
    'index.mjs.map': output('c.ts', 10_000, []),
  };

  expect(bundleSizes({ outputs })).toMatchObject({ atStart: 11, withMetrics: 111, total: 1_111 });
});
