import { describe, expect, test } from '@jest/globals';
import { allows, type Statement } from './support/role-policy.js';
import { STACK_CASES } from './support/stack-cases.js';
import { templateOf, type Template } from './support/synthesized.js';
import { ACCOUNT, onlyOne, propertiesOf, resolved } from './support/template-resources.js';

const template = templateOf('keyless-topic');

const alarmsOf = (of: Template) => [...propertiesOf(of, 'AWS::CloudWatch::Alarm').values()];
const statements = (document: unknown) =>
  (resolved(document) as { readonly Statement: readonly Statement[] }).Statement;
/** What CloudWatch says of itself when an alarm notifies. */
const asAlarm = (account = ACCOUNT, region = 'us-east-1') => ({
  'aws:SourceAccount': account,
  'aws:SourceArn': `arn:aws:cloudwatch:${region}:${account}:alarm:Replicator-Throttling`,
  'aws:SecureTransport': 'true',
});

describe('a topic made here', () => {
  const [topic = ''] = propertiesOf(template, 'AWS::SNS::Topic').keys();
  const policy = statements(onlyOne(template, 'AWS::SNS::TopicPolicy').PolicyDocument);
  const publish = (context: Record<string, string>) => ({ action: 'sns:Publish', resource: topic, context });

  test('is notified by every alarm, when it fires and when it is over', () => {
    expect(alarmsOf(template).length).toBeGreaterThan(8);
    for (const { AlarmActions, OKActions } of alarmsOf(template)) {
      expect([AlarmActions, OKActions]).toEqual([[{ Ref: topic }], [{ Ref: topic }]]);
    }
  });

  test('writes to the addresses', () => {
    expect(onlyOne(template, 'AWS::SNS::Subscription')).toMatchObject({
      Protocol: 'email',
      Endpoint: 'ops@example.com',
    });
  });

  test('lets alarms of this account and region publish, over TLS only', () => {
    expect(allows(policy, publish(asAlarm()))).toBe(true);
    expect(allows(policy, publish(asAlarm('222222222222')))).toBe(false);
    expect(allows(policy, publish(asAlarm(ACCOUNT, 'eu-west-1')))).toBe(false);
    expect(allows(policy, publish({ ...asAlarm(), 'aws:SecureTransport': 'false' }))).toBe(false);
    const allowed = policy.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([{ Principal: { Service: 'cloudwatch.amazonaws.com' } }]);
  });

  test('is encrypted with a key that CloudWatch may use, for those alarms only', () => {
    const { KeyPolicy, EnableKeyRotation } = onlyOne(template, 'AWS::KMS::Key');
    const [key = ''] = propertiesOf(template, 'AWS::KMS::Key').keys();
    expect(resolved(onlyOne(template, 'AWS::SNS::Topic').KmsMasterKeyId)).toBe(`${key}.Arn`);
    expect(EnableKeyRotation).toBe(true);
    const forCloudWatch = statements(KeyPolicy).filter((statement) => JSON.stringify(statement).includes('cloudwatch'));
    for (const action of ['kms:Decrypt', 'kms:GenerateDataKey']) {
      expect(allows(forCloudWatch, { action, resource: '*', context: asAlarm() })).toBe(true);
      expect(allows(forCloudWatch, { action, resource: '*', context: asAlarm('222222222222') })).toBe(false);
    }
    expect(allows(forCloudWatch, { action: 'kms:ScheduleKeyDeletion', resource: '*', context: asAlarm() })).toBe(false);
  });
});

test("a topic of one's own is notified as it is", () => {
  const own = templateOf('own-topic');
  expect(propertiesOf(own, 'AWS::SNS::Topic').size).toBe(0);
  for (const { AlarmActions } of alarmsOf(own)) expect(AlarmActions).toEqual([STACK_CASES['own-topic'].alarmTopicArn]);
});

test('without topic and addresses nothing is made and nobody is told', () => {
  const quiet = templateOf('one-region');
  expect(propertiesOf(quiet, 'AWS::SNS::Topic').size).toBe(0);
  expect(alarmsOf(quiet).flatMap(({ AlarmActions = [] }) => AlarmActions)).toEqual([]);
});
