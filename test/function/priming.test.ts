import { describe, expect, test } from '@jest/globals';
import type { Log } from '../../src/aws/log.js';
import { isPrimed, prime } from '../../src/function/priming.js';
import { compileConfig } from '../../src/transform/compile-config.js';

const [EAST, WEST] = ['us-east-1', 'us-west-2'];
const SWAP = { sed: `s/${EAST}/${WEST}/g` };
const ROLE = 'arn:aws:iam::444455556666:role/secrets-replicator';

/** What a start with this configuration says of its priming, at the level of DEBUG. */
async function primed(
  document: object,
  environment: Readonly<Record<string, string>> = {},
): Promise<readonly (readonly [message: string, fields: unknown])[]> {
  const told: [string, unknown][] = [];
  const tell = (message: string, fields: unknown) => void told.push([message, fields]);
  const log: Log = {
    debug: tell,
    info: tell,
    warn: tell,
    error: tell,
    with: () => log,
    written: async () => undefined,
  };
  await prime(
    { AWS_REGION: EAST, ...environment },
    compileConfig(document, () => ''),
    log,
  );
  return told;
}

function configured(...destinations: readonly object[]): object {
  return { version: 1, source: { region: EAST }, destinations: destinations.map((one) => ({ region: WEST, ...one })) };
}

const ready = (replicas: number) => [['start primed', { replicas }]];

describe('priming comes to the end of a replication', () => {
  test.each<readonly [string, object]>([
    ['with a rule for every name', { transform: [SWAP] }],
    ['with rules for some names', { transform: [{ ...SWAP, names: ['app/*/database-?'] }] }],
    ['with rules on JSON paths', { transform: [{ json: [{ path: '$.host', sed: SWAP.sed }] }] }],
    ['with a rename', { rename: 's/^/copy-/' }],
    ['into another account', { roleArn: ROLE, externalId: 'replicator-1' }],
    ['with stored credentials', { region: 'cn-north-1', credentialsSecret: 'keys', accountId: '777788889999' }],
    ['for a destination that selects by tag', { select: { include: ['app/*'], tags: { replicate: 'yes' } } }],
    ['with copied tags and a key', { metadata: { tags: 'copy' }, kmsKeyId: 'alias/replicas' }],
  ])('%s', async (_, destination) => {
    expect(await primed(configured(destination))).toEqual(ready(1));
  });

  test('for a source that selects by name and tag', async () => {
    const document = { ...configured({}), source: { region: EAST, select: { include: ['db/*'], tags: { a: 'b' } } } };
    expect(await primed(document)).toEqual(ready(1));
  });

  test('where metrics, events, spans and queues are set, which it leaves alone', async () => {
    const document = {
      ...configured({ transform: [SWAP] }),
      metrics: { publisher: 'emf' },
      events: { bus: 'outcomes' },
    };
    const environment = { TRACING: 'true', CHANGE_QUEUE_URL: 'https://queue', REPLICATOR_CONFIG: 's3://bucket/key' };
    expect(await primed(document, environment)).toEqual(ready(1));
  });

  test('for a few destinations, however many there are', async () => {
    const regions = ['us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-central-1', 'sa-east-1'];
    expect(await primed(configured(...regions.map((region) => ({ region }))))).toEqual(ready(4));
  });
});

test.each<readonly [string, object, Readonly<Record<string, string>>]>([
  ['a contract that no made-up value keeps', { expect: { absent: ['priming'] } }, {}],
  ['a rule that refuses the value', { transform: [{ sed: 'q5' }] }, {}],
  ['a dry run', {}, { DRY_RUN: 'true' }],
])('%s only ends it early', async (_, destination, environment) => {
  expect(await primed(configured(destination), environment)).toEqual(ready(0));
});

describe('a start is primed', () => {
  test.each<readonly [string, Readonly<Record<string, string>>, boolean]>([
    ['with little memory', { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '512' }, true],
    ['with much memory', { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769' }, false],
    [
      'with much memory before anybody waits',
      { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1769', AWS_LAMBDA_INITIALIZATION_TYPE: 'provisioned-concurrency' },
      true,
    ],
    ['outside of Lambda', {}, false],
  ])('%s: %j', (_, environment, expected) => {
    expect(isPrimed(environment)).toBe(expected);
  });
});
