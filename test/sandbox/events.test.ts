import {
  CreateSecretCommand,
  DeleteSecretCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  RotateSecretCommand,
  TagResourceCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { expect, test } from '@jest/globals';
import type { EventBridgeEvent } from '../../src/sandbox/event-bus.js';
import { ACCOUNT, REGION, settle, world } from './world.js';

const token = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const VALUE = 'canary-value';

/** `Secret Label Updated AWSCURRENT`, `call PutSecretValue`, `service RotationSucceeded`. */
function told(events: readonly EventBridgeEvent[]): readonly string[] {
  return events.map(({ 'detail-type': type, detail }) => {
    if (type === 'Secret Label Updated') return `label ${String(detail['labelUpdated'])}`;
    return `${type === 'AWS API Call via CloudTrail' ? 'call' : 'service'} ${String(detail['eventName'])}`;
  });
}

test('a native event names secret, label and version and no caller', async () => {
  const { secrets, events, sandbox } = world();
  await secrets.send(new CreateSecretCommand({ Name: 'app/db', SecretString: VALUE, ClientRequestToken: token(1) }));
  expect(events[0]).toEqual({
    version: '0',
    id: expect.stringMatching(/^[0-9a-f-]{36}$/),
    'detail-type': 'Secret Label Updated',
    source: 'aws.secretsmanager',
    account: ACCOUNT,
    time: '2026-11-02T08:15:41Z',
    region: REGION,
    resources: [sandbox.secret(ACCOUNT, REGION, 'app/db')?.arn],
    detail: { name: 'app/db', labelUpdated: 'AWSCURRENT', versionId: token(1) },
  });
});

test('a record of a call holds the id as the caller sent it, the ARN in the answer, and never a value', async () => {
  const { secrets, events, sandbox } = world();
  const { arn } = sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'old' });
  for (const SecretId of ['app/db', arn, arn.slice(0, -7)]) {
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: `${VALUE}${SecretId}` }));
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretBinary: Buffer.from(VALUE) }));
  }
  const records = events.filter((event) => event['detail-type'] === 'AWS API Call via CloudTrail');
  expect(records.map(({ detail }) => (detail['requestParameters'] as { secretId: string }).secretId)).toEqual([
    'app/db',
    'app/db',
    arn,
    arn,
    arn.slice(0, -7),
    arn.slice(0, -7),
  ]);
  expect(records[0]).toMatchObject({
    resources: [],
    detail: {
      eventSource: 'secretsmanager.amazonaws.com',
      eventName: 'PutSecretValue',
      responseElements: { arn },
      readOnly: false,
      eventType: 'AwsApiCall',
      userIdentity: { type: 'IAMUser', accountId: ACCOUNT },
      recipientAccountId: ACCOUNT,
    },
  });
  expect(JSON.stringify(events)).not.toContain(VALUE);
  expect(JSON.stringify(events)).not.toContain(Buffer.from(VALUE).toString('base64'));
});

test('a failed call is recorded with its code and without response elements, and sends no native event', async () => {
  const { secrets, events } = world();
  await secrets.send(new PutSecretValueCommand({ SecretId: 'none', SecretString: VALUE })).catch(() => undefined);
  expect(told(events)).toEqual(['call PutSecretValue']);
  expect(events[0]?.detail).toMatchObject({ errorCode: 'ResourceNotFoundException', responseElements: null });
  expect(JSON.stringify(events)).not.toContain(VALUE);
});

test('an ignored put is recorded and sends no native event', async () => {
  const { secrets, events, sandbox } = world();
  sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: VALUE, versionId: token(1) });
  await secrets.send(
    new PutSecretValueCommand({ SecretId: 'app/db', SecretString: VALUE, ClientRequestToken: token(1) }),
  );
  expect(told(events)).toEqual(['call PutSecretValue']);
});

test('a custom label sends a native event, AWSPENDING and AWSPREVIOUS do not', async () => {
  const { secrets, events, sandbox } = world();
  sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'one', versionId: token(1) });
  const put = (n: number, VersionStages: string[]) =>
    secrets.send(
      new PutSecretValueCommand({
        SecretId: 'app/db',
        SecretString: `${n}`,
        ClientRequestToken: token(n),
        VersionStages,
      }),
    );
  await put(2, ['AWSPENDING']);
  await put(3, ['GOOD']);
  await put(4, ['AWSCURRENT']);
  expect(told(events).filter((text) => text.startsWith('label'))).toEqual(['label GOOD', 'label AWSCURRENT']);
});

