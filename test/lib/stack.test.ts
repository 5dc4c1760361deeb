import { describe, expect, test } from '@jest/globals';
import { NATIVE_PATTERN, TRAIL_PATTERN } from '../../src/core/change-patterns.js';
import { ENVIRONMENT, parseSettings } from '../../src/core/settings.js';
import { templateOf, type Template } from './support/synthesized.js';
import { ACCOUNT, onlyOne, propertiesOf, resolved } from './support/template-resources.js';

const template = templateOf('one-region');

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

describe('the schedule', () => {
  const schedule = onlyOne(template, 'AWS::Scheduler::Schedule');

  test('asks the function to compare everything, as often as configured, at no exact minute', () => {
    expect(schedule).toMatchObject({
      ScheduleExpression: 'rate(60 minutes)',
      FlexibleTimeWindow: { Mode: 'FLEXIBLE', MaximumWindowInMinutes: 6 },
      Target: { Input: '{"action":"reconcile"}' },
    });
  });

  test('tries again for one period and then puts its request with the dead letters', () => {
    const { RetryPolicy, DeadLetterConfig } = schedule.Target;
    expect(RetryPolicy).toEqual({ MaximumRetryAttempts: 2, MaximumEventAgeInSeconds: 3_600 });
    expect(resolved(DeadLetterConfig)).toEqual({ Arn: expect.stringMatching(/DeadLetters\w+\.Arn$/) });
  });

  test('has a role that may do these two things, and that only schedules of this account take', () => {
    const role = String(resolved(schedule.Target.RoleArn)).replace(/\.Arn$/, '');
    const policies = [...propertiesOf(template, 'AWS::IAM::Policy').values()];
    const own = policies.filter(({ Roles }) => Roles.map(resolved).includes(role));
    expect(resolved(own.map(({ PolicyDocument }) => PolicyDocument))).toMatchObject([
      {
        Statement: [
          { Action: 'lambda:InvokeFunction', Resource: expect.stringMatching(/Function\w+\.Arn$/) },
          { Action: 'sqs:SendMessage', Resource: expect.stringMatching(/DeadLetters\w+\.Arn$/) },
        ],
      },
    ]);
    const trust = propertiesOf(template, 'AWS::IAM::Role').get(role)?.AssumeRolePolicyDocument;
    expect(resolved(trust)).toMatchObject({
      Statement: [
        {
          Principal: { Service: 'scheduler.amazonaws.com' },
          Condition: {
            StringEquals: {
              'aws:SourceAccount': ACCOUNT,
              'aws:SourceArn': `arn:aws:scheduler:us-east-1:${ACCOUNT}:schedule-group/default`,
            },
          },
        },
      ],
    });
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
    const { Variables } = deployed(templateOf('three-regions')).Environment;
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
    expect(mapping(templateOf('three-regions')).ScalingConfig.MaximumConcurrency).toBe(4);
  });
});
