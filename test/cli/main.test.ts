import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from '@jest/globals';
import { packagePath } from '../../src/cli/package-path.js';
import { folderWith } from '../support/folder.js';

const CONFIG = 'version: 1\nsource: { region: us-east-1 }\ndestinations:\n  - { name: dr, region: us-west-2 }\n';

function secretsReplicator(args: readonly string[], environment: Readonly<Record<string, string>> = {}) {
  const env = { PATH: process.env['PATH'], AWS_ENDPOINT_URL: 'http://127.0.0.1:1', ...environment };
  const command = [packagePath('bin/secrets-replicator.mjs'), ...args];
  const child = spawn(process.execPath, command, { env, cwd: folderWith({ 'replicator.yaml': CONFIG }) });
  return { child, ended: new Promise<number | null>((resolve) => child.on('close', resolve)) };
}

function ran(...args: readonly string[]) {
  return ranIn({}, ...args);
}

async function ranIn(environment: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const { child, ended } = secretsReplicator(args, environment);
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { out, err, code };
}

describe('the command line', () => {
  test('whose reader has gone ends as it would have, and says nothing of it', async () => {
    const { child, ended } = secretsReplicator(['check', '--json']);
    child.stdout.destroy();
    await expect(Promise.all([text(child.stderr), ended])).resolves.toEqual(['', 0]);
  });

  test('tells a program that asked for JSON also why there is no result', async () => {
    const { out, err, code } = await ran('plan', '--json', '--config', 'absent.yaml');
    expect({ out: JSON.parse(out) as unknown, err, code }).toEqual({
      out: { error: 'absent.yaml was not found', issues: [{ file: 'absent.yaml', message: 'was not found' }] },
      err: 'absent.yaml was not found\n',
      code: 2,
    });
  });

  test.each(['plan', 'sync', 'status', 'undo', 'explain app/db'])(
    '%s takes a destination that nobody has for wrong usage, and says so as JSON too',
    async (command) => {
      const { out, err, code } = await ran(...command.split(' '), '--to', 'nowhere', '--json');
      const error = 'no destination is called nowhere; there are dr';
      expect({ out: JSON.parse(out) as unknown, err, code }).toEqual({ out: { error }, err: `${error}\n`, code: 2 });
    },
  );

  test.each(['', 'plan'])('tells in its help what exit codes mean: %s', async (command) => {
    const { out, code } = await ran(...command.split(' ').filter((word) => word !== ''), '--help');
    expect({ out, code }).toEqual({ out: expect.stringMatching(/Exit code: 0 done .*, 1 .*, 2 wrong usage/), code: 0 });
  });

  test('takes what is no name for wrong usage, and says what one is', async () => {
    const { err, code } = await ran('plan', '');
    expect({ err, code }).toEqual({ err: expect.stringContaining('1 to 2048 characters'), code: 2 });
  });

  test('takes an endpoint that is no URL for wrong usage where AWS is asked, and names the variable', async () => {
    const wrong = { AWS_ENDPOINT_URL_STS: 'localhost:4590' };
    const [asks, does] = await Promise.all([ranIn(wrong, 'plan'), ranIn(wrong, 'check')]);
    expect(asks).toEqual({ out: '', err: expect.stringContaining('AWS_ENDPOINT_URL_STS is no URL'), code: 2 });
    expect(does.code).toBe(0);
  });

  test('tells its version', async () => {
    await expect(ran('--version')).resolves.toMatchObject({ out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), code: 0 });
  });
});
