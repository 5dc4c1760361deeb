import { describe, expect, test } from '@jest/globals';
import {
  asOurs,
  DELETION,
  inRegion,
  key,
  other as own,
  ours,
  owner,
  secret,
  selected,
  sm,
  SOURCE,
  via,
} from './support/calls.js';
import { allows, statementsOf, type Call } from './support/role-policy.js';
import { templateOf } from './support/synthesized.js';
import { ACCOUNT, propertiesOf } from './support/template-resources.js';

const KEY = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const template = templateOf('usual');
const statements = statementsOf(template);

const logicalId = (type: Parameters<typeof propertiesOf>[1], part: string) => {
  const id = [...propertiesOf(template, type).keys()].find((one) => one.includes(part));
  if (id === undefined) throw new Error(`no ${type} is called ${part}`);
  return id;
};
const deadLetters = `${logicalId('AWS::SQS::Queue', 'DeadLetters')}.Arn`;
const queue = `${logicalId('AWS::SQS::Queue', 'ChangesQueue')}.Arn`;
const log = `${logicalId('AWS::Logs::LogGroup', 'Log')}.Arn`;

/** Calls that the story of protocol.test.ts has no secret for. */
const RARE: readonly Call[] = [
  sm('DescribeSecret', secret(SOURCE, 'nobody/selected-it'), inRegion(SOURCE)),
  // The tag of a source whose name is too long for a tag.
  sm('CreateSecret', secret('us-west-2', 'app/long'), {
    ...asOurs,
    'aws:RequestTag/secrets-replicator:source': `${owner(SOURCE, ACCOUNT, 'sha256/')}${'0'.repeat(64)}`,
  }),
];

