import { describe, expect, test } from '@jest/globals';
import { asOurs, inRegion, key, other, ours, secret, sm, SOURCE, via } from './support/calls.js';
import { allows, policiesOf, statementsIn, statementsOf } from './support/role-policy.js';
import { findingsOf, templateOf } from './support/synthesized.js';
import { resolved } from './support/template-resources.js';

/** What IAM gives a role without asking (IAM quotas). */
const MOST_MANAGED = 10;

describe('the role for more names than one policy has room for', () => {
  const template = templateOf('many names');
  const statements = statementsOf(template);
  const name = (index: number) => `services/example-${index}/credentials`;
  const indexes = Array.from({ length: 40 }, (_, index) => index);

  test('has policies that IAM takes, each within its quota', () => {
    const policies = policiesOf(template);
    expect(policies.length).toBeGreaterThan(1);
    expect(policies.length - 1).toBeLessThanOrEqual(MOST_MANAGED);
    const tooLong = policies
      .map(({ document, quota }) => ({ quota, length: JSON.stringify(resolved(document)).length }))
      .filter(({ length, quota }) => length > quota);
    expect(tooLong).toEqual([]);
  });

  test('may do for the first and the last name, and for each between, what it may for a few', () => {
    const refused = indexes.flatMap((index) => {
      const context = { ...via(SOURCE), 'kms:EncryptionContext:SecretARN': secret(SOURCE, name(index)) };
      const calls = ['us-west-2', 'eu-west-1', 'eu-central-1'].flatMap((region) => [
        sm('CreateSecret', secret(region, name(index)), asOurs),
        sm('PutSecretValue', secret(region, name(index)), ours),
        sm('UpdateSecret', secret(region, name(index)), ours),
      ]);
      calls.push(sm('GetSecretValue', secret(SOURCE, name(index))), other('kms:Decrypt', key(SOURCE), context));
      return calls.filter((call) => !allows(statements, call));
    });
    expect(refused).toEqual([]);
  });

  test('may do no more than that', () => {
    const wrong = { ...via(SOURCE), 'kms:EncryptionContext:SecretARN': secret(SOURCE, 'other/db') };
    for (const call of [
      sm('PutSecretValue', secret('us-west-2', name(0))),
      sm('PutSecretValue', secret('us-west-2', 'other/db'), ours),
      sm('PutSecretValue', secret('ap-south-1', name(0)), ours),
      sm('GetSecretValue', secret(SOURCE, 'other/db')),
      sm('GetSecretValue', secret('us-west-2', name(0)), ours),
      sm('ListSecrets', '*', inRegion('ap-south-1')),
      other('kms:Decrypt', key(SOURCE), wrong),
      other('kms:Decrypt', key(SOURCE), { 'kms:EncryptionContext:SecretARN': secret(SOURCE, name(0)) }),
    ]) {
      expect([call, allows(statements, call)]).toEqual([call, false]);
    }
  });

  test('names each statement once and breaks no rule', () => {
    const sids = policiesOf(template).flatMap(({ document }) => statementsIn(document).map(({ Sid }) => Sid));
    expect(new Set(sids).size).toBe(sids.length);
    expect(findingsOf('many names')).toEqual([]);
  });
});
