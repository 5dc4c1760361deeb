import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetRandomPasswordCommand,
  GetResourcePolicyCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutResourcePolicyCommand,
  PutSecretValueCommand,
  RemoveRegionsFromReplicationCommand,
  ReplicateSecretToRegionsCommand,
  TagResourceCommand,
  UpdateSecretCommand,
  ValidateResourcePolicyCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, test } from '@jest/globals';
import { ACCOUNT, REGION, world } from './world.js';

const DAY_MS = 24 * 60 * 60 * 1000;

test('a secret that a service manages can be read and not changed', async () => {
  const { sandbox, secrets } = world();
  sandbox.seed(ACCOUNT, REGION, { name: 'rds!db-1', string: 'one', owningService: 'rds' });
  const id = { SecretId: 'rds!db-1' };
  expect((await secrets.send(new GetSecretValueCommand(id))).SecretString).toBe('one');
  const refused = { name: 'InvalidRequestException' };
  await expect(secrets.send(new PutSecretValueCommand({ ...id, SecretString: 'x' }))).rejects.toMatchObject(refused);
  await expect(secrets.send(new TagResourceCommand({ ...id, Tags: [{ Key: 'a' }] }))).rejects.toMatchObject(refused);
  await expect(secrets.send(new DeleteSecretCommand(id))).rejects.toMatchObject(refused);
  expect((await secrets.send(new DescribeSecretCommand(id))).OwningService).toBe('rds');
});

test('another account is closed to a caller who names its secret by ARN', async () => {
  const { sandbox, secrets } = world();
  const { arn } = sandbox.seed('222222222222', REGION, { name: 'app/db', string: 'one' });
  await expect(secrets.send(new GetSecretValueCommand({ SecretId: arn }))).rejects.toMatchObject({
    name: 'AccessDeniedException',
  });
});

test('a native replica has the name and suffix of its primary and follows value, labels and tags', async () => {
  const { sandbox, secrets, in: at } = world();
  await secrets.send(new CreateSecretCommand({ Name: 'app/db', SecretString: 'one', KmsKeyId: 'alias/here' }));
  await secrets.send(
    new ReplicateSecretToRegionsCommand({
      SecretId: 'app/db',
      AddReplicaRegions: [{ Region: 'us-west-2', KmsKeyId: 'alias/there' }],
    }),
  );
  await secrets.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'two' }));
  await secrets.send(new TagResourceCommand({ SecretId: 'app/db', Tags: [{ Key: 'a', Value: 'b' }] }));

  const primary = sandbox.secret(ACCOUNT, REGION, 'app/db');
  const replica = sandbox.secret(ACCOUNT, 'us-west-2', 'app/db');
  expect(replica?.arn).toBe(primary?.arn.replace(REGION, 'us-west-2'));
  expect([replica?.versions, replica?.tags]).toEqual([primary?.versions, { a: 'b' }]);
  const described = await at('us-west-2').send(new DescribeSecretCommand({ SecretId: 'app/db' }));
  expect([described.PrimaryRegion, described.KmsKeyId]).toEqual([REGION, 'alias/there']);

  await at('us-west-2').send(new UpdateSecretCommand({ SecretId: 'app/db', KmsKeyId: 'alias/other' }));
  expect(sandbox.secret(ACCOUNT, 'us-west-2', 'app/db')?.kmsKeyId).toBe('alias/other');
});

test('a name that is taken in a replica region shows as Failed and leaves that secret alone', async () => {
  const { sandbox, secrets } = world();
  sandbox.seed(ACCOUNT, 'us-west-2', { name: 'app/db', string: 'theirs' });
  await secrets.send(new CreateSecretCommand({ Name: 'app/db', SecretString: 'one' }));
  const { ReplicationStatus } = await secrets.send(
    new ReplicateSecretToRegionsCommand({ SecretId: 'app/db', AddReplicaRegions: [{ Region: 'us-west-2' }] }),
  );
  expect(ReplicationStatus?.map(({ Status }) => Status)).toEqual(['Failed']);
  await secrets.send(
    new RemoveRegionsFromReplicationCommand({ SecretId: 'app/db', RemoveReplicaRegions: ['us-west-2'] }),
  );
  expect(sandbox.secret(ACCOUNT, 'us-west-2', 'app/db')?.versions[0]?.string).toBe('theirs');
});

test('a filtered page may be empty and still carry a NextToken', async () => {
  const { sandbox, secrets } = world();
  for (let i = 0; i < 1_500; i += 1) sandbox.seed(ACCOUNT, REGION, { name: `other/${i}`, string: 'x' });
  sandbox.seed(ACCOUNT, REGION, { name: 'wanted', string: 'x' });
  const Filters = [{ Key: 'name' as const, Values: ['wanted'] }];
  const first = await secrets.send(new ListSecretsCommand({ Filters }));
  expect(first.SecretList).toEqual([]);
  const second = await secrets.send(new ListSecretsCommand({ Filters, NextToken: first.NextToken }));
  expect(second.SecretList?.map(({ Name }) => Name)).toEqual(['wanted']);
  expect(second.NextToken).toBeUndefined();
});