test('a rollback by stage move sends the native event for the version that became current', async () => {
  const { secrets, events, sandbox } = world();
  sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'one', versionId: token(1) });
  await secrets.send(
    new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'two', ClientRequestToken: token(2) }),
  );
  await secrets.send(
    new UpdateSecretVersionStageCommand({
      SecretId: 'app/db',
      VersionStage: 'AWSCURRENT',
      MoveToVersionId: token(1),
      RemoveFromVersionId: token(2),
    }),
  );
  expect(told(events).slice(2)).toEqual(['label AWSCURRENT', 'call UpdateSecretVersionStage']);
  expect(events[2]?.detail['versionId']).toBe(token(1));
});

test('a rotation puts under AWSPENDING, then moves AWSCURRENT, and ends in RotationSucceeded with the ARN', () => {
  const { events, sandbox } = world();
  const { arn } = sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'one' });
  const rotated = sandbox.rotate(ACCOUNT, REGION, 'app/db', { string: 'two' });
  expect(told(events)).toEqual([
    'service RotationStarted',
    'call PutSecretValue',
    'label AWSCURRENT',
    'call UpdateSecretVersionStage',
    'service RotationSucceeded',
  ]);
  expect(events.at(-1)?.detail).toMatchObject({
    additionalEventData: { SecretId: arn },
    requestParameters: null,
    eventType: 'AwsServiceEvent',
  });
  expect(rotated.versions.map(({ string, stages }) => [string, stages])).toEqual([
    ['one', ['AWSPREVIOUS']],
    ['two', ['AWSPENDING', 'AWSCURRENT']],
  ]);
});

test('a rotation that fails leaves AWSCURRENT where it was', () => {
  const { events, sandbox } = world();
  sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'one' });
  const secret = sandbox.rotate(ACCOUNT, REGION, 'app/db', { string: 'two' }, { failAfter: 'testSecret' });
  expect(told(events)).toEqual(['service RotationStarted', 'call PutSecretValue', 'service RotationFailed']);
  expect(secret.versions[0]?.stages).toEqual(['AWSCURRENT']);
});

test('RotateSecret is refused without a rotation function and rotates with one', async () => {
  const { secrets, sandbox } = world();
  sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'one' });
  const rotate = () =>
    secrets.send(
      new RotateSecretCommand({
        SecretId: 'app/db',
        RotationLambdaARN: `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f`,
      }),
    );
  await expect(rotate()).rejects.toMatchObject({ name: 'InvalidRequestException' });
  sandbox.onRotateSecret(() => ({ string: 'two' }));
  await rotate();
  await settle();
  const secret = sandbox.secret(ACCOUNT, REGION, 'app/db');
  expect(secret?.versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.string).toBe('two');
  expect(secret?.rotationEnabled).toBe(true);
});

test('deletion, restore and tags are told by the trail only', async () => {
  const { secrets, events, sandbox } = world();
  const { arn } = sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'one' });
  await secrets.send(new TagResourceCommand({ SecretId: 'app/db', Tags: [{ Key: 'a', Value: 'b' }] }));
  await secrets.send(new DeleteSecretCommand({ SecretId: arn }));
  await secrets.send(new RestoreSecretCommand({ SecretId: arn }));
  expect(told(events)).toEqual([
    'call TagResource',
    'call DeleteSecret',
    'service StartSecretVersionDelete',
    'call RestoreSecret',
    'service CancelSecretVersionDelete',
  ]);
  expect(events[0]?.detail['requestParameters']).toEqual({ secretId: 'app/db', tags: [{ key: 'a', value: 'b' }] });
  expect(events[1]?.detail['responseElements']).toEqual({
    name: 'app/db',
    deletionDate: 'Dec 2, 2026 8:15:41 AM',
    arn,
  });
});

test('a version that is pruned is told, and only unlabelled ones older than a day are', async () => {
  const { secrets, events, sandbox, clock } = world();
  const day = 24 * 60 * 60 * 1000;
  sandbox.seed(ACCOUNT, REGION, {
    name: 'app/db',
    versions: Array.from({ length: 100 }, (_, i) => ({
      id: token(i),
      stages: i === 0 ? ['KEEP'] : i === 99 ? ['AWSCURRENT'] : [],
      createdAt: clock.now - 2 * day,
      string: `${i}`,
    })),
  });
  await secrets.send(
    new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'new', ClientRequestToken: token(100) }),
  );
  expect(told(events).at(-1)).toBe('service SecretVersionDeletion');
  expect(events.at(-1)?.detail['additionalEventData']).toMatchObject({ SecretVersionId: token(1) });
  expect(sandbox.secret(ACCOUNT, REGION, 'app/db')?.versions).toHaveLength(100);
});
