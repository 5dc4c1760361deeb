import { serviceDomain } from '../partition.js';
import type { AccessInput } from './access-input.js';
import type { Grant } from './grant.js';

/** To read one object of a bucket of the function's own account, and nothing else of it: no list, no version, no write. */
export function rulesGrants({ config, place, rulesObject }: AccessInput): readonly Grant[] {
  if (rulesObject === undefined) return [];
  const { bucket, key, keyArn } = rulesObject;
  const bucketArn = `arn:${place.partition}:s3:::${bucket}`;
  const object = `${bucketArn}/${key}`;
  const { region } = config.source;
  return [
    {
      id: 'ReadRules',
      actions: ['s3:GetObject'],
      resources: [object],
      // Whoever makes a bucket of that name once ours is gone decides nothing.
      conditions: { StringEquals: { 'aws:ResourceAccount': place.account } },
    },
    {
      id: 'DecryptRules',
      actions: ['kms:Decrypt'],
      resources: keyArn === undefined ? [] : [keyArn],
      conditions: {
        StringEquals: {
          'kms:ViaService': `s3.${region}.${serviceDomain(region)}`,
          // With a bucket key S3 names the bucket (S3 user guide, bucket-key).
          'kms:EncryptionContext:aws:s3:arn': [object, bucketArn],
        },
      },
    },
  ];
}
