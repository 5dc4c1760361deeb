import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FunctionProcess } from '../../src/cli/function-process.js';
import { packagePath } from '../../src/cli/package-path.js';
import { proofOf } from '../../src/files/config-proof.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { serve } from '../../src/sandbox/server.js';
import { hasMoto, startMoto } from '../sandbox/contract/moto.js';
import { apiCall, labelUpdated, type ChangedSecret } from '../support/change-events.js';

const [EAST, WEST] = ['us-east-1', 'eu-west-1'];

interface Target {
  readonly name: string;
  readonly start: () => Promise<{ readonly url: string; readonly stop: () => void | Promise<void> }>;
}

const standIn: Target = {
  name: 'the stand-in',
  start: async () => {
    const server = await serve(new Sandbox({ now: Date.now, random: Math.random }), { port: 0 });
    return { url: server.url, stop: () => server.close() };
  },
};
const moto: Target = {
  name: 'moto',
  start: async () => {
    const server = await startMoto();
    return { url: server.url, stop: () => server.stop() };
  },
};
const targets = hasMoto ? [standIn, moto] : [standIn];

describe.each(targets)('the bundle against $name', ({ start }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bundle-test-'));
  const clients = new Map<string, SecretsManagerClient>();
  let [url, stop]: [string, () => void | Promise<void>] = ['', () => undefined];
  let eastward: FunctionProcess;
  let westward: FunctionProcess;

  beforeAll(async () => {
    ({ url, stop } = await start());
    westward = await functionFrom(EAST, WEST);
    eastward = await functionFrom(WEST, EAST);
  });

  afterAll(async () => {
    await Promise.all([westward.stop(), eastward.stop()]);
    await stop();
    rmSync(folder, { recursive: true });
  });

  async function functionFrom(source: string, destination: string): Promise<FunctionProcess> {
    const path = join(folder, `${source}.json`);
    const transform = [{ sed: `s/${source}/${destination}/g` }];
    writeFileSync(
      path,
      JSON.stringify({ version: 1, source: { region: source }, destinations: [{ region: destination, transform }] }),
    );
    return functionWith(source, path);
  }

  function functionWith(region: string, config: string, bundle?: string): Promise<FunctionProcess> {
    const environment = {
      AWS_REGION: region,
      AWS_ENDPOINT_URL: url,
      AWS_ACCESS_KEY_ID: 'test',
      AWS_SECRET_ACCESS_KEY: 'test',
      REPLICATOR_CONFIG: config,
    };
    return FunctionProcess.start({ environment, ...(bundle === undefined ? {} : { bundle }) });
  }

  function client(region: string): SecretsManagerClient {
    const known = clients.get(region);
    if (known !== undefined) return known;
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const made = new SecretsManagerClient({ region, endpoint: url, credentials });
    clients.set(region, made);
    return made;
  }

  async function create(name: string, SecretString: string, region = EAST): Promise<ChangedSecret> {
    const { ARN = '', VersionId = '' } = await client(region).send(
      new CreateSecretCommand({ Name: name, SecretString }),
    );
    return { arn: ARN, name, region, versionId: VersionId };
  }

  async function put(secret: ChangedSecret, SecretString: string, stages?: string[]): Promise<ChangedSecret> {
    const command = new PutSecretValueCommand({
      SecretId: secret.arn,
      SecretString,
      ...(stages === undefined ? {} : { VersionStages: stages }),
    });
    const { VersionId = '' } = await client(secret.region).send(command);
    return { ...secret, versionId: VersionId };
  }

  async function moveCurrent(from: ChangedSecret, to: ChangedSecret): Promise<void> {
    const move = {
      SecretId: to.arn,
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: to.versionId,
      RemoveFromVersionId: from.versionId,
    };
    await client(to.region).send(new UpdateSecretVersionStageCommand(move));
  }

  async function current(region: string, name: string): Promise<string | undefined> {
    const command = new GetSecretValueCommand({ SecretId: name, VersionStage: 'AWSCURRENT' });
    return client(region)
      .send(command)
      .then(({ SecretString }) => SecretString)
      .catch(() => undefined);
  }

  async function versions(region: string, name: string): Promise<number> {
    const { VersionIdsToStages = {} } = await client(region).send(new DescribeSecretCommand({ SecretId: name }));
    return Object.values(VersionIdsToStages).filter((stages) => stages.length > 0).length;
  }

  async function deliver(to: FunctionProcess, ...events: readonly object[]): Promise<readonly unknown[]> {
    const Records = events.map((event, index) => ({
      messageId: `m${index}`,
      eventSource: 'aws:sqs',
      body: JSON.stringify(event),
    }));
    const answer = (await to.invoke({ Records })) as { batchItemFailures: unknown[] };
    return answer.batchItemFailures;
  }

  test('a creation and an update reach the other region, transformed', async () => {
    const first = await create('bundle/update', 'in us-east-1');
    await expect(deliver(westward, apiCall(EAST, 'CreateSecret', { name: 'bundle/update' }))).resolves.toEqual([]);
    await expect(current(WEST, 'bundle/update')).resolves.toBe('in eu-west-1');
    await expect(deliver(westward, labelUpdated(await put(first, 'now in us-east-1')))).resolves.toEqual([]);
    await expect(current(WEST, 'bundle/update')).resolves.toBe('now in eu-west-1');
  });

  test('a rotation by stage move', async () => {
    const first = await create('bundle/rotation', 'first');
    await deliver(westward, labelUpdated(first));
    const pending = await put(first, 'second in us-east-1', ['AWSPENDING']);
    await deliver(
      westward,
      apiCall(EAST, 'PutSecretValue', { secretId: first.arn, clientRequestToken: pending.versionId }),
    );
    await expect(current(WEST, 'bundle/rotation')).resolves.toBe('first');
    await moveCurrent(first, pending);
    const move = { secretId: first.arn, versionStage: 'AWSCURRENT', moveToVersionId: pending.versionId };
    await expect(deliver(westward, apiCall(EAST, 'UpdateSecretVersionStage', move))).resolves.toEqual([]);
    await expect(current(WEST, 'bundle/rotation')).resolves.toBe('second in eu-west-1');
  });

  test('a rollback promotes the version that is there', async () => {
    const first = await create('bundle/rollback', 'good');
    await deliver(westward, labelUpdated(first));
    const second = await put(first, 'bad');
    await deliver(westward, labelUpdated(second));
    await moveCurrent(second, first);
    await expect(deliver(westward, labelUpdated(first))).resolves.toEqual([]);
    await expect(current(WEST, 'bundle/rollback')).resolves.toBe('good');
    await expect(versions(WEST, 'bundle/rollback')).resolves.toBe(2);
  });

  test('a redelivery changes nothing', async () => {
    const event = labelUpdated(await create('bundle/again', 'once'));
    await deliver(westward, event);
    await expect(deliver(westward, event, event)).resolves.toEqual([]);
    await expect(versions(WEST, 'bundle/again')).resolves.toBe(1);
  });

  test('the event of a failed call is nobody’s business', async () => {
    await create('bundle/failed', 'never replicated');
    const failed = apiCall(EAST, 'PutSecretValue', { secretId: 'bundle/failed' }, { errorCode: 'AccessDenied' });
    await expect(deliver(westward, failed)).resolves.toEqual([]);
    await expect(current(WEST, 'bundle/failed')).resolves.toBeUndefined();
  });

  test('a foreign secret at the destination is left alone and the message fails', async () => {
    await create('bundle/foreign', 'theirs', WEST);
    await expect(deliver(westward, labelUpdated(await create('bundle/foreign', 'ours')))).resolves.toHaveLength(1);
    await expect(current(WEST, 'bundle/foreign')).resolves.toBe('theirs');
  });

  test('two regions that point at each other come to rest after one write', async () => {
    const source = await create('bundle/echo', 'from us-east-1');
    await deliver(westward, labelUpdated(source));
    const { ARN: arn = '', VersionIdsToStages: labels = {} } = await client(WEST).send(
      new DescribeSecretCommand({ SecretId: source.name }),
    );
    const echo = { arn, name: source.name, region: WEST, versionId: Object.keys(labels)[0] ?? '' };
    await expect(deliver(eastward, labelUpdated(echo))).resolves.toEqual([]);
    await expect(current(EAST, 'bundle/echo')).resolves.toBe('from us-east-1');
    await expect(current(WEST, 'bundle/echo')).resolves.toBe('from eu-west-1');
    await expect(versions(EAST, 'bundle/echo')).resolves.toBe(1);
    await expect(versions(WEST, 'bundle/echo')).resolves.toBe(1);
  });

  test('an address of rules that is none stops the start', async () => {
    await expect(functionWith(EAST, 's3://rules')).rejects.toThrow('did not start');
  });

  test('rules from an object in S3 take the place of those beside it', async () => {
    // A deployment of its own: the configuration in dist is rewritten by whoever builds.
    const deployment = join(folder, 'deployment');
    cpSync(packagePath('dist/lambda'), deployment, { recursive: true });
    const deployed = { version: 1, source: { region: EAST }, destinations: [{ region: WEST }] };
    const published = { ...deployed, destinations: [{ region: WEST, transform: [{ sed: 's/$/ published/' }] }] };
    const beside = join(deployment, 'replicator.json');
    const proof = proofOf(beside, JSON.stringify(deployed));
    writeFileSync(beside, JSON.stringify(deployed));
    writeFileSync(proof.path, proof.text);
    const put = (path: string, body: string) =>
      fetch(`${url}/${path}`, {
        method: 'PUT',
        body,
        headers: { authorization: 'AWS4-HMAC-SHA256 Credential=test/20261127/us-east-1/s3/aws4_request, Signature=0' },
      });
    await put('rules', '');
    await put('rules/replicator.json', JSON.stringify(published));
    const replicator = await functionWith(EAST, 's3://rules/replicator.json', join(deployment, 'index.mjs'));
    const secret = await create('app/published', 'a value');
    await expect(deliver(replicator, labelUpdated(secret))).resolves.toEqual([]);
    await replicator.stop();
    await expect(current(WEST, 'app/published')).resolves.toBe('a value published');
  });
});
