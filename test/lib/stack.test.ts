import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { metricData } from '../../src/aws/metrics.js';
import { NATIVE_PATTERN, TRAIL_PATTERN } from '../../src/core/change-patterns.js';
import { reconcileAlarms } from '../../src/core/reconcile-alarms.js';
import { ALARMS, METRICS, point, type MetricKey, type MetricRow } from '../../src/core/metrics.js';
import { ENVIRONMENT, parseSettings } from '../../src/core/settings.js';
import { STACK_CASES } from './support/stack-cases.js';
import { stackOf, synthesized, type Template } from './support/synthesized.js';
import { onlyOne, propertiesOf, resolved } from './support/template-resources.js';

const all = synthesized(STACK_CASES, { checkTemplates: true });
const REPLICATORS = ['one-region', 'three-regions', 'cross-account', 'everything-on'] as const;
const GOLDEN = [...REPLICATORS, 'replica-role'] as const;
/** Properties that give a resource a physical name. An inline policy's name counts within its role only. */
const NAMES = /^(Queue|Function|Role|LogGroup|Alarm)?Name$/;
const template = stackOf(all['one-region']).template;

describe('the templates', () => {
  test.each(GOLDEN)('%s is the one that was reviewed', (name) => {
    const path = new URL(`../golden/${name}.json`, import.meta.url);
    // The hash of the bundle is no decision of the stack's.
    const text = `${JSON.stringify(stackOf(all[name]).template, undefined, 2)}\n`.replaceAll(/[0-9a-f]{64}/g, '<hash>');
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  test.each(GOLDEN)('%s breaks no rule of AwsSolutions and none of the CDK', (name) => {
    expect(stackOf(all[name]).findings).toEqual([]);
  });

  test('would be told of a broken rule', () => {
    expect(all.flawed).toMatch(/AwsSolutions-SQS3[\s\S]*AwsSolutions-SQS4/);
  });

  test.each(REPLICATORS)('%s gives no resource a fixed name, so that several stacks share an account', (name) => {
    const named = Object.values(stackOf(all[name]).template.Resources).flatMap(({ Properties }) =>
      Object.entries(Properties).filter(([key, value]) => NAMES.test(key) && typeof value === 'string'),
    );
    expect(named).toEqual([]);
  });
});

describe('the queues', () => {
  const queues = propertiesOf(template, 'AWS::SQS::Queue');
  const main = [...queues.values()].find(({ RedrivePolicy }) => RedrivePolicy !== undefined);

  test('are encrypted and keep a message for 14 days', () => {
    expect(queues.size).toBe(4);
    for (const queue of queues.values()) {
      expect(queue).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 1_209_600 });
    }
  });

  test('refuse whoever comes without TLS', () => {
    const policies = propertiesOf(template, 'AWS::SQS::QueuePolicy');
    const refusal = '"Condition":{"Bool":{"aws:SecureTransport":"false"}},"Effect":"Deny","Principal":{"AWS":"*"}';
    const tlsOnly = [...policies.values()].filter(({ PolicyDocument }) =>
      JSON.stringify(PolicyDocument).includes(refusal),
    );
    expect(tlsOnly.flatMap(({ Queues }) => Queues)).toHaveLength(queues.size);
  });

  test('give a message up after 5 deliveries, and hide it for six times the longest run', () => {
    expect(main?.RedrivePolicy?.maxReceiveCount).toBe(5);
    expect(main?.VisibilityTimeout).toBe(6 * onlyOne(template, 'AWS::Lambda::Function').Timeout);
  });

  test('are fed by the two rules, each with a queue of its own for what it could not deliver', () => {
    const rules = [...propertiesOf(template, 'AWS::Events::Rule').values()].filter((rule) => 'EventPattern' in rule);
    const targets = rules.flatMap(({ Targets }) => Targets);
    expect(targets).toHaveLength(2);
    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([NATIVE_PATTERN, TRAIL_PATTERN]);
    expect(new Set(targets.map(({ DeadLetterConfig }) => JSON.stringify(DeadLetterConfig))).size).toBe(2);
    for (const { RetryPolicy } of targets)
      expect(RetryPolicy).toEqual({ MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 });
  });
});

test('the schedule asks the function to compare everything, as often as configured', () => {
  const schedules = (of: Template) =>
    [...propertiesOf(of, 'AWS::Events::Rule').values()].filter((rule) => 'ScheduleExpression' in rule);
  const [rule, ...others] = schedules(template);
  expect(others).toEqual([]);
  expect(rule).toMatchObject({
    ScheduleExpression: 'rate(1 hour)',
    Targets: [{ Input: '{"action":"reconcile"}', Arn: expect.anything() }],
  });
});

