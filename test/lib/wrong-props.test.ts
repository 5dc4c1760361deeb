import { describe, expect, test } from '@jest/globals';
import { requireKinds } from '../../lib/prop-kinds.js';
import type { ReplicatorProps } from '../../lib/replicator-props.js';
import { STACK_CASES } from './support/stack-cases.js';
import { refusalOf, type CaseName } from './support/synthesized.js';

const REFUSED: readonly (readonly [CaseName, RegExp])[] = [
  ['wrong concurrency', /maxConcurrency is 1; it takes a whole number from 2 to 1000; leave it out for 2/],
  ['wrong timeout', /timeout is 5; it takes a whole number from 10 to 900; .* write Duration\.seconds\(60\)/],
  ['broken timeout', /timeout is 60\.5; it takes a whole number from 10 to 900/],
  ['wrong memory', /memory is 64; it takes a whole number from 128 to 10240; .* write Size\.mebibytes\(512\)/],
  ['wrong level', /logLevel is LOUD; it takes one of DEBUG, INFO, WARN, ERROR; leave it out for INFO/],
  ['wrong delivery', /delivery is pigeon; it takes one of queue, direct; leave it out for queue/],
  ['wrong key', /sourceKeyArns is alias\/mine; it takes ARNs of keys/],
  ['key elsewhere', /sourceKeyArns is arn:aws:kms:eu-west-1:.*; it takes keys of the source region, us-east-1; /],
  [
    'wrong rules',
    /rulesObject\.uri is s3:\/\/example-rules; it takes s3:\/\/<bucket>\/<key>, .*; give the object of a bucket/,
  ],
  ['wrong bucket', /rulesObject\.uri is s3:\/\/Example\/key; it takes/],
  ['wrong lifetime', /rulesObject\.ttl is 0; it takes a whole number from 1 to 86400; leave it out for 60 seconds/],
  ['wrong rules key', /rulesObject\.keyArn is alias\/rules; it takes the ARN of a key/],
  [
    'two rules objects',
    /rulesObject\.uri is s3:\/\/example-rules\/.*; it takes nothing but s3:\/\/other\/key, .*; name it in one place/,
  ],
  ['wrong region', /is in eu-west-1 and the source region is us-east-1; .* deploy the stack in us-east-1/],
  ['no such role', /"own" is no destination with a role; take one of partner, partner-dr, other/],
  ['no external id', /destination other has no externalId; .* add externalId beside roleArn/],
  ['no function role', /functionRoleArn is ""; it takes the ARN .* FunctionRoleArn of the ReplicatorStack/],
  ['wrong address', /alarmEmails is ops; it takes e-mail addresses/],
  ['wrong webhook', /alarmWebhook\.url is no such address; it takes an address that begins with https:\/\//],
  [
    'webhook as a source',
    /keeps its token in a secret called events!connection.*add "events!\*" to source\.select\.exclude/,
  ],
  ['no configuration', /has no replicator\.json; run npm run build/],
  [
    'broken configuration',
    /is no compiled configuration: colour is not a key .*; write it with secrets-replicator check <file> --output/,
  ],
  [
    'role in another account',
    /is in account 333333333333 and the configuration asks for arn:aws:iam::222222222222:.* deploy the stack in 222222222222/,
  ],
];

/** What is written without a compiler that looks at types. */
const OTHER_KINDS: readonly (readonly [object, RegExp])[] = [
  [{ timeout: 60 }, /timeout is 60; it takes a Duration; write Duration\.seconds\(60\)/],
  [{ memory: 512 }, /memory is 512; it takes a Size; write Size\.mebibytes\(512\)/],
  [{ encryptionKey: true }, /encryptionKey is true; it takes a key, or 'new'; write Key\.fromKeyArn/],
  [{ encryptionKey: 'arn:aws:kms:…' }, /it takes a key, or 'new'/],
  [
    { alarmTopic: 'arn:aws:sns:…' },
    /alarmTopic is arn:aws:sns:…; it takes a topic, or 'new'; write Topic\.fromTopicArn/,
  ],
  [{ alarmEmails: 'ops@example.com' }, /alarmEmails is ops@example\.com; it takes a list/],
  [{ sourceKeyArns: {} }, /sourceKeyArns is something else; it takes a list/],
  [{ trail: 'false' }, /trail is false; it takes true or false/],
  [{ dashboard: 'false' }, /dashboard is false; it takes true or false/],
  [{ rulesObject: { uri: 's3://b/k', ttl: 5 } }, /rulesObject\.ttl is 5; it takes a Duration/],
  [
    { alarmWebhook: { url: 'https://example.com', token: 'hunter2' } },
    /alarmWebhook\.token is no SecretValue; .* write/,
  ],
];

describe('a stack that cannot be right', () => {
  test.each(REFUSED)('is refused with the reason and the remedy: %s', (name, reason) => {
    expect(refusalOf(name)).toMatch(reason);
  });

  test('does not repeat an address that may be as good as a password', () => {
    expect(refusalOf('wrong webhook')).not.toContain('token');
  });

  test.each(OTHER_KINDS)('is refused where a property is of another kind: %j', (props, reason) => {
    const given = props as ReplicatorProps;
    expect(() => requireKinds(given)).toThrow(reason);
    expect(() => requireKinds(given)).not.toThrow('hunter2');
  });

  test('is one of those here; every other one is synthesized', () => {
    const refused = (Object.keys(STACK_CASES) as CaseName[]).filter((name) => refusalOf(name) !== undefined);
    expect(new Set(refused)).toEqual(new Set(['flawed', ...REFUSED.map(([name]) => name)]));
  });
});
