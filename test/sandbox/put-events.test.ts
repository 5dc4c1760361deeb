import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { expect, test } from '@jest/globals';
import { Sandbox } from '../../src/sandbox/sandbox.js';

const sandbox = new Sandbox({ now: () => 0, random: Math.random });
const client = new EventBridgeClient({
  region: 'us-east-1',
  credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
  requestHandler: sandbox.requestHandler,
  maxAttempts: 1,
});
const entry = { EventBusName: 'mine', Source: 'test', DetailType: 'Test', Detail: '{"a":1}' };
const put = (...Entries: (typeof entry)[]) => client.send(new PutEventsCommand({ Entries }));

test('a bus keeps what it is sent, by name or ARN', async () => {
  sandbox.buses.create('mine');
  await put(entry, { ...entry, EventBusName: 'arn:aws:events:us-east-1:111122223333:event-bus/mine' });
  expect(sandbox.buses.events('mine')).toMatchObject([
    { source: 'test', 'detail-type': 'Test', detail: { a: 1 }, region: 'us-east-1', time: '1970-01-01T00:00:00Z' },
    { source: 'test' },
  ]);
});

test('an entry is refused beside others that are taken', async () => {
  const answer = await put({ ...entry, Source: 'aws.ec2' }, { ...entry, Detail: 'text' }, entry);
  expect(answer.FailedEntryCount).toBe(2);
  expect(answer.Entries?.map(({ ErrorCode }) => ErrorCode)).toEqual([
    'NotAuthorizedForSourceException',
    'MalformedDetail',
    undefined,
  ]);
});

test('a request has at most ten entries and a megabyte', async () => {
  await expect(put(...Array.from({ length: 11 }, () => entry))).rejects.toThrow('1 to 10 events');
  await expect(put({ ...entry, Detail: JSON.stringify({ a: 'x'.repeat(1_048_576) }) })).rejects.toThrow(
    'over the limit',
  );
});
