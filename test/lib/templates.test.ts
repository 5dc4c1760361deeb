import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { acknowledgementsOf, findingsOf, refusalOf, templateOf, type Template } from './support/synthesized.js';

const REPLICATORS = ['one-region', 'three-regions', 'cross-account', 'everything-on', 'direct'] as const;
const GOLDEN = [...REPLICATORS, 'replica-role'] as const;
/** Properties that give a resource a physical name. An inline policy's name counts within its role only. */
const NAMES = /^(Queue|Function|Role|LogGroup|Alarm|Topic|Bucket|Trail|Dashboard)?Name$/;
/** Both need a name; it is made of the construct's path. */
const NAMED = new Set(['AWS::CloudWatch::Dashboard', 'AWS::Logs::QueryDefinition']);

const namesIn = ({ Resources }: Template) =>
  Object.values(Resources).flatMap(({ Type, Properties }) =>
    Object.entries(Properties).flatMap(([key, value]) =>
      NAMES.test(key) && typeof value === 'string' ? [[Type, value] as const] : [],
    ),
  );

describe('the templates', () => {
  test.each(GOLDEN)('%s is the one that was reviewed', (name) => {
    const path = new URL(`../golden/${name}.json`, import.meta.url);
    // The hash of the bundle is no decision of the stack's.
    const text = `${JSON.stringify(templateOf(name), undefined, 2)}\n`.replaceAll(/[0-9a-f]{64}/g, '<hash>');
    if (process.env['UPDATE_GOLDEN'] === '1') writeFileSync(path, text);
    expect(text).toBe(readFileSync(path, 'utf8'));
  });

  test.each(GOLDEN)('%s breaks no rule of AwsSolutions and none of the CDK', (name) => {
    expect(findingsOf(name)).toEqual([]);
  });

  test('would be told of a broken rule', () => {
    expect(refusalOf('flawed')).toMatch(/report can be found/);
    expect(findingsOf('flawed')).toEqual(['AwsSolutions-SQS3', 'AwsSolutions-SQS4']);
  });

  test.each(GOLDEN)('%s acknowledges rules for one resource at a time, each with its reason', (name) => {
    const acknowledged = acknowledgementsOf(name);
    expect(acknowledged.length).toBeGreaterThan(1);
    for (const [rule, reason] of acknowledged) {
      expect(rule).toMatch(/AwsSolutions-(SQS3|S1|IAM5\[Resource::.+\])$/);
      expect(reason).toMatch(/^[A-Z].{40,}\.$/);
    }
  });
});

test('an object that the configuration names is deployed as one that props name', () => {
  const [named, given] = ['rules object in the file', 'rules object in props'] as const;
  const text = (name: typeof named | typeof given) => JSON.stringify(templateOf(name)).replaceAll(/[0-9a-f]{64}/g, '');
  expect(text(named)).toContain('s3://example-rules/live/replicator.json');
  expect(text(named)).toBe(text(given));
});

describe('several replicators in one account', () => {
  test.each(REPLICATORS)('may each be %s, since it fixes no name', (name) => {
    expect(namesIn(templateOf(name)).filter(([type]) => !NAMED.has(type))).toEqual([]);
  });

  test('share neither a name nor a logical id, in one stack or in two', () => {
    const [both, other] = [templateOf('twice'), templateOf('twice', 'Other')];
    const names = [both, other].flatMap(namesIn).map(([, name]) => name);
    expect(names.length).toBeGreaterThan(20);
    expect(new Set(names).size).toBe(names.length);
    const once = Object.keys(templateOf('everything-on').Resources);
    expect(Object.keys(both.Resources)).toHaveLength(2 * once.length);
    expect(Object.keys(other.Resources)).toEqual(once);
  });
});

/** Where something is kept that a deployment must not replace by something empty, or whose name others know. */
const STATEFUL =
  /^AWS::(SQS::Queue|Logs::LogGroup|KMS::Key|SNS::Topic|S3::Bucket|IAM::Role|Lambda::Function|CloudTrail::Trail)$/;

test('a resource with a state keeps its logical id, since another one would be made anew', () => {
  const { Resources } = templateOf('everything-on');
  const stateful = Object.entries(Resources).filter(([, { Type }]) => STATEFUL.test(Type));
  expect(stateful.map(([id]) => id)).toEqual([
    'SecretsReplicatorKey563CC2D1',
    'SecretsReplicatorChangesUndeliveredNative19D1BC94',
    'SecretsReplicatorChangesUndeliveredFromTrail1F9A5754',
    'SecretsReplicatorChangesDeadLettersFD7F888A',
    'SecretsReplicatorChangesQueue8B351F13',
    'SecretsReplicatorLogDB917FC2',
    'SecretsReplicatorRoleFA65CCA7',
    'SecretsReplicatorFunction0E10F874',
    'SecretsReplicatorTrailBucket1E238294',
    'SecretsReplicatorTrail79C6FE19',
    'SecretsReplicatorReconcileRoleDF494936',
    'SecretsReplicatorWebhookUndelivered1C9540A1',
    'SecretsReplicatorWebhookDestinationEventsRoleC92C9477',
    'SecretsReplicatorNoticeTopicEE4FD683',
  ]);
});
