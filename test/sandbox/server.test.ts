import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { DescribeSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { CreateQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { afterEach, describe, expect, test } from '@jest/globals';
import { serve, type SandboxServer } from '../../src/sandbox/server.js';
import { ACCOUNT, REGION, world } from './world.js';

const open: SandboxServer[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((server) => server.close()));
});

async function served() {
  const scene = world();
  const server = await serve(scene.sandbox, { port: 0 });
  open.push(server);
  const { requestHandler: _unused, ...options } = scene.options;
  return { ...scene, server, overHttp: { ...options, endpoint: server.url } };
}

test('every service answers the SDK over HTTP', async () => {
  const { sandbox, overHttp } = await served();
  const { arn } = sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'one' });
  const described = await new SecretsManagerClient(overHttp).send(new DescribeSecretCommand({ SecretId: 'app/db' }));
  expect(described.ARN).toBe(arn);
  expect((await new STSClient(overHttp).send(new GetCallerIdentityCommand({}))).Account).toBe(ACCOUNT);
  const data = Array.from({ length: 400 }, () => ({ MetricName: 'm', Value: 1 }));
  await new CloudWatchClient(overHttp).send(new PutMetricDataCommand({ Namespace: 'T', MetricData: data }));
  expect(sandbox.metrics.points('T')).toHaveLength(400);
  const sqs = new SQSClient(overHttp);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'q' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
  expect(sandbox.queues.messages('q').map(({ body }) => body)).toEqual(['hello']);
});

test('a reset cuts the connection without an answer', async () => {
  const { sandbox, overHttp } = await served();
  sandbox.faults.add({ kind: 'reset' });
  const call = new SecretsManagerClient(overHttp).send(new DescribeSecretCommand({ SecretId: 'app/db' }));
  await expect(call).rejects.toThrow('socket hang up');
});

test('a request without a signature is refused', async () => {
  const { server } = await served();
  const answer = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'secretsmanager.ListSecrets' },
    body: '{}',
  });
  expect([answer.status, answer.headers.get('x-amzn-errortype')]).toEqual([400, 'MissingAuthenticationTokenException']);
});

test('a taken port is an error, or with fallback another port is taken', async () => {
  const { sandbox, server } = await served();
  await expect(serve(sandbox, { port: server.port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  const other = await serve(sandbox, { port: server.port, fallback: true });
  open.push(other);
  expect(other.port).not.toBe(server.port);
});

const hasCli = (process.env['PATH'] ?? '').split(delimiter).some((dir) => existsSync(join(dir, 'aws')));

describe.each(hasCli ? ['aws'] : [])('the stock %s command line', (command) => {
  const run = async (url: string, ...words: string[]): Promise<unknown> => {
    const env = {
      PATH: process.env['PATH'],
      HOME: '/nowhere',
      AWS_ACCESS_KEY_ID: 'x',
      AWS_SECRET_ACCESS_KEY: 'y',
      AWS_PAGER: '',
    };
    const { stdout } = await promisify(execFile)(
      command,
      ['--endpoint-url', url, '--region', REGION, '--output', 'json', ...words],
      { env },
    );
    return stdout === '' ? undefined : JSON.parse(stdout);
  };

  test('creates and reads a secret, puts a metric and sends a message', async () => {
    const { sandbox, server } = await served();
    sandbox.queues.create('q', { region: REGION });
    await run(server.url, 'secretsmanager', 'create-secret', '--name', 'app/db', '--secret-string', 'one');
    const [value] = await Promise.all([
      run(server.url, 'secretsmanager', 'get-secret-value', '--secret-id', 'app/db'),
      run(server.url, 'cloudwatch', 'put-metric-data', '--namespace', 'T', '--metric-name', 'm', '--value', '2'),
    ]);
    await run(server.url, 'sqs', 'send-message', '--queue-url', `${server.url}/${ACCOUNT}/q`, '--message-body', 'hi');
    expect(value).toMatchObject({ SecretString: 'one', VersionStages: ['AWSCURRENT'] });
    expect(sandbox.metrics.points('T').map(({ values }) => values)).toEqual([[2]]);
    expect(sandbox.queues.messages('q')).toHaveLength(1);
  });
});
