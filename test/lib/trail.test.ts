import { expect, test } from '@jest/globals';
import { allows, statementsIn } from './support/role-policy.js';
import { templateOf } from './support/synthesized.js';
import { onlyOne, propertiesOf, resolved } from './support/template-resources.js';

const template = templateOf('everything-on');
const [bucket = ''] = propertiesOf(template, 'AWS::S3::Bucket').keys();

test('a trail records the write events of its region, Secrets Manager among them, into its own bucket', () => {
  const trail = onlyOne(template, 'AWS::CloudTrail::Trail');
  expect(trail).toMatchObject({
    IsLogging: true,
    IsMultiRegionTrail: false,
    IncludeGlobalServiceEvents: false,
    EnableLogFileValidation: true,
    EventSelectors: [
      {
        IncludeManagementEvents: true,
        ReadWriteType: 'WriteOnly',
        ExcludeManagementEventSources: ['kms.amazonaws.com', 'rdsdata.amazonaws.com'],
      },
    ],
  });
  expect(resolved(trail.S3BucketName)).toBe(bucket);
});

test('the bucket is encrypted, private, reached with TLS only, and forgets', () => {
  expect(onlyOne(template, 'AWS::S3::Bucket')).toMatchObject({
    BucketEncryption: {
      ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
    },
    PublicAccessBlockConfiguration: {
      BlockPublicAcls: true,
      BlockPublicPolicy: true,
      IgnorePublicAcls: true,
      RestrictPublicBuckets: true,
    },
    LifecycleConfiguration: { Rules: [{ ExpirationInDays: 30, Status: 'Enabled' }] },
  });
  const policy = statementsIn(onlyOne(template, 'AWS::S3::BucketPolicy').PolicyDocument);
  const read = { action: 's3:GetObject', resource: `${bucket}.Arn/log` };
  expect(allows(policy, read)).toBe(false);
  const allowed = policy.filter(({ Effect }) => Effect === 'Allow').map((statement) => JSON.stringify(statement));
  expect(allowed.filter((statement) => !statement.includes('"Service":"cloudtrail.amazonaws.com"'))).toEqual([]);
});

test('there is none unless it is asked for', () => {
  expect(propertiesOf(templateOf('one-region'), 'AWS::CloudTrail::Trail').size).toBe(0);
});
