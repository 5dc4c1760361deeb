import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/core/config-issues.js';
import { grantsFor } from '../../src/core/access/function-access.js';
import { parseConfig } from '../../src/core/check-config.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const THERE = '444455556666';
const CHINA = {
  name: 'china',
  region: 'cn-north-1',
  credentialsSecret: 'replicator/china',
  accountId: THERE,
  transform: [{ sed: 's/us-east-1/${REGION} ${ACCOUNT_ID}/' }],
};

/** A world whose credentials for the other partition lie beside the sources. */
async function world(stored?: (own: object) => string) {
  const made = new World({ destinations: [CHINA] });
  const { accessKeyId, secretAccessKey } = made.sandbox.roles.credentials(THERE);
  const own = { accessKeyId, secretAccessKey };
  await made.create('replicator/china', stored?.(own) ?? JSON.stringify(own));
  made.takeEvents();
  await made.create('app/db', 'db.us-east-1');
  return { made, own };
}

describe('a destination in another partition', () => {
  test('is written with the credentials of the named secret, read once', async () => {
    const { made } = await world();
    await made.create('app/other', 'other');
    await expect(made.deliver(...made.takeEvents())).resolves.toEqual([]);
    expect(made.current('cn-north-1', 'app/db', THERE)).toBe(`db.cn-north-1 ${THERE}`);
    expect(made.sandbox.secret(THERE, 'cn-north-1', 'app/db')?.arn).toMatch(
      /^arn:aws-cn:secretsmanager:cn-north-1:444455556666:secret:app\/db-/,
    );
    expect(made.sandbox.count(ACCOUNT, 'cn-north-1')).toBe(0);
    const reads = made.sandbox.calls.count({ operation: 'GetSecretValue', region: SOURCE_REGION });
    // One for the credentials, at most one for each value.
    expect(reads).toBeLessThanOrEqual(3);
  });

  test('never gets the secret that holds its credentials, whatever is selected', async () => {
    const { made } = await world();
    await made.invoke({ action: 'sync' });
    await made.invoke({ action: 'reconcile' });
    expect(made.current('cn-north-1', 'app/db', THERE)).toBeDefined();
    expect(made.sandbox.secret(THERE, 'cn-north-1', 'replicator/china')).toBeUndefined();
  });

  test.each([
    ['no JSON', () => 'AKIACANARY'],
    ['JSON of another form', () => '{"AccessKeyId":"AKIACANARY"}'],
    ['a key that is a number', () => '{"accessKeyId":4711,"secretAccessKey":"AKIACANARY"}'],
  ])('waits where that secret holds %s, and tells no part of it', async (_what, stored) => {
    const { made } = await world(stored);
    await expect(made.deliver(made.takeEvents()[0] ?? '')).resolves.toEqual(['message-0']);
    const failed = made.records.find(({ message }) => message === 'replica failed');
    expect(failed?.fields).toMatchObject({ code: 'CredentialsExpired', destination: 'china' });
    expect(JSON.stringify(made.records)).not.toContain('AKIACANARY');
  });

  test('waits where that secret is missing, and is written once it is there', async () => {
    const made = new World({ destinations: [CHINA] });
    await made.create('app/db', 'db.us-east-1');
    const [event = {}] = made.takeEvents();
    await made.deliver(event);
    expect(made.records.find(({ message }) => message === 'replica failed')?.fields['reason']).toContain(
      'GetSecretValue for credentialsSecret in us-east-1 failed: ResourceNotFoundException',
    );
    const { accessKeyId, secretAccessKey } = made.sandbox.roles.credentials(THERE);
    await made.create('replicator/china', JSON.stringify({ accessKeyId, secretAccessKey }));
    await expect(made.deliver(event)).resolves.toEqual([]);
    expect(made.current('cn-north-1', 'app/db', THERE)).toBe(`db.cn-north-1 ${THERE}`);
  });
});

describe('a configuration with credentials', () => {
  const withChina = (change: object, source: object = {}) => ({
    version: 1,
    source: { region: SOURCE_REGION, ...source },
    destinations: [{ ...CHINA, transform: [], ...change }],
  });

  test.each<[string, object, RegExp]>([
    [
      'reaches another partition without any',
      withChina({ credentialsSecret: undefined, accountId: undefined }),
      /set credentialsSecret/,
    ],
    ['does not say whose they are', withChina({ accountId: undefined }), /add the account they belong to/],
    [
      'says whose they are and has none',
      withChina({ region: 'eu-west-1', credentialsSecret: undefined }),
      /accountId without credentialsSecret/,
    ],
    [
      'has a role as well',
      withChina({ accountId: undefined, roleArn: `arn:aws-cn:iam::${THERE}:role/r` }),
      /leave out one of both/,
    ],
    [
      'names a secret that is excluded',
      withChina({}, { select: { exclude: ['replicator/*'] } }),
      /source\.select\.exclude denies/,
    ],
    [
      'names a secret of another region',
      withChina({ credentialsSecret: `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:cn-AbCdEf` }),
      /has to be in the region of the sources/,
    ],
    ['names something that is no secret', withChina({ credentialsSecret: 'no secret!' }), /name or ARN of a secret/],
    [
      'names a role of another partition',
      withChina({
        region: 'eu-west-1',
        credentialsSecret: undefined,
        accountId: undefined,
        roleArn: `arn:aws-cn:iam::${THERE}:role/r`,
      }),
      /its roleArn in aws-cn/,
    ],
  ])('that %s is refused', (_what, document, reason) => {
    expect(() => parseConfig(document)).toThrow(ConfigError);
    expect(() => parseConfig(document)).toThrow(reason);
  });

  test('lets the function read that secret, and write nothing there with its own role', () => {
    const config = parseConfig(withChina({}, { select: { include: ['app/*'] } }));
    const grants = grantsFor({ config, place: { partition: 'aws', account: ACCOUNT } });
    const read = grants.find(({ id }) => id === 'ReadCredentials');
    expect(read?.resources).toEqual([`arn:aws:secretsmanager:us-east-1:${ACCOUNT}:secret:replicator/china-??????`]);
    const written = grants.filter(({ actions }) => actions.some((action) => /Put|Create/.test(action)));
    expect(written.flatMap(({ resources }) => resources).filter((arn) => arn.includes('secretsmanager'))).toEqual([]);
    const key = grants.find(({ id }) => id === 'DecryptSources');
    expect(JSON.stringify(key?.conditions)).toContain('secret:replicator/china-??????');
  });

  test.each([
    ['cn-north-1', 'secretsmanager.cn-north-1.amazonaws.com.cn'],
    ['us-gov-west-1', 'secretsmanager.us-gov-west-1.amazonaws.com'],
    ['eusc-de-east-1', 'secretsmanager.eusc-de-east-1.amazonaws.eu'],
  ])('with sources in %s confines keys to the service of that name', (region, service) => {
    const config = parseConfig({
      version: 1,
      source: { region },
      destinations: [{ name: 'copy', region, rename: 's/^/x/' }],
    });
    const grants = grantsFor({ config, place: { partition: 'aws-cn', account: ACCOUNT } });
    expect(grants.find(({ id }) => id === 'DecryptSources')?.conditions?.['StringEquals']).toEqual({
      'kms:ViaService': service,
    });
  });
});
