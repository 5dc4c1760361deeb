import type { StackCase } from './stack-case.js';

const oneRegion = { version: 1, source: { region: 'us-east-1' }, destinations: [{ region: 'us-west-2' }] };
const threeRegions = {
  version: 1,
  source: {
    region: 'us-east-1',
    select: { include: ['app/*'], exclude: ['app/internal/*'], tags: { replicate: 'true' } },
  },
  destinations: [
    { name: 'dr', region: 'us-west-2', kmsKeyId: 'alias/dr-secrets', onConflict: { adopt: ['app/legacy'] } },
    { name: 'eu', region: 'eu-west-1', rename: 's#^app/#eu/#' },
    { name: 'ap', region: 'ap-southeast-2', rename: 's/a/b/g' },
  ],
  metrics: { namespace: 'Prod/Secrets' },
};
const crossAccount = {
  version: 1,
  source: { region: 'eu-central-1', select: { include: ['shared/*'] } },
  destinations: [
    { name: 'partner', region: 'eu-west-1', roleArn: 'arn:aws:iam::222222222222:role/Replica', externalId: 'a1b2' },
  ],
  metrics: { publisher: 'none' },
};
const sharing = {
  version: 1,
  source: { region: 'us-east-1', select: { include: ['app/*'] } },
  destinations: [
    {
      name: 'partner',
      region: 'eu-west-1',
      roleArn: 'arn:aws:iam::222222222222:role/shared/Replica',
      externalId: 'a1b2',
      rename: 's#^app/#partner/#',
      kmsKeyId: 'alias/replicas',
      onDelete: { recoveryDays: 7 },
    },
    {
      name: 'partner-dr',
      region: 'eu-central-1',
      roleArn: 'arn:aws:iam::222222222222:role/shared/Replica',
      externalId: 'c3d4',
    },
    { name: 'other', region: 'eu-north-1', roleArn: 'arn:aws:iam::333333333333:role/Replica' },
    { name: 'own', region: 'us-west-2' },
  ],
};
const functionRoleArn = 'arn:aws:iam::111111111111:role/Replicator-Role';
/** Stacks that are right, and below them those that cannot be. */
export const STACK_CASES = {
  'one-region': { config: oneRegion },
  'three-regions': { config: threeRegions, maxConcurrency: 4, timeoutSeconds: 90, logLevel: 'DEBUG' },
  'cross-account': { config: crossAccount },
  'replica-role': { config: sharing, role: { destination: 'partner', functionRoleArn } },
  'everything-on': { config: sharing, alarmEmails: ['ops@example.com'] },
  'own-topic': { config: oneRegion, alarmTopicArn: 'arn:aws:sns:us-east-1:111111111111:mine', dashboard: false },
  flawed: { config: oneRegion, flawed: true },
  'wrong concurrency': { config: oneRegion, maxConcurrency: 1 },
  'wrong timeout': { config: oneRegion, timeoutSeconds: 5 },
  'wrong key': { config: oneRegion, sourceKeyArns: ['alias/mine'] },
  'wrong region': { config: oneRegion, env: { region: 'eu-west-1' } },
  'no such role': { config: sharing, role: { destination: 'own', functionRoleArn } },
  'no external id': { config: sharing, role: { destination: 'other', functionRoleArn } },
  'no function role': { config: sharing, role: { destination: 'partner', functionRoleArn: '' } },
  'wrong address': { config: oneRegion, alarmEmails: ['ops'] },
  'no configuration': { config: undefined },
} as const satisfies Readonly<Record<string, StackCase>>;
