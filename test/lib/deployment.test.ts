import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FunctionProcess } from '../../src/cli/function-process.js';
import { hasMoto } from '../sandbox/contract/moto.js';
import { labelUpdated } from '../support/change-events.js';
import { folderWith } from '../support/folder.js';
import { MOTO_ACCOUNT, MOTO_REGION, MotoCloud } from './support/moto-cloud.js';
import { synthesizedApp } from './support/synthesized-app.js';
import type { Template } from './support/synthesized.js';
import { propertiesOf } from './support/template-resources.js';

/** A configuration of its own: the test must not hang on the one that people edit. */
const CONFIG = `version: 1
source: { region: ${MOTO_REGION}, select: { include: ["app/*"] } }
destinations:
  - { name: dr, region: us-west-2, rename: "s#^app/#dr/app/#", transform: [{ sed: "s/us-east-1/us-west-2/g" }] }
`;

/** What moto passes over, and the test that looks at it in the template instead. */
const ON_THE_TEMPLATE: Readonly<Record<string, string>> = {
  'AWS::CloudWatch::Alarm': 'alarms-fire.test.ts',
  'AWS::Logs::QueryDefinition': 'saved-queries.test.ts',
  'AWS::SQS::QueuePolicy': 'stack.test.ts',
  'AWS::Scheduler::Schedule': 'stack.test.ts',
};
const FOLDER = fileURLToPath(new URL('.', import.meta.url));

interface DeployedFunction {
  readonly FunctionName: string;
  readonly Runtime: string;
  readonly CodeSha256: string;
  readonly Environment: { readonly Variables: Readonly<Record<string, string>> };
}

describe.each(hasMoto ? ['moto_server'] : [])('deployed by the CDK to %s', () => {
  const assembly = folderWith({});
  let cloud: MotoCloud;
  let template: Template;

  beforeAll(async () => {
    cloud = await MotoCloud.start();
    const config = join(folderWith({ 'replicator.yaml': CONFIG }), 'replicator.yaml');
    // A dashboard shows alarms by their ARNs, and moto makes none to refer to.
    const { status, stderr } = synthesizedApp(assembly, { config, stack: 'Deployed', dashboard: 'false' });
    if (status !== 0) throw new Error(stderr);
    template = JSON.parse(readFileSync(join(assembly, 'Deployed.template.json'), 'utf8')) as Template;
    cloud.cdk(assembly, 'bootstrap', `aws://${MOTO_ACCOUNT}/${MOTO_REGION}`);
    cloud.cdk(assembly, 'deploy', '--app', assembly, '--method', 'direct', '--require-approval', 'never');
  }, 240_000);
  afterAll(() => cloud.stop());

  test('everything of the stack is there, but what other tests look at in the template', async () => {
    const listed = await cloud.form('cloudformation', { Action: 'ListStackResources', StackName: 'Deployed' });
    const made = new Set([...listed.matchAll(/<ResourceType>(.+?)<\/ResourceType>/g)].map(([, type]) => type));
    const types = new Set(Object.values(template.Resources).map(({ Type }) => Type));
    expect(new Set([...types].filter((type) => !made.has(type)))).toEqual(new Set(Object.keys(ON_THE_TEMPLATE)));
    for (const [type, file] of Object.entries(ON_THE_TEMPLATE))
      expect(readFileSync(join(FOLDER, file), 'utf8')).toContain(`'${type}'`);
  });

  test('an event goes through its rule and queue, and its function makes the replica', async () => {
    const deployed = await deployedFunction(cloud);
    expect(deployed.Runtime).toBe('nodejs24.x');
    const bundle = unpacked(await assetOf(cloud, template, deployed.CodeSha256));
    const version = await changeSource(cloud);
    const Records = await received(cloud, deployed.Environment.Variables['CHANGE_QUEUE_URL'] ?? '');
    expect(Records).toHaveLength(1);

    const environment = { ...deployed.Environment.Variables, ...cloud.environment };
    const lines: string[] = [];
    const replicator = await FunctionProcess.start({ bundle, environment, onLine: (line) => lines.push(line) });
    const answer = await replicator.invoke({ Records });
    await replicator.stop();
    expect({ answer, lines }).toEqual({
      answer: { batchItemFailures: [] },
      lines: [expect.stringContaining('replica written')],
    });
    const west = clientIn(cloud, 'us-west-2');
    const replica = await west.send(new GetSecretValueCommand({ SecretId: 'dr/app/db', VersionStage: 'AWSCURRENT' }));
    expect(replica.SecretString).toBe('db.us-west-2.example.com');
    expect(replica.VersionId).not.toBe(version);
    const { Tags } = await west.send(new DescribeSecretCommand({ SecretId: 'dr/app/db' }));
    const Value = `arn:aws:secretsmanager:${MOTO_REGION}:${MOTO_ACCOUNT}:secret:app/db`;
    expect(Tags).toEqual([{ Key: 'secrets-replicator:source', Value }]);
    const metrics = await cloud.form('monitoring', { Action: 'ListMetrics', Namespace: 'SecretsReplicator' });
    expect(metrics).toContain('ReplicationSuccess');
  });
});

