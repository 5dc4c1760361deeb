import { serviceDomain } from '../partition.js';
import { credentialArns, ownDestinations, secretArns, type AccessInput } from './access-input.js';
import type { Grant, Place } from './grant.js';

/** Keys are used through Secrets Manager only: `kms:ViaService` confines each grant to one region's service. */
export function keyGrants(input: AccessInput): readonly Grant[] {
  return [sourceKeys(input), ...destinationKeys(input)];
}

function sourceKeys({ config, place, sourceKeyArns }: AccessInput): Grant {
  const { region, select } = config.source;
  return {
    id: 'DecryptSources',
    actions: ['kms:Decrypt'],
    resources: sourceKeyArns ?? [anyKey(place, region)],
    conditions: {
      StringEquals: viaSecretsManager(region),
      StringLike: {
        'kms:EncryptionContext:SecretARN': [
          ...secretArns(place, region, select.include),
          ...credentialArns(config, place),
        ],
      },
    },
    wildcard:
      'Which keys the sources are encrypted with is not in the configuration. Bounded to decryption by Secrets Manager of values of the selected secrets; sourceKeyArns narrows it.',
  };
}

const viaSecretsManager = (region: string) => ({
  'kms:ViaService': `secretsmanager.${region}.${serviceDomain(region)}`,
});
const anyKey = ({ partition, account }: Place, region: string) => `arn:${partition}:kms:${region}:${account}:key/*`;

/** A put generates a data key and decrypts the version it may repeat; another key also encrypts (user guide, security-encryption). */
const WRITE_WITH_KEY = ['kms:GenerateDataKey', 'kms:Decrypt', 'kms:Encrypt'];

/** Destinations without a key of their own use `aws/secretsmanager`, whose key policy needs no statement here. */
export function destinationKeys({ config, place }: AccessInput): readonly Grant[] {
  const keys = new Map<string, Grant>();
  for (const { region, kmsKeyId } of ownDestinations(config)) {
    if (kmsKeyId === undefined || /(^|:)alias\/aws\/secretsmanager$/.test(kmsKeyId)) continue;
    const id = `WriteWithKey${keys.size + 1}`;
    const found = keys.get(`${region} ${kmsKeyId}`);
    if (found === undefined)
      keys.set(`${region} ${kmsKeyId}`, { id, actions: WRITE_WITH_KEY, ...keyIn(place, region, kmsKeyId) });
  }
  return [...keys.values()];
}

function keyIn(place: Place, region: string, kmsKeyId: string): Pick<Grant, 'resources' | 'conditions' | 'wildcard'> {
  const StringEquals = viaSecretsManager(region);
  const alias = /(?:^|:)(alias\/.+)$/.exec(kmsKeyId)?.[1];
  if (alias === undefined) {
    const arn = kmsKeyId.startsWith('arn:') ? kmsKeyId : anyKey(place, region).replace('*', kmsKeyId);
    return { resources: [arn], conditions: { StringEquals } };
  }
  const account = /^arn:[^:]+:kms:[^:]+:(\d{12}):/.exec(kmsKeyId)?.[1] ?? place.account;
  return {
    resources: [anyKey({ ...place, account }, region)],
    conditions: { StringEquals, 'ForAnyValue:StringEquals': { 'kms:ResourceAliases': alias } },
    wildcard: 'An alias is no resource of KMS permissions; the key is bound by its alias in the condition.',
  };
}
