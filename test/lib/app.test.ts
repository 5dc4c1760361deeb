import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { folderWith } from '../support/folder.js';
import { synthesizedApp } from './support/synthesized-app.js';

describe('cdk synth', () => {
  test('builds the function anew and deploys it with its configuration, complete in itself', () => {
    const outdir = folderWith({});
    const given = { stack: 'Orders', alarmEmail: 'a@example.com,b@example.com' };
    expect(synthesizedApp(outdir, given)).toMatchObject({ status: 0, stderr: '' });

    const template = readFileSync(join(outdir, 'Orders.template.json'), 'utf8');
    expect([...template.matchAll(/"Endpoint": "(.*)"/g)].map(([, address]) => address)).toEqual([
      'a@example.com',
      'b@example.com',
    ]);
    const asset = join(outdir, readdirSync(outdir).find((name) => name.startsWith('asset.')) ?? 'no asset');
    const files = readdirSync(asset, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['index.mjs', 'replicator.json']));
    expect(files.filter(({ name }) => !/\.mjs$|^replicator\.json(\.sha256)?$/.test(name))).toEqual([]);

    // There is no node_modules above a temporary folder.
    const ask = `const { handler } = await import(${JSON.stringify(pathToFileURL(join(asset, 'index.mjs')).href)});
      const context = { awsRequestId: 'r', getRemainingTimeInMillis: () => 10_000 };
      const body = JSON.stringify({ source: 'aws.s3', 'detail-type': 'Object Created', detail: {} });
      console.log(JSON.stringify(await handler({ Records: [{ messageId: 'm', body }] }, context)));`;
    const env = { PATH: process.env['PATH'], AWS_REGION: 'us-east-1' };
    const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', ask], {
      cwd: outdir,
      env,
      encoding: 'utf8',
    });
    const lines = stdout
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(lines).toEqual([expect.objectContaining({ reason: 'OtherService' }), { batchItemFailures: [] }]);
  });

  test('with -c role=<destination> makes the role for its account instead', () => {
    const folder = folderWith({
      'partner.yaml':
        'version: 1\nsource: { region: us-east-1 }\ndestinations:\n  - { name: partner, region: us-west-2, roleArn: "arn:aws:iam::222222222222:role/Replica", externalId: a1b2 }\n',
    });
    const outdir = folderWith({});
    const config = join(folder, 'partner.yaml');
    const functionRole = 'arn:aws:iam::111111111111:role/Function';
    expect(synthesizedApp(outdir, { config, role: 'partner', functionRole })).toMatchObject({ status: 0, stderr: '' });

    expect(readdirSync(outdir).filter((name) => name.endsWith('.template.json'))).toEqual([
      'SecretsReplicatorRole.template.json',
    ]);
    expect(readFileSync(join(outdir, 'SecretsReplicatorRole.template.json'), 'utf8')).toContain(functionRole);
    expect(readFileSync(join(outdir, 'manifest.json'), 'utf8')).toContain('aws://222222222222/us-east-1');
  });

  test('stops at a wrong configuration with its place', () => {
    const folder = folderWith({
      'wrong.yaml': 'version: 1\nsource: { region: us-east-1 }\ndestinations: [{ region: us-west-2, colour: red }]\n',
    });
    const outdir = folderWith({});
    const { status, stderr } = synthesizedApp(outdir, { config: join(folder, 'wrong.yaml') });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^\S*wrong\.yaml:3:\d+ .*colour.*\n$/);
    expect(readdirSync(outdir)).toEqual([]);
  });
});