const FORBIDDEN: Readonly<Record<string, Call>> = {
  'a source name that is not included': sm('GetSecretValue', secret(SOURCE, 'other/db'), selected),
  'a source name that is excluded': sm('GetSecretValue', secret(SOURCE, 'app/internal/db'), selected),
  'a source without the selected tag': sm('GetSecretValue', secret(SOURCE, 'app/db')),
  "a replica's value": sm('GetSecretValue', secret('us-west-2', 'app/db'), { ...selected, ...ours }),
  'a list of a region that nobody named': sm('ListSecrets', '*', inRegion('ap-south-1')),
  'a description in a region that nobody named': sm(
    'DescribeSecret',
    secret('ap-south-1', 'app/db'),
    inRegion('ap-south-1'),
  ),
  'values read in batches at a destination': sm('BatchGetSecretValue', '*', inRegion('us-west-2')),
  'a put on the source': sm('PutSecretValue', secret(SOURCE, 'app/db'), ours),
  'a stage moved at the source': sm('UpdateSecretVersionStage', secret(SOURCE, 'app/db'), ours),
  'a put on a foreign secret': sm('PutSecretValue', secret('us-west-2', 'app/db')),
  "a put on another region's replica": sm('PutSecretValue', secret('us-west-2', 'app/db'), {
    'aws:ResourceTag/secrets-replicator:source': owner('eu-north-1'),
  }),
  "a put on another account's replica": sm('PutSecretValue', secret('us-west-2', 'app/db'), {
    'aws:ResourceTag/secrets-replicator:source': owner(SOURCE, '333333333333'),
  }),
  'a put on a name that no replica has': sm('PutSecretValue', secret('us-west-2', 'other/db'), ours),
  'a put on the name before its rename': sm('PutSecretValue', secret('eu-west-1', 'app/db'), ours),
  'a put in a region that nobody named': sm('PutSecretValue', secret('ap-south-1', 'app/db'), ours),
  'a put in the region of another role': sm('PutSecretValue', secret('eu-central-1', 'app/db'), ours),
  'a foreign secret restored': sm('RestoreSecret', secret('us-west-2', 'app/db')),
  'the versions of a foreign secret': sm('ListSecretVersionIds', secret('us-west-2', 'app/db')),
  'a secret created without the ownership tag': sm('CreateSecret', secret('us-west-2', 'app/db'), {
    'aws:TagKeys': [],
  }),
  'a secret created with another tag': sm('CreateSecret', secret('us-west-2', 'app/db'), {
    ...asOurs,
    'aws:TagKeys': ['secrets-replicator:source', 'team'],
  }),
  'a secret created under another name': sm('CreateSecret', secret('us-west-2', 'other/db'), asOurs),
  'a secret created at the source': sm('CreateSecret', secret(SOURCE, 'app/db'), asOurs),
  'another tag': sm('TagResource', secret('us-west-2', 'app/legacy'), { 'aws:TagKeys': ['team'] }),
  'adoption of a name that only begins like a listed one': sm('PutSecretValue', secret('us-west-2', 'app/legacy2')),
  'adoption elsewhere': sm('PutSecretValue', secret('eu-west-1', 'app/legacy')),
  deletion: DELETION,
  'a policy of a replica': sm('PutResourcePolicy', secret('us-west-2', 'app/db'), ours),
  'a tag taken off': sm('UntagResource', secret('us-west-2', 'app/db'), ours),
  'another key or description for a foreign secret': sm('UpdateSecret', secret('us-west-2', 'app/db')),
  'another key or description at the source': sm('UpdateSecret', secret(SOURCE, 'app/db'), ours),
  'a rotation': sm('RotateSecret', secret('us-west-2', 'app/db'), ours),
  'native replication': sm('ReplicateSecretToRegions', secret('us-west-2', 'app/db'), ours),
  'another role of that account': own('sts:AssumeRole', 'arn:aws:iam::222222222222:role/Replica2'),
  'the same role of another account': own('sts:AssumeRole', 'arn:aws:iam::333333333333:role/Replica'),
  'metrics of another namespace': own('cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'Billing' }),
  'metrics without a namespace': own('cloudwatch:PutMetricData', '*'),
  'a source key without Secrets Manager': own('kms:Decrypt', key(SOURCE), {
    'kms:EncryptionContext:SecretARN': secret(SOURCE, 'app/db'),
  }),
  'a source key for another secret': own('kms:Decrypt', key(SOURCE), {
    ...via(SOURCE),
    'kms:EncryptionContext:SecretARN': secret(SOURCE, 'other/db'),
  }),
  'encryption with a source key': own('kms:GenerateDataKey', key(SOURCE), via(SOURCE)),
  'a destination key under another alias': own('kms:GenerateDataKey', key('us-west-2'), {
    ...via('us-west-2'),
    'kms:ResourceAliases': ['alias/payroll'],
  }),
  'a destination key through another service': own('kms:Decrypt', KEY, {
    'kms:ViaService': 's3.eu-west-1.amazonaws.com',
  }),
  'a key for good': own('kms:ScheduleKeyDeletion', KEY, via('eu-west-1')),
  'events on another bus': own('events:PutEvents', `arn:aws:events:${SOURCE}:${ACCOUNT}:event-bus/default`),
  'its own queue purged': own('sqs:PurgeQueue', queue),
  'dead letters read': own('sqs:ReceiveMessage', deadLetters),
  'dead letters purged': own('sqs:PurgeQueue', deadLetters),
  'its own log deleted': own('logs:DeleteLogGroup', log),
  'its own role': own('iam:PutRolePolicy', '*'),
};

const RULES = 'arn:aws:s3:::example-rules/live/replicator.json';
const RULES_KEY = `arn:aws:kms:${SOURCE}:${ACCOUNT}:key/11111111-2222-3333-4444-555555555555`;
const ofAccount = (account: string) => ({ 'aws:ResourceAccount': account });
const forRules = { 'kms:ViaService': `s3.${SOURCE}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': RULES };

describe('the role of a function whose rules may change by an object', () => {
  const withRules = statementsOf(templateOf('everything-on'));
  const allowed: Readonly<Record<string, Call>> = {
    'that object': own('s3:GetObject', RULES, ofAccount(ACCOUNT)),
    'its key through S3': own('kms:Decrypt', RULES_KEY, forRules),
    'its key through S3 for the bucket': own('kms:Decrypt', RULES_KEY, {
      ...forRules,
      'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::example-rules',
    }),
  };
  const forbidden: Readonly<Record<string, Call>> = {
    'that object in a bucket that another account has by now': own('s3:GetObject', RULES, ofAccount('222222222222')),
    'a version of it by its id': own('s3:GetObjectVersion', RULES, ofAccount(ACCOUNT)),
    'the object beside it': own('s3:GetObject', `${RULES}.bak`, ofAccount(ACCOUNT)),
    'the list of its bucket': own('s3:ListBucket', 'arn:aws:s3:::example-rules', ofAccount(ACCOUNT)),
    'to write it': own('s3:PutObject', RULES, ofAccount(ACCOUNT)),
    'its key for another object': own('kms:Decrypt', RULES_KEY, {
      ...forRules,
      'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::example-other/key',
    }),
    'its key without S3': own('kms:Decrypt', RULES_KEY, { 'kms:EncryptionContext:aws:s3:arn': RULES }),
    'to encrypt with its key': own('kms:GenerateDataKey', RULES_KEY, forRules),
  };

  test.each(Object.entries(allowed))('may read %s', (_, call) => {
    expect(allows(withRules, call)).toBe(true);
    expect(allows(statements, call)).toBe(false);
  });

  test.each(Object.entries(forbidden))('may not: %s', (_, call) => {
    expect(allows(withRules, call)).toBe(false);
  });

  test('says nothing of a key where there is none', () => {
    const sids = statementsOf(templateOf('rules object')).map(({ Sid }) => Sid);
    expect(sids).toContain('ReadRules');
    expect(sids).not.toContain('DecryptRules');
  });
});

describe('the role of the function', () => {
  test.each(RARE.map((call) => [call.action, call.resource, call] as const))('may call %s on %s', (_, __, call) => {
    expect(allows(statements, call)).toBe(true);
  });

  test.each(Object.entries(FORBIDDEN))('may not: %s', (_, call) => {
    expect(allows(statements, call)).toBe(false);
  });

  test('writes under any name only where a rename cannot be derived, and even there to its own replicas only', () => {
    const free = statementsOf(templateOf('scrambled'));
    expect(allows(free, sm('PutSecretValue', secret('us-west-2', 'zpp/db'), ours))).toBe(true);
    expect(allows(free, sm('PutSecretValue', secret('us-west-2', 'zpp/db')))).toBe(false);
    expect(allows(free, sm('PutSecretValue', secret('us-east-1', 'zpp/db'), ours))).toBe(false);
    expect(allows(statements, sm('PutSecretValue', secret('us-west-2', 'zpp/db'), ours))).toBe(false);
  });

  test('is written without a wildcard resource in any statement that writes, reads a value or takes a role', () => {
    const wild = statements.filter(({ Resource }) => Resource === '*').map(({ Sid }) => Sid);
    expect(wild).toEqual(['Look', 'ReadInBatches', 'PublishMetrics']);
  });
});
