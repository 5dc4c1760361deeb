import {
  DescribeSecretCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { expect, test } from '@jest/globals';
import { ACCOUNT, REGION, world } from './world.js';

function seededWorld() {
  const waits: number[] = [];
  const scene = world({
    sleep: async (ms) => {
      waits.push(ms);
    },
  });
  for (const region of [REGION, 'us-east-1']) scene.sandbox.seed(ACCOUNT, region, { name: 'app/db', string: 'one' });
  return { ...scene, waits };
}

async function describe(client: SecretsManagerClient): Promise<string> {
  try {
    await client.send(new DescribeSecretCommand({ SecretId: 'app/db' }));
    return 'ok';
  } catch (error) {
    return (error as { code?: string }).code ?? (error as Error).name;
  }
}

test('a fault strikes only the service, operation, region and account that it names', async () => {
  const { sandbox, secrets, in: at } = seededWorld();
  const remove = sandbox.faults.add({ kind: 'throttle', operation: 'DescribeSecret', region: 'us-east-1' });
  expect([await describe(secrets), await describe(at('us-east-1'))]).toEqual(['ok', 'ThrottlingException']);
  remove();
  expect(await describe(at('us-east-1'))).toBe('ok');
});

test('a fault is spent after the calls it was given', async () => {
  const { sandbox, secrets } = seededWorld();
  sandbox.faults.add({ kind: 'error500', times: 2 });
  const seen = [await describe(secrets), await describe(secrets), await describe(secrets)];
  expect(seen).toEqual(['InternalServiceError', 'InternalServiceError', 'ok']);
});

test('a region that is down refuses every connection and others do not', async () => {
  const { sandbox, secrets, in: at } = seededWorld();
  sandbox.faults.add({ kind: 'region-down', region: 'us-east-1' });
  expect([await describe(at('us-east-1')), await describe(secrets)]).toEqual(['ECONNREFUSED', 'ok']);
});

test('a reset is not applied, and the log tells what stopped the call', async () => {
  const { sandbox, secrets } = seededWorld();
  sandbox.faults.add({ kind: 'reset', operation: 'PutSecretValue', times: 1 });
  await secrets.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'two' })).catch(() => undefined);
  expect(sandbox.secret(ACCOUNT, REGION, 'app/db')?.versions).toHaveLength(1);
  expect(sandbox.calls.list()).toEqual([
    { service: 'secretsmanager', operation: 'PutSecretValue', region: REGION, account: ACCOUNT, error: 'ECONNRESET' },
  ]);
});

test('a delay waits for its time and then goes through', async () => {
  const { sandbox, secrets, waits } = seededWorld();
  sandbox.faults.add({ kind: 'delay', delayMs: 250 });
  expect([await describe(secrets), waits]).toEqual(['ok', [250]]);
});

test('a call that is aborted while it is delayed rejects with AbortError', async () => {
  const { sandbox, secrets } = world({ sleep: () => new Promise(() => undefined) });
  sandbox.faults.add({ kind: 'delay', delayMs: 1 });
  const abort = new AbortController();
  const call = secrets.send(new DescribeSecretCommand({ SecretId: 'x' }), { abortSignal: abort.signal });
  setImmediate(() => abort.abort());
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
});

test('a stale read tells the state before the last write', async () => {
  const { sandbox, secrets } = seededWorld();
  const before = await secrets.send(new DescribeSecretCommand({ SecretId: 'app/db' }));
  await secrets.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'two' }));
  const after = await secrets.send(new DescribeSecretCommand({ SecretId: 'app/db' }));
  const remove = sandbox.faults.add({ kind: 'stale-read' });
  const stale = await secrets.send(new DescribeSecretCommand({ SecretId: 'app/db' }));
  const listed = await secrets.send(new ListSecretsCommand({}));
  remove();
  expect(stale.VersionIdsToStages).toEqual(before.VersionIdsToStages);
  expect(stale.VersionIdsToStages).not.toEqual(after.VersionIdsToStages);
  expect(listed.SecretList?.[0]?.SecretVersionsToStages).toEqual(before.VersionIdsToStages);
});

test('a fault with a probability strikes some calls and not others, the same ones in every run', async () => {
  const run = async () => {
    const { sandbox, secrets } = seededWorld();
    sandbox.faults.add({ kind: 'throttle', probability: 0.5 });
    const seen: string[] = [];
    for (let i = 0; i < 20; i += 1) seen.push(await describe(secrets));
    return seen;
  };
  const first = await run();
  expect(new Set(first)).toEqual(new Set(['ok', 'ThrottlingException']));
  expect(await run()).toEqual(first);
});
