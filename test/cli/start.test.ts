import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { packagePath } from '../../src/cli/package-path.js';

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
