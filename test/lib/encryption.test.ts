import { describe, expect, test } from '@jest/globals';
import { allows, statementsIn, statementsOf, type Statement } from './support/role-policy.js';
import { STACK_CASES } from './support/stack-cases.js';
import { templateOf } from './support/synthesized.js';
import { ACCOUNT, onlyOne, propertiesOf, resolved } from './support/template-resources.js';

const template = templateOf('everything-on');
const [keyId = ''] = propertiesOf(template, 'AWS::KMS::Key').keys();
const policy = statementsIn(onlyOne(template, 'AWS::KMS::Key').KeyPolicy);
const ofService = (service: string) =>
  policy.filter((statement) => JSON.stringify(statement).includes(`"Service":"${service}.amazonaws.com"`));

const from = (service: string, kind: string, account = ACCOUNT) => ({
  'aws:SourceAccount': account,
  'aws:SourceArn': `arn:aws:${service}:us-east-1:${account}:${kind}`,
});
const NEEDED = ['kms:Decrypt', 'kms:GenerateDataKey'];

describe('a key made here', () => {
  test('encrypts every queue and the topic, and is the only one', () => {
    const queues = [...propertiesOf(template, 'AWS::SQS::Queue').values()];
    expect(queues).toHaveLength(5);
    for (const queue of queues) expect(resolved(queue)).toMatchObject({ KmsMasterKeyId: `${keyId}.Arn` });
    expect(resolved(onlyOne(template, 'AWS::SNS::Topic').KmsMasterKeyId)).toBe(`${keyId}.Arn`);
    expect(onlyOne(template, 'AWS::KMS::Key').EnableKeyRotation).toBe(true);
  });

  test.each([
    ['events', 'rule/Native'],
    ['cloudwatch', 'alarm:Throttling'],
  ])('lets %s use it for this account and region only', (service, kind) => {
    const statements = ofService(service);
    for (const action of NEEDED) {
      const call = { action, resource: '*' };
      expect(allows(statements, { ...call, context: from(service, kind) })).toBe(true);
      expect(allows(statements, { ...call, context: from(service, kind, '222222222222') })).toBe(false);
      expect(allows(statements, call)).toBe(false);
    }
    const deletion = { action: 'kms:ScheduleKeyDeletion', resource: '*', context: from(service, kind) };
    expect(allows(statements, deletion)).toBe(false);
  });

  test('lets no other service use it', () => {
    const services = policy.map((statement) => /"Service":"([^"]+)"/.exec(JSON.stringify(statement))?.[1]);
    expect(new Set(services)).toEqual(new Set([undefined, 'events.amazonaws.com', 'cloudwatch.amazonaws.com']));
  });

  test.each(['everything-on', 'direct-with-key'] as const)(
    'may be used by the roles of %s that send and receive',
    (name) => {
      const [key = ''] = propertiesOf(templateOf(name), 'AWS::KMS::Key').keys();
      const policies = [...propertiesOf(templateOf(name), 'AWS::IAM::Policy')];
      const senders = policies.filter(([, { PolicyDocument }]) =>
        JSON.stringify(PolicyDocument).includes('sqs:SendMessage'),
      );
      expect(senders).toHaveLength(2);
      for (const [, { PolicyDocument }] of senders) {
        for (const action of NEEDED) {
          expect(allows(statementsIn(PolicyDocument), { action, resource: `${key}.Arn` })).toBe(true);
        }
      }
    },
  );
});

test("a key of one's own is used as it is, its policy left to its owner", () => {
  const own = templateOf('own-key');
  expect(propertiesOf(own, 'AWS::KMS::Key').size).toBe(0);
  for (const queue of propertiesOf(own, 'AWS::SQS::Queue').values())
    expect(queue).toMatchObject({ KmsMasterKeyId: STACK_CASES['own-key'].key });
  const call = { action: 'kms:GenerateDataKey', resource: STACK_CASES['own-key'].key };
  expect(allows(statementsOf(own), call)).toBe(true);
});

describe.each(['one-region', 'everything-on', 'direct'] as const)('the queues of %s', (name) => {
  const of = templateOf(name);
  const policies = [...propertiesOf(of, 'AWS::SQS::QueuePolicy').values()];
  const admitted = policies.flatMap(({ PolicyDocument }) => statementsIn(PolicyDocument).filter(isAllow));

  test('take messages from single rules of this stack only', () => {
    const rules = [...propertiesOf(of, 'AWS::Events::Rule').keys()].map((id) => `${id}.Arn`);
    expect(admitted.length).toBeGreaterThan(1);
    for (const { Action, Condition } of admitted) {
      expect(Action).toBe('sqs:SendMessage');
      expect(rules).toContain(Condition?.['ArnEquals']?.['aws:SourceArn']);
    }
  });

  test('are reached by the rule of native events', () => {
    const native = [...propertiesOf(of, 'AWS::Events::Rule')].find(([id]) => id.includes('RulesNative'));
    if (native === undefined) throw new Error('the stack has no such rule');
    const [rule, { Targets }] = native;
    const [{ DeadLetterConfig } = { DeadLetterConfig: {} }] = Targets;
    const { Arn: resource } = resolved(DeadLetterConfig) as { readonly Arn: string };
    const send = (source: string) => ({ action: 'sqs:SendMessage', resource, context: { 'aws:SourceArn': source } });
    expect(allows(admitted, send(`${rule}.Arn`))).toBe(true);
    expect(allows(admitted, send('SomeOtherRule.Arn'))).toBe(false);
  });
});

function isAllow({ Effect }: Statement): boolean {
  return Effect === 'Allow';
}
