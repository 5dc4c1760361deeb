import { expect, test } from '@jest/globals';
import { grantsFor } from '../../../src/core/access/function-access.js';
import { policyDocument } from '../../../src/core/access/policy-document.js';
import { replicaRoleGrants } from '../../../src/core/access/replica-role-access.js';
import { sampleCalls } from '../../../src/core/access/sample-calls.js';
import { parseConfig } from '../../../src/core/check-config.js';
import { allows } from '../../lib/support/role-policy.js';

const ROLE = 'arn:aws:iam::222222222222:role/Replica';
const config = parseConfig({
  version: 1,
  source: { region: 'us-east-1', select: { include: ['app/*'], exclude: ['app/x?'], tags: { replicate: 'true' } } },
  destinations: [
    { name: 'dr', region: 'us-west-2', kmsKeyId: 'alias/dr', onConflict: { adopt: ['app/legacy'] } },
    {
      name: 'eu',
      region: 'eu-west-1',
      rename: 's#^app/#eu/#',
      metadata: { tags: 'copy' },
      onDelete: { recoveryDays: 7 },
    },
    { name: 'ap', region: 'ap-south-1', rename: 's/a/b/g', metadata: { tags: { fixed: { team: 'a' } } } },
    { name: 'partner', region: 'eu-central-1', roleArn: ROLE, externalId: 'a1b2', kmsKeyId: 'alias/p' },
  ],
});
const place = { partition: 'aws', account: '111111111111' };
const own = grantsFor({ config, place });
const others = replicaRoleGrants(
  { config, place: { partition: 'aws', account: '222222222222' }, sourceAccount: place.account },
  ROLE,
);

test.each([
  ['the function', own],
  ['a role of another account', others],
])('the policy of %s allows every sample call', (_who, grants) => {
  const samples = sampleCalls(grants);
  expect(samples.length).toBeGreaterThan(4);
  const { Statement } = policyDocument(grants);
  for (const { grant, resource, context } of samples) {
    const given = Object.fromEntries(context.map(({ key, values }) => [key, values]));
    for (const action of grant.actions) {
      expect({ action, allowed: allows(Statement, { action, resource, context: given }) }).toEqual({
        action,
        allowed: true,
      });
    }
  }
});
