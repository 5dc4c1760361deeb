import { GetMetricDataCommand, CloudWatchClient, PutMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import {
  CreateSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { ReceiveMessageCommand, SendMessageCommand, SQSClient, CreateQueueCommand } from '@aws-sdk/client-sqs';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from '@jest/globals';
import { ACCOUNT, REGION, START, world } from './world.js';

test('a secret that is created and put through the SDK holds both versions and tells two native events', async () => {
  const { sandbox, secrets, events } = world();
  await secrets.send(new CreateSecretCommand({ Name: 'app/db', SecretString: 'one' }));
  await secrets.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretBinary: new Uint8Array([0, 255, 1]) }));

  const value = await secrets.send(new GetSecretValueCommand({ SecretId: 'app/db' }));
  expect(value.SecretBinary).toEqual(new Uint8Array([0, 255, 1]));
  expect(value.CreatedDate).toEqual(new Date(START));
  expect(sandbox.secret(ACCOUNT, REGION, 'app/db')?.versions.map(({ stages }) => stages)).toEqual([
    ['AWSPREVIOUS'],
    ['AWSCURRENT'],
  ]);
  expect(events.map((event) => event['detail-type'])).toEqual([
    'Secret Label Updated',
    'AWS API Call via CloudTrail',
    'Secret Label Updated',
    'AWS API Call via CloudTrail',
  ]);
  expect(sandbox.calls.count({ operation: 'GetSecretValue', region: REGION })).toBe(1);
});

test('a role that exists gives credentials of its account, and only with the right external id', async () => {
  const { sandbox, options } = world();
  const roleArn = 'arn:aws:iam::222222222222:role/Replica';
  sandbox.roles.add({ roleArn, externalId: 'right' });
  const sts = new STSClient(options);
  const assume = (ExternalId: string) =>
    sts.send(new AssumeRoleCommand({ RoleArn: roleArn, RoleSessionName: 'test', ExternalId }));
  await expect(assume('wrong')).rejects.toMatchObject({ name: 'AccessDenied' });
  const { Credentials } = await assume('right');
  const there = new SecretsManagerClient({
    ...options,
    credentials: {
      accessKeyId: Credentials?.AccessKeyId ?? '',
      secretAccessKey: Credentials?.SecretAccessKey ?? '',
      sessionToken: Credentials?.SessionToken ?? '',
    },
  });
  await there.send(new CreateSecretCommand({ Name: 'app/db', SecretString: 'one' }));
  expect(sandbox.secret('222222222222', REGION, 'app/db')).toBeDefined();
  expect(sandbox.secret(ACCOUNT, REGION, 'app/db')).toBeUndefined();
});

test('metrics that are put come back summed, also when the SDK compressed the request', async () => {
  const { sandbox, options } = world();
  const cloudwatch = new CloudWatchClient(options);
  const at = new Date(sandbox.now());
  await cloudwatch.send(
    new PutMetricDataCommand({
      Namespace: 'Test',
      MetricData: Array.from({ length: 300 }, () => ({ MetricName: 'written', Value: 2, Timestamp: at })),
    }),
  );
  const { MetricDataResults } = await cloudwatch.send(
    new GetMetricDataCommand({
      StartTime: new Date(at.getTime() - 60_000),
      EndTime: new Date(at.getTime() + 60_000),
      MetricDataQueries: [
        { Id: 'a', MetricStat: { Metric: { Namespace: 'Test', MetricName: 'written' }, Period: 60, Stat: 'Sum' } },
      ],
    }),
  );
  expect(MetricDataResults?.[0]?.Values).toEqual([600]);
  expect(sandbox.metrics.points('Test')).toHaveLength(300);
});

test('a message sent through SQS is received with a matching digest', async () => {
  const { options } = world();
  const sqs = new SQSClient(options);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: 'changes' }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ['All'] }));
  expect(Messages?.map(({ Body, Attributes }) => [Body, Attributes?.ApproximateReceiveCount])).toEqual([
    ['hello', '1'],
  ]);
});

test('a lost answer is applied and a throttled call is not', async () => {
  const { sandbox, secrets } = world();
  sandbox.faults.add({ kind: 'lost-answer', operation: 'CreateSecret', times: 1 });
  sandbox.faults.add({ kind: 'throttle', operation: 'CreateSecret', times: 1 });
  const create = (Name: string) => secrets.send(new CreateSecretCommand({ Name, SecretString: 'x' }));
  await expect(create('one')).rejects.toMatchObject({ code: 'ECONNRESET' });
  await expect(create('two')).rejects.toMatchObject({ name: 'ThrottlingException' });
  await expect(secrets.send(new DescribeSecretCommand({ SecretId: 'two' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
    $metadata: { httpStatusCode: 400 },
  });
  expect(sandbox.secret(ACCOUNT, REGION, 'one')).toBeDefined();
});