function clientIn({ url }: MotoCloud, region: string): SecretsManagerClient {
  const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };
  return new SecretsManagerClient({ endpoint: url, region, credentials, maxAttempts: 1 });
}

async function deployedFunction(cloud: MotoCloud): Promise<DeployedFunction> {
  const listed = Buffer.from(await cloud.bytes('lambda', '/2015-03-31/functions')).toString('utf8');
  const [one, ...more] = (JSON.parse(listed) as { Functions: DeployedFunction[] }).Functions;
  if (one === undefined || more.length > 0) throw new Error('there is not exactly one function');
  return one;
}

/** The zip that the stack's function was made from. Throws if it is not what Lambda says it runs. */
async function assetOf(cloud: MotoCloud, template: Template, sha256: string): Promise<Uint8Array> {
  const [{ Code: { S3Bucket, S3Key } } = { Code: { S3Bucket: {}, S3Key: '' } }] = propertiesOf(
    template,
    'AWS::Lambda::Function',
  ).values();
  const bucket = String(Object.values(S3Bucket)[0]).replace(/\$\{AWS::AccountId\}/, MOTO_ACCOUNT);
  const zip = await cloud.bytes('s3', `/${bucket}/${S3Key}`);
  if (createHash('sha256').update(zip).digest('base64') !== sha256) throw new Error('Lambda runs another zip');
  return zip;
}

/** Python is there where moto is. */
function unpacked(zip: Uint8Array): string {
  const folder = folderWith({ 'function.zip': zip });
  const { status } = spawnSync('python3', ['-m', 'zipfile', '-e', 'function.zip', 'function'], { cwd: folder });
  if (status !== 0) throw new Error('the zip cannot be unpacked');
  expect(readdirSync(join(folder, 'function'))).toEqual(expect.arrayContaining(['index.mjs', 'replicator.json']));
  return join(folder, 'function', 'index.mjs');
}

/** Secrets Manager of moto sends no events, so the bus is given the one that AWS would send. */
async function changeSource(cloud: MotoCloud): Promise<string> {
  const value = { Name: 'app/db', SecretString: 'db.us-east-1.example.com' };
  const made = await clientIn(cloud, MOTO_REGION).send(new CreateSecretCommand(value));
  const { ARN: arn = '', Name: name = '', VersionId: versionId = '' } = made;
  const event = labelUpdated({ arn, name, versionId, region: MOTO_REGION });
  const { source: Source, 'detail-type': DetailType, detail, resources: Resources } = event;
  const entry = { Source, DetailType, Detail: JSON.stringify(detail), Resources };
  await cloud.json('events', 'AWSEvents.PutEvents', { Entries: [entry] });
  return versionId;
}

/** What waits in the queue, as Lambda's event source mapping hands it over. */
async function received(cloud: MotoCloud, queueUrl: string): Promise<object[]> {
  const request = { QueueUrl: queueUrl, MaxNumberOfMessages: 10, AttributeNames: ['All'] };
  const { Messages = [] } = (await cloud.json('sqs', 'AmazonSQS.ReceiveMessage', request)) as {
    Messages?: { MessageId: string; Body: string; ReceiptHandle: string; Attributes: object }[];
  };
  return Messages.map(({ MessageId: messageId, Body: body, ReceiptHandle: receiptHandle, Attributes: attributes }) => ({
    messageId,
    // moto leaves the account out of what it delivers.
    body: JSON.stringify({ ...(JSON.parse(body) as object), account: MOTO_ACCOUNT }),
    receiptHandle,
    attributes,
    eventSource: 'aws:sqs',
  }));
}
