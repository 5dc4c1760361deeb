import { describe, expect, test } from '@jest/globals';
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
];

describe('a stack that cannot be right', () => {
  test.each(REFUSED)('is refused with the reason and the remedy: %s', (name, reason) => {
    expect(refusalOf(name)).toMatch(reason);
  });

  test('does not repeat an address that may be as good as a password', () => {
    expect(refusalOf('wrong webhook')).not.toContain('token');
  });

  test('is one of those here; every other one is synthesized', () => {
    const refused = (Object.keys(STACK_CASES) as CaseName[]).filter((name) => refusalOf(name) !== undefined);
    expect(new Set(refused)).toEqual(new Set(['flawed', ...REFUSED.map(([name]) => name)]));
  });
});
