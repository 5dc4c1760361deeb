import { describe, expect, test } from '@jest/globals';
import { asOurs, inRegion, other, ours, owner, sm, SOURCE, via } from './support/calls.js';
import { allows, statementsOf, type Call } from './support/role-policy.js';
import { STACK_CASES } from './support/stack-cases.js';
import { templateOf } from './support/synthesized.js';
import { ACCOUNT, onlyOne, resolved } from './support/template-resources.js';

const template = templateOf('replica-role');
const statements = statementsOf(template);

const PARTNER = '222222222222';
const theirs = (region: string, name: string, account = PARTNER) =>
  `arn:aws:secretsmanager:${region}:${account}:secret:${name}-aB3dE5`;
const theirKey = `arn:aws:kms:eu-west-1:${PARTNER}:key/any`;
const replica = theirs('eu-west-1', 'partner/db');

const FORBIDDEN: Readonly<Record<string, Call>> = {
  'a value read': sm('GetSecretValue', replica, ours),
  'values read in batches': sm('BatchGetSecretValue', '*', inRegion('eu-west-1')),
  'a put on a secret of theirs': sm('PutSecretValue', replica),
  'a stage of theirs moved': sm('UpdateSecretVersionStage', replica),
  'a secret of theirs deleted': sm('DeleteSecret', replica),
  'a secret of theirs restored': sm('RestoreSecret', replica),
  'a secret of theirs amended': sm('UpdateSecret', replica),
  'a put on a replica of their own account': sm('PutSecretValue', replica, {
    'aws:ResourceTag/secrets-replicator:source': owner(SOURCE, PARTNER),
  }),
  "a put on another region's replica": sm('PutSecretValue', replica, {
    'aws:ResourceTag/secrets-replicator:source': owner('eu-north-1'),
  }),
  'a secret created without the ownership tag': sm('CreateSecret', replica, { 'aws:TagKeys': [] }),
  'a secret created with the tag of another account': sm('CreateSecret', replica, {
    ...asOurs,
    'aws:RequestTag/secrets-replicator:source': owner(SOURCE, PARTNER),
  }),
  'a secret created with another tag': sm('CreateSecret', replica, {
    ...asOurs,
    'aws:TagKeys': ['secrets-replicator:source', 'team'],
  }),
  'a name before its rename': sm('PutSecretValue', theirs('eu-west-1', 'app/db'), ours),
  'a name that no replica has': sm('CreateSecret', theirs('eu-central-1', 'other/db'), asOurs),
  "another destination's region": sm('PutSecretValue', theirs('us-west-2', 'app/db'), ours),
  "another role's region": sm('CreateSecret', theirs('eu-north-1', 'app/db'), asOurs),
  'a list elsewhere': sm('ListSecrets', '*', inRegion('us-east-1')),
  "the source account's secrets": sm('PutSecretValue', theirs('eu-west-1', 'partner/db', ACCOUNT), ours),
  'deletion for good': sm('DeleteSecret', replica, { ...ours, 'secretsmanager:ForceDeleteWithoutRecovery': 'true' }),
  'deletion where nobody asked for it': sm('DeleteSecret', theirs('eu-central-1', 'app/db'), ours),
  'a resource policy': sm('PutResourcePolicy', replica, ours),
  'a tag taken off': sm('UntagResource', replica, ours),
  'native replication': sm('ReplicateSecretToRegions', replica, ours),
  'a rotation': sm('RotateSecret', replica, ours),
  'another key': other('kms:GenerateDataKey', theirKey, { ...via('eu-west-1'), 'kms:ResourceAliases': ['alias/x'] }),
  'the key without Secrets Manager': other('kms:Decrypt', theirKey, { 'kms:ResourceAliases': ['alias/replicas'] }),
  'another role': other('sts:AssumeRole', `arn:aws:iam::${PARTNER}:role/Admin`),
  'its own policy': other('iam:PutRolePolicy', '*'),
};

describe('the role of another account', () => {
  test('is called as the configuration says', () => {
    expect(onlyOne(template, 'AWS::IAM::Role')).toMatchObject({ RoleName: 'Replica', Path: '/shared/' });
  });

  test('trusts the function alone, and only with an external id that a destination sends', () => {
    const { AssumeRolePolicyDocument } = onlyOne(template, 'AWS::IAM::Role');
    expect(resolved(AssumeRolePolicyDocument)).toMatchObject({
      Statement: [
        {
          Effect: 'Allow',
          Action: 'sts:AssumeRole',
          Principal: { AWS: STACK_CASES['replica-role'].role.functionRoleArn },
          Condition: { StringEquals: { 'sts:ExternalId': ['a1b2', 'c3d4'] } },
        },
      ],
    });
    expect(AssumeRolePolicyDocument.Statement).toHaveLength(1);
  });

  test.each(Object.entries(FORBIDDEN))('may not: %s', (_, call) => {
    expect(allows(statements, call)).toBe(false);
  });

  test('is asked for by the function, which may take it and no other', () => {
    const sender = statementsOf(templateOf('sender'));
    expect(allows(sender, other('sts:AssumeRole', `arn:aws:iam::${PARTNER}:role/shared/Replica`))).toBe(true);
    expect(allows(sender, other('sts:AssumeRole', `arn:aws:iam::${PARTNER}:role/Replica`))).toBe(false);
  });
});
