import type { ConfigIssue } from './config-issues.js';
import type { Places } from './config-places.js';
import { globMatches } from './glob.js';
import { parseSecretArn, partitionInArn } from './names.js';
import { partitionOf } from './partition.js';

type Destination = Places['destinations'][number];

/** With whose identity a destination is written, and with which key: each has one, and one that is valid where it writes. */
export function identityIssues(config: Places): ConfigIssue[] {
  return config.destinations.flatMap((destination) =>
    [
      ...wrongAccount(destination),
      ...wrongPartition(config, destination),
      ...wrongSecret(config, destination),
      ...wrongKey(destination),
    ].map((message) => ({
      path: ['destinations', destination.index],
      message: `destination ${destination.id} ${message}`,
    })),
  );
}

function wrongAccount({ role, credentialsSecret, account }: Destination): string[] {
  if (role !== undefined) {
    return credentialsSecret === undefined ? [] : ['has roleArn and credentialsSecret; leave out one of both'];
  }
  if (credentialsSecret === undefined) {
    return account === undefined ? [] : ['has accountId without credentialsSecret; leave it out'];
  }
  return account === undefined ? ['has credentialsSecret and no accountId; add the account they belong to'] : [];
}

/** An identity of one partition is nobody in another, so neither our own role nor one that it assumes can write there. */
function wrongPartition({ source }: Places, { region, role, credentialsSecret }: Destination): string[] {
  const [here, there] = [partitionOf(source.region), partitionOf(region)];
  if (here !== there && credentialsSecret === undefined) {
    return [`is in the partition ${there} and the source in ${here}; roles reach no other, so set credentialsSecret`];
  }
  const ofRole = role === undefined ? there : partitionInArn(role.arn);
  return ofRole === there ? [] : [`is in the partition ${there} and its roleArn in ${ofRole ?? 'none'}`];
}

/** One that is copied from the source's secret, say. A multi-Region key has an ARN in each region. */
function wrongKey({ region, kmsKeyId = '' }: Destination): string[] {
  const place = /^arn:[^:]+:kms:([^:]+):/.exec(kmsKeyId)?.[1];
  if (place === undefined || place === region) return [];
  return [`has a kmsKeyId in ${place}; a key encrypts in its own region only, so name one in ${region}`];
}

/** What is excluded from the sources is denied to the function, whoever asks. */
function wrongSecret({ source }: Places, { credentialsSecret }: Destination): string[] {
  if (credentialsSecret === undefined) return [];
  const arn = parseSecretArn(credentialsSecret);
  if (arn !== undefined && arn.region !== source.region) {
    return [`has a credentialsSecret in ${arn.region}; it has to be in the region of the sources, ${source.region}`];
  }
  const name = arn?.resource.replace(/-[A-Za-z0-9]{6}$/, '') ?? credentialsSecret;
  const glob = source.select.exclude.find((one) => globMatches(one, name));
  return glob === undefined
    ? []
    : [
        `has a credentialsSecret that source.select.exclude denies (${glob}); it is never replicated, so take it out there`,
      ];
}
