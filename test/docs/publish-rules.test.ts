import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';
import { packagePath } from '../../src/cli/package-path.js';
import { serve } from '../../src/sandbox/server.js';
import { folderWith } from '../support/folder.js';
import { SOURCE_REGION, World } from '../support/world.js';

const page = readFileSync(packagePath('docs/configuration.md'), 'utf8');
const lines = /### Rules that change without a deployment.*?```sh\n(.*?)```/s.exec(page)?.[1]?.trim().split('\n') ?? [];
const hasCli = (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, 'aws')));

const WEST = { region: 'us-west-2', transform: [{ sed: 's/value/deployed/' }] };
const fileOf = (...destinations: readonly object[]) =>
  JSON.stringify({ version: 1, source: { region: SOURCE_REGION }, destinations });

test('the commands that docs/configuration.md publishes rules with bring them into force', async () => {
  const rules = { ...WEST, transform: [{ sedfile: 'new.sed' }] };
  const folder = folderWith({
    'deployed.yaml': fileOf(WEST),
    'replicator.yaml': fileOf(rules),
    'new.sed': 's/value/published/',
  });
  const world = new World({ destinations: [WEST], environment: { REPLICATOR_CONFIG: 's3://rules/replicator.json' } });
  world.sandbox.buckets.create('rules');
  const server = await serve(world.sandbox, { port: 0 });
  const env = {
    PATH: process.env['PATH'],
    HOME: '/nowhere',
    BUCKET: 'rules',
    AWS_ENDPOINT_URL: server.url,
    AWS_REGION: SOURCE_REGION,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'y',
  };
  const run = (line: string) => promisify(execFile)('/bin/sh', ['-c', line], { cwd: folder, env });
  expect(lines.map((line) => line.replace(/^npx /, '').split(' ', 2).join(' '))).toEqual([
    'secrets-replicator test',
    'secrets-replicator check',
    'aws s3',
    // What it says of a function: test/cli/doctor-deployed.test.ts.
    'secrets-replicator doctor',
  ]);
  for (const line of lines.slice(0, 2)) {
    await run(
      line.replace('npx secrets-replicator', `"${process.execPath}" "${packagePath('bin/secrets-replicator.mjs')}"`),
    );
  }
  if (hasCli) await run(lines[2] ?? '');
  else world.sandbox.buckets.put('rules', 'replicator.json', readFileSync(join(folder, 'replicator.json')));
  await server.close();

  await world.create('app/db', 'a value');
  await world.deliver(...world.takeEvents());
  expect(world.current('us-west-2', 'app/db')).toBe('a published');
});
