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
      metadata: { tags: 'copy' },
    },
    { name: 'other', region: 'eu-north-1', roleArn: 'arn:aws:iam::333333333333:role/Replica' },
    { name: 'own', region: 'us-west-2', metadata: { tags: 'copy' } },
  ],
  events: { bus: 'app-events' },
};
const usual = {
  version: 1,
  source: {
    region: 'us-east-1',
    select: { include: ['app/*'], exclude: ['app/internal/*'], tags: { replicate: 'true' } },
  },
  destinations: [
    { name: 'dr', region: 'us-west-2', kmsKeyId: 'alias/dr', onConflict: { adopt: ['app/legacy'] } },
    {
      name: 'eu',
      region: 'eu-west-1',
      rename: 's#^app/#eu/#',
      kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555',
    },
    { name: 'partner', region: 'eu-central-1', roleArn: 'arn:aws:iam::222222222222:role/Replica', externalId: 'a1b2' },
  ],
  events: { bus: 'app-events' },
};
const seven = ['us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-north-1', 'ap-south-1', 'sa-east-1'];
const many = { ...oneRegion, destinations: seven.map((region) => ({ region })) };

/** Each name stands at every destination, so that no policy holds one statement about all of them. */
const names = Array.from({ length: 40 }, (_, index) => `services/example-${index}/credentials`);
const manyNames = {
  version: 1,
  source: { region: 'us-east-1', select: { include: names } },
  destinations: ['us-west-2', 'eu-west-1', 'eu-central-1'].map((region) => ({ region })),
};

const functionRoleArn = 'arn:aws:iam::111122223333:role/Replicator-Role';
const webhookUrl = 'https://chat.example.com/hooks/replicator';
const key = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';

const rulesObject = { uri: 's3://example-rules/live/replicator.json', ttlSeconds: 30, keyArn: key };

const everything = {
  config: sharing,
  trail: true,
  key: 'new',
  alarmEmails: ['ops@example.com'],
  webhookUrl,
  rulesObject,
} as const;

/** Stacks that are right, and below them those that cannot be. The checked ones have a golden template. */
export const STACK_CASES = {
  'one-region': { config: oneRegion, checked: true },
  'three-regions': {
    config: threeRegions,
    maxConcurrency: 4,
    timeoutSeconds: 90,
    memoryMebibytes: 1024,
    logLevel: 'DEBUG',
    checked: true,
  },
  'cross-account': { config: crossAccount, checked: true },
  'cross-account-role': { config: crossAccount, role: { destination: 'partner', functionRoleArn } },
  'replica-role': { config: sharing, role: { destination: 'partner', functionRoleArn }, checked: true },
  'everything-on': { ...everything, checked: true },
  direct: { config: oneRegion, delivery: 'direct', checked: true },
  'direct-with-key': { config: threeRegions, delivery: 'direct', key: 'new' },
  'own-topic': { config: oneRegion, alarmTopicArn: 'arn:aws:sns:us-east-1:111122223333:mine', dashboard: false },
  'own-key': { config: oneRegion, key, alarmEmails: ['ops@example.com'] },
  'keyless-topic': { config: oneRegion, alarmEmails: ['ops@example.com'] },
  twice: { ...everything, twice: true },
  'rules object': { config: threeRegions, rulesObject: { uri: 's3://example-rules/replicator.json' } },
  'rules object in the file': { config: { ...threeRegions, rulesObject } },
  'rules object in props': { config: threeRegions, rulesObject },
  usual: { config: usual },
  scrambled: { config: { ...usual, destinations: [{ region: 'us-west-2', rename: 's/a/b/g' }] } },
  many: { config: many },
  'many names': { config: manyNames, checked: true },
  sender: { config: sharing },
  flawed: { config: oneRegion, flawed: true, checked: true },
  'wrong concurrency': { config: oneRegion, maxConcurrency: 1 },
  'wrong timeout': { config: oneRegion, timeoutSeconds: 5 },
  'broken timeout': { config: oneRegion, timeoutSeconds: 60.5 },
  'wrong memory': { config: oneRegion, memoryMebibytes: 64 },
  'wrong level': { config: oneRegion, logLevel: 'LOUD' as 'INFO' },
  'wrong delivery': { config: oneRegion, delivery: 'pigeon' as 'queue' },
  'wrong key': { config: oneRegion, sourceKeyArns: ['alias/mine'] },
  'key elsewhere': {
    config: oneRegion,
    sourceKeyArns: ['arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555'],
  },
  'wrong rules': { config: oneRegion, rulesObject: { uri: 's3://example-rules' } },
  'wrong bucket': { config: oneRegion, rulesObject: { uri: 's3://Example/key' } },
  'wrong lifetime': { config: oneRegion, rulesObject: { ...rulesObject, ttlSeconds: 0 } },
  'wrong rules key': { config: oneRegion, rulesObject: { ...rulesObject, keyArn: 'alias/rules' } },
  'two rules objects': { config: { ...oneRegion, rulesObject: { uri: 's3://other/key' } }, rulesObject },
  'wrong region': { config: oneRegion, env: { region: 'eu-west-1' } },
  'no such role': { config: sharing, role: { destination: 'own', functionRoleArn } },
  'no external id': { config: sharing, role: { destination: 'other', functionRoleArn } },
  'no function role': { config: sharing, role: { destination: 'partner', functionRoleArn: '' } },
  'wrong address': { config: oneRegion, alarmEmails: ['ops'] },
  'wrong webhook': { config: sharing, webhookUrl: 'http://token@chat.example.com' },
  'webhook as a source': { config: oneRegion, webhookUrl },
  'no configuration': { config: undefined },
  'broken configuration': { config: { ...oneRegion, colour: 'red' } },
  'role in another account': {
    config: sharing,
    role: { destination: 'partner', functionRoleArn },
    env: { region: 'us-east-1', account: '333333333333' },
  },
} as const satisfies Readonly<Record<string, StackCase>>;