describe('the function', () => {
  const deployed = (of: Template) => onlyOne(of, 'AWS::Lambda::Function');

  test('runs the bundle on Node 24 and arm64, and prints its own lines', () => {
    expect(deployed(template)).toMatchObject({
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'Text' },
    });
    expect(onlyOne(template, 'AWS::Logs::LogGroup').RetentionInDays).toBe(90);
  });

  test('is set up with names and values that it understands', () => {
    const { Variables } = deployed(stackOf(all['three-regions']).template).Environment;
    const settings = parseSettings(resolved(Variables) as Record<string, string>);
    expect(settings.logLevel).toBe('DEBUG');
    expect(settings.deadLetterQueueUrl).toMatch(/DeadLetters/);
    expect(settings.changeQueueUrl).toMatch(/ChangesQueue/);
    expect(Object.values<string>(ENVIRONMENT)).toEqual(expect.arrayContaining(Object.keys(Variables)));
  });

  test('answers for each message of a batch, and runs at most twice at once unless told otherwise', () => {
    const mapping = (of: Template) => onlyOne(of, 'AWS::Lambda::EventSourceMapping');
    expect(mapping(template)).toMatchObject({
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
      BatchSize: 10,
    });
    expect(mapping(stackOf(all['three-regions']).template).ScalingConfig.MaximumConcurrency).toBe(4);
  });
});

describe('the alarms', () => {
  const alarms = propertiesOf(stackOf(all['three-regions']).template, 'AWS::CloudWatch::Alarm');
  const own = [...alarms.values()].filter(({ Namespace }) => Namespace === 'Prod/Secrets');

  test('on our own metrics watch exactly what the publisher sends', () => {
    const keys = Object.keys(METRICS) as MetricKey[];
    const sent = metricData(
      keys.map((key) => point(key, 1, {})),
      new Date(0),
    );
    const totals = sent.filter(({ Dimensions }) => Dimensions?.length === 0).map(({ MetricName }) => MetricName);
    expect(own).toHaveLength(ALARMS.length + reconcileAlarms(60).length);
    for (const { MetricName, Dimensions = [] } of own) {
      expect(Dimensions).toEqual([]);
      expect(totals).toContain(MetricName);
      expect(Object.values<MetricRow>(METRICS).find(({ name }) => name === MetricName)?.total).toBe(true);
    }
  });

  test('tell of dead letters, of events not delivered and of changes that wait', () => {
    const queues = [...alarms.values()]
      .filter(({ Namespace }) => Namespace === 'AWS/SQS')
      .map(({ MetricName }) => MetricName);
    expect(queues.sort()).toEqual([
      'ApproximateAgeOfOldestMessage',
      'ApproximateNumberOfMessagesVisible',
      'ApproximateNumberOfMessagesVisible',
      'ApproximateNumberOfMessagesVisible',
    ]);
  });

  test('on our own metrics are absent where nothing is published', () => {
    const silent = propertiesOf(stackOf(all['cross-account']).template, 'AWS::CloudWatch::Alarm');
    expect(new Set([...silent.values()].map(({ Namespace }) => Namespace))).toEqual(new Set(['AWS/SQS']));
  });

  test('each have a heading in docs/operations.md, which their text names', () => {
    const manual = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const anchors = [...manual.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
      heading.toLowerCase().replaceAll(' ', '-'),
    );
    for (const { AlarmDescription } of alarms.values()) {
      const named = /docs\/operations\.md#([\w-]+)/.exec(AlarmDescription)?.[1];
      expect(anchors).toContain(named);
    }
  });
});

describe('a stack that cannot be right', () => {
  test.each([
    ['wrong concurrency', /maxConcurrency is 1; it takes a whole number from 2 to 1000; leave it out for 2/],
    ['wrong timeout', /timeout is 5; it takes a whole number from 10 to 900/],
    ['wrong key', /sourceKeyArns is alias\/mine; it takes ARNs of keys/],
    ['wrong region', /is in eu-west-1 and the source region is us-east-1; .* deploy the stack in us-east-1/],
    ['no such role', /"own" is no destination with a role; take one of partner, partner-dr, other/],
    ['no external id', /destination other has no externalId; .* add externalId beside roleArn/],
    ['no function role', /functionRoleArn is ""; it takes the ARN .* FunctionRoleArn of the ReplicatorStack/],
    ['wrong address', /alarmEmails is ops; it takes e-mail addresses/],
    ['no configuration', /has no replicator\.json; run npm run build/],
  ] as const)('is refused with the reason and the remedy: %s', (name, reason) => {
    expect(all[name]).toMatch(reason);
  });
});
