import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { packagePath } from '../../src/cli/package-path.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { serve } from '../../src/sandbox/server.js';
import { labelUpdated } from '../support/change-events.js';

const ACCOUNT = '111122223333';
const NAME = 'app/orders';

/** Prints which of Node's own modules the bundle's start adds to those that Node loads by itself, and which the first event adds. */
const RUNTIME = `
  const before = process.moduleLoadList.length;
  const { handler } = await import(process.env.BUNDLE);
  const started = process.moduleLoadList.length;
  await handler(JSON.parse(process.env.EVENT));
  const [atStart, byEvent] = [process.moduleLoadList.slice(before, started), process.moduleLoadList.slice(started)];
  process.stdout.write(JSON.stringify({ atStart, byEvent }));`;

describe.each([
  ['as it is', {}, ['NativeModule internal/util/comparisons']],
  ['primed', { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512' }, []],
])('a start %s and a first replica', (_, memory, leftToTheEvent) => {
  // The configuration beside the bundle is rewritten by whoever builds.
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  const config = join(folder, 'config.json');
  const sandbox = new Sandbox({ now: Date.now, random: Math.random });
  let server: Awaited<ReturnType<typeof serve>>;
  let loaded: { readonly atStart: readonly string[]; readonly byEvent: readonly string[] };

  beforeAll(async () => {
    const { arn, versions } = sandbox.seed(ACCOUNT, 'us-east-1', { name: NAME, string: 'host=db.us-east-1' });
    const event = labelUpdated({ arn, name: NAME, region: 'us-east-1', versionId: versions[0]?.id ?? '' });
    const destinations = [{ region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/' }] }];
    writeFileSync(config, JSON.stringify({ version: 1, source: { region: 'us-east-1' }, destinations }));
    server = await serve(sandbox, { port: 0 });
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', RUNTIME], {
      env: {
        BUNDLE: pathToFileURL(packagePath('dist/lambda/index.mjs')).href,
        EVENT: JSON.stringify(event),
        REPLICATOR_CONFIG: config,
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: server.url,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        LOG_LEVEL: 'ERROR',
        ENABLE_METRICS: 'false',
        ...memory,
        AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      },
    });
    loaded = JSON.parse(stdout) as typeof loaded;
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  test('write the replica, over the network', () => {
    expect(sandbox.secret(ACCOUNT, 'us-west-2', NAME)).toBeDefined();
    expect(loaded.atStart).toEqual(expect.arrayContaining(['NativeModule crypto', 'NativeModule https']));
  });

  test('ask AWS for nothing before the event', () => {
    const made = sandbox.calls.list({ operation: 'CreateSecret' });
    expect(made.map(({ region }) => region)).toEqual(['us-west-2']);
    expect(sandbox.calls.list().map(({ error }) => error ?? '')).toEqual(['', 'ResourceNotFoundException', '', '', '']);
  });

  test('leave to the event what no start but a primed one runs', () => {
    expect(loaded.byEvent).toEqual(leftToTheEvent);
  });

  // Each comes with the mere reading of a global or of an export, and costs milliseconds of every cold start.
  test.each([
    ['web streams', 'NativeModule internal/webstreams/readablestream'],
    ['Web Crypto', 'NativeModule internal/crypto/webcrypto'],
    ['performance hooks', 'NativeModule perf_hooks'],
    ['file streams', 'NativeModule internal/fs/streams'],
    ['compression', 'NativeModule zlib'],
    ['fetch', 'NativeModule internal/deps/undici/undici'],
    ['the console', 'NativeModule console'],
  ])('load no %s', (_what, name) => {
    expect([...loaded.atStart, ...loaded.byEvent]).not.toContain(name);
  });
});