test('a listing is by creation, up or down, or by name', async () => {
  const { sandbox, secrets } = world();
  for (const name of ['b', 'c', 'a']) sandbox.seed(ACCOUNT, REGION, { name, string: 'x' });
  const names = async (more: object) => {
    const first = await secrets.send(new ListSecretsCommand({ MaxResults: 2, ...more }));
    const second = await secrets.send(new ListSecretsCommand({ MaxResults: 2, ...more, NextToken: first.NextToken }));
    return [first, second].flatMap(({ SecretList }) => SecretList?.map(({ Name }) => Name) ?? []).join('');
  };
  expect(await names({})).toBe('bca');
  expect(await names({ SortOrder: 'desc' })).toBe('acb');
  expect(await names({ SortBy: 'name' })).toBe('abc');
});

test('a batch by filter pages through values and leaves out what is scheduled for deletion', async () => {
  const { sandbox, secrets, clock } = world();
  for (const name of ['app/a', 'app/b', 'app/c', 'other']) sandbox.seed(ACCOUNT, REGION, { name, string: name });
  sandbox.seed(ACCOUNT, REGION, { name: 'app/gone', string: 'x', deletedAt: clock.now + DAY_MS });
  const Filters = [{ Key: 'name' as const, Values: ['app/'] }];
  const first = await secrets.send(new BatchGetSecretValueCommand({ Filters, MaxResults: 2 }));
  const second = await secrets.send(
    new BatchGetSecretValueCommand({ Filters, MaxResults: 2, NextToken: first.NextToken }),
  );
  const values = [first, second].map(({ SecretValues }) => SecretValues?.map(({ SecretString }) => SecretString));
  expect(values).toEqual([['app/a', 'app/b'], ['app/c']]);
});

test('a secret is gone when its recovery window has ended', async () => {
  const { sandbox, secrets, clock } = world();
  await secrets.send(new CreateSecretCommand({ Name: 'app/db', SecretString: 'one' }));
  await secrets.send(new DeleteSecretCommand({ SecretId: 'app/db', RecoveryWindowInDays: 7 }));
  clock.now += 7 * DAY_MS;
  await expect(secrets.send(new DescribeSecretCommand({ SecretId: 'app/db' }))).rejects.toMatchObject({
    name: 'ResourceNotFoundException',
  });
  expect(sandbox.count(ACCOUNT, REGION)).toBe(0);
});

test('a resource policy is kept and told, and has to be JSON', async () => {
  const { sandbox, secrets } = world();
  sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'one' });
  const put = (ResourcePolicy: string) =>
    secrets.send(new PutResourcePolicyCommand({ SecretId: 'app/db', ResourcePolicy }));
  await expect(put('no json')).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
  await put('{"Version":"2012-10-17"}');
  const { ResourcePolicy } = await secrets.send(new GetResourcePolicyCommand({ SecretId: 'app/db' }));
  expect(ResourcePolicy).toBe('{"Version":"2012-10-17"}');
});

test('a random password has the length and the kinds of characters that were asked for', async () => {
  const { secrets } = world();
  const { RandomPassword = '' } = await secrets.send(
    new GetRandomPasswordCommand({ PasswordLength: 12, ExcludePunctuation: true, ExcludeCharacters: 'abc' }),
  );
  expect(RandomPassword).toMatch(/^(?=.*[d-z])(?=.*[A-Z])(?=.*\d)[d-zA-Z0-9]{12}$/);
});

test('an operation that the stand-in lacks is refused by name', async () => {
  const { secrets } = world();
  await expect(secrets.send(new ValidateResourcePolicyCommand({ ResourcePolicy: '{}' }))).rejects.toMatchObject({
    name: 'UnknownOperationException',
    message: expect.stringContaining('ValidateResourcePolicy'),
  });
});

test('a refused value is not repeated in the error', async () => {
  const { secrets } = world();
  const value = `canary${'x'.repeat(65_536)}`;
  await expect(secrets.send(new CreateSecretCommand({ Name: 'app/db', SecretString: value }))).rejects.toMatchObject({
    message: expect.not.stringContaining('canary'),
  });
});

test('a state that was read before a write does not change with it', async () => {
  const { sandbox, secrets } = world();
  const before = sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'one' });
  await secrets.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'two' }));
  expect(before.versions).toHaveLength(1);
  expect(sandbox.secret(ACCOUNT, REGION, 'app/db')?.versions).toHaveLength(2);
});
