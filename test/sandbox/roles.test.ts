import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { expect, test } from '@jest/globals';
import { type World, world } from './world.js';

const ROLE = 'arn:aws:iam::222222222222:role/team/Replica';

function assume({ options }: World, more: object = {}, credentials?: Credentials) {
  const sts = new STSClient({ ...options, ...(credentials === undefined ? {} : { credentials }) });
  return sts.send(new AssumeRoleCommand({ RoleArn: ROLE, RoleSessionName: 'test', ...more }));
}

type Credentials = { accessKeyId: string; secretAccessKey: string; sessionToken: string };

async function assumed(scene: World): Promise<Credentials> {
  const { Credentials: issued } = await assume(scene);
  return {
    accessKeyId: issued?.AccessKeyId ?? '',
    secretAccessKey: issued?.SecretAccessKey ?? '',
    sessionToken: issued?.SessionToken ?? '',
  };
}

test('a role that does not exist cannot be assumed', async () => {
  await expect(assume(world())).rejects.toMatchObject({ name: 'AccessDenied' });
});

test('a role is assumed only by an account or a principal that it trusts', async () => {
  const scene = world();
  scene.sandbox.roles.add({ roleArn: ROLE, trusts: ['333333333333'] });
  await expect(assume(scene)).rejects.toMatchObject({ name: 'AccessDenied' });
  await assume(scene, {}, scene.sandbox.roles.credentials('333333333333'));
});

test('assumed credentials are those of the role, and end when their time is over', async () => {
  const scene = world();
  scene.sandbox.roles.add({ roleArn: ROLE });
  const credentials = await assumed(scene);
  const sts = new STSClient({ ...scene.options, credentials });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '222222222222',
    Arn: 'arn:aws:sts::222222222222:assumed-role/Replica/test',
  });
  scene.clock.now += 3_600_000;
  await expect(sts.send(new GetCallerIdentityCommand({}))).rejects.toMatchObject({ name: 'ExpiredToken' });
});

test('role chaining lasts one hour at most', async () => {
  const scene = world();
  scene.sandbox.roles.add({ roleArn: ROLE });
  const credentials = await assumed(scene);
  await assume(scene, { DurationSeconds: 7_200 });
  await expect(assume(scene, { DurationSeconds: 7_200 }, credentials)).rejects.toMatchObject({
    name: 'ValidationError',
  });
});
