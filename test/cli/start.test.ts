import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { madeUpNames } from '../../src/cli/demonstration/made-up-names.js';
import { packagePath } from '../../src/cli/package-path.js';
import { folderWith } from '../support/folder.js';

interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

function secretsReplicator(...args: readonly string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const command = [packagePath('bin/secrets-replicator.mjs'), ...args];
    execFile(process.execPath, command, { cwd: packagePath('.'), timeout: 60_000 }, (error, out, err) => {
      resolve({ code: error === null ? 0 : Number(error.code), out, err });
    });
  });
}

describe('secrets-replicator start --once', () => {
  test('replicates, rotates and rolls back on the stand-in, and ends 0 because every replica is right', async () => {
    const { code, out } = await secretsReplicator('start', '--once', '--port', '0');
    expect(out).toContain('10 of 10 replicas are right');
    expect(out).toContain('rules taken from s3://rules/replicator.json');
    // The state of the world in words of its own, not by the rules that made it.
    expect(out).toContain('orders2.abc123.us-west-2.rds.amazonaws.com');
    expect(out).toContain('-> https://sqs.us-west-2.amazonaws.com/111122223333/orders');
    expect(out).toContain('"host":"orders.eu.example.internal"');
    expect(out).toMatch(/app\/orders\/queue-url +promoted/);
    expect(out).toContain('demo-token-2');
    expect(code).toBe(0);
  });

  test('replicates secrets that another configuration selects, whatever it writes with', async () => {
    const document = {
      version: 1,
      source: { region: 'eu-central-1', select: { include: ['shared/*'], tags: { replicate: 'true' } } },
      destinations: [
        {
          name: 'partner',
          region: 'eu-west-1',
          roleArn: 'arn:aws:iam::222222222222:role/Replica',
          externalId: 'a1b2',
        },
        { name: 'cn', region: 'cn-north-1', credentialsSecret: 'credentials/cn', accountId: '444455556666' },
      ],
      rulesObject: { uri: 's3://shared-rules/live/replicator.json' },
    };
    const config = `${folderWith({ 'replicator.json': JSON.stringify(document) })}/replicator.json`;
    const { code, out } = await secretsReplicator('start', '--once', '--port', '0', '--config', config);
    expect(out).toContain('right  shared/orders/database -> cn: shared/orders/database');
    expect(out).toContain('6 of 6 replicas are right');
    expect(out).toContain('rules taken from s3://shared-rules/live/replicator.json');
    expect(code).toBe(0);
  });

  test('shows what rules refuse and goes on, and does not end 0', async () => {
    const document = {
      version: 1,
      source: { region: 'us-east-1' },
      destinations: [{ name: 'dr', region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/g' }] }],
    };
    const config = `${folderWith({ 'replicator.json': JSON.stringify(document) })}/replicator.json`;
    const { code, out } = await secretsReplicator('start', '--once', '--port', '0', '--config', config);
    expect(out).toMatch(/REFUSED certificates\/orders\/keystore -> dr: .*\n +BinaryWithRules: /);
    expect(out).toContain('4 of 5 replicas are right');
    expect(code).toBe(1);
  });

  test('with a wrong configuration says where and ends 2', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'start-test-'));
    const path = join(folder, 'replicator.yaml');
    writeFileSync(
      path,
      'version: 1\nsource: { region: us-east-1 }\ndestinations: [{ region: us-west-2, colour: red }]\n',
    );
    const { code, err } = await secretsReplicator('start', '--once', '--config', path);
    rmSync(folder, { recursive: true });
    expect(err).toMatch(/replicator\.yaml:3:\d+ .*colour/);
    expect(code).toBe(2);
  });
});

test.each([
  [['*'], ['app/orders/database', 'app/orders/queue-url', 'app/orders/api-token']],
  [['app/*/database'], ['app/orders/database', 'app/orders/queue-url', 'app/orders/api-token']],
  [['prod-?/*'], ['prod-x/orders/database', 'prod-x/orders/queue-url', 'prod-x/orders/api-token']],
  [
    ['one', 'two'],
    ['one', 'two', 'app/orders/api-token'],
  ],
])('its secrets are called so that %j selects what it can', (include, names) => {
  const { database, queue, token } = madeUpNames({ include, exclude: [], tags: new Map() });
  expect([database, queue, token]).toEqual(names);
});

describe('the command line', () => {
  test('checks a configuration', async () => {
    await expect(secretsReplicator('check')).resolves.toMatchObject({
      code: 0,
      out: 'replicator.yaml is right: 2 destinations.\n',
    });
    await expect(secretsReplicator('check', 'package.json')).resolves.toMatchObject({ code: 1 });
    await expect(secretsReplicator('check', '--json', 'missing.yaml')).resolves.toMatchObject({ code: 1, err: '' });
  });

  test('answers wrong usage with 2', async () => {
    await expect(secretsReplicator('explode')).resolves.toMatchObject({ code: 2 });
    await expect(secretsReplicator('start', '--port', 'x')).resolves.toMatchObject({ code: 2 });
    await expect(secretsReplicator('--help')).resolves.toMatchObject({ code: 0 });
  });
});
