import { PutSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from '@jest/globals';
import type { BatchAnswer } from '../../src/sandbox/batch-answer.js';
import { connect } from '../../src/sandbox/connect.js';
import { Poller, type PollerOptions } from '../../src/sandbox/poller.js';
import { ACCOUNT, REGION, seeded, settle, world } from './world.js';

/** A poller whose waits move the clock on at once. */
function polling(handler: (bodies: string[], ids: string[]) => BatchAnswer, more: Partial<PollerOptions> = {}) {
  const { sandbox, clock } = world();
  sandbox.queues.create('dead');
  const queue = sandbox.queues.create('changes', {
    deadLetterQueue: 'dead',
    maxReceiveCount: 3,
    visibilityTimeoutMs: 60_000,
  });
  const batches: string[][] = [];
  const poller = new Poller(
    {
      now: () => clock.now,
      random: seeded(),
      sleep: async (ms) => {
        await settle();
        clock.now += ms;
      },
    },
    {
      queue,
      handler: async ({ Records }) => {
        const bodies = Records.map(({ body }) => body);
        batches.push(bodies);
        return handler(
          bodies,
          Records.map(({ messageId }) => messageId),
        );
      },
      ...more,
    },
  );
  return { sandbox, queue, batches, poller };
}

describe('a poller', () => {
  test('hands over what was sent in one go as batches of at most batchSize, and deletes it', async () => {
    const { queue, batches, poller } = polling(() => undefined, { batchSize: 2 });
    for (const body of ['a', 'b', 'c']) queue.send(body);
    await poller.idle();
    expect(batches).toEqual([['a', 'b'], ['c']]);
    expect(queue.counts().total).toBe(0);
    await poller.stop();
  });

  test('delivers again only what failed, and gives it up to the dead-letter queue', async () => {
    const { sandbox, queue, batches, poller } = polling((bodies, ids) => ({
      batchItemFailures: ids.filter((_, i) => bodies[i] === 'bad').map((itemIdentifier) => ({ itemIdentifier })),
    }));
    for (const body of ['good', 'bad']) queue.send(body);
    await poller.idle();
    expect(batches).toEqual([['good', 'bad'], ['bad'], ['bad']]);
    const [dead] = sandbox.queues.messages('dead');
    expect([dead?.body, dead?.receiveCount, dead?.deadLetterSource]).toEqual(['bad', 3, queue.arn]);
    await poller.stop();
  });

  test.each<[string, () => BatchAnswer]>([
    [
      'throws',
      () => {
        throw new Error('no');
      },
    ],
    ['names a message that it did not get', () => ({ batchItemFailures: [{ itemIdentifier: 'other' }] })],
    ['names nothing', () => ({ batchItemFailures: [{ itemIdentifier: '' }] })],
  ])('fails a whole batch when the handler %s', async (_name, answer) => {
    const { sandbox, queue, poller } = polling(answer);
    for (const body of ['a', 'b']) queue.send(body);
    await poller.idle();
    expect(sandbox.queues.counts('dead').total).toBe(2);
    await poller.stop();
  });

  test('keeps to its concurrency', async () => {
    let running = 0;
    let most = 0;
    const { sandbox, clock } = world();
    const queue = sandbox.queues.create('changes');
    const poller = new Poller(
      { now: () => clock.now, random: seeded() },
      {
        queue,
        batchSize: 1,
        concurrency: 3,
        handler: async () => {
          running += 1;
          most = Math.max(most, running);
          await settle();
          running -= 1;
        },
      },
    );
    for (let i = 0; i < 10; i += 1) queue.send(String(i));
    await poller.idle();
    expect(most).toBe(3);
    await poller.stop();
  });

  test('takes nothing after it was stopped', async () => {
    const { queue, batches, poller } = polling(() => undefined);
    await poller.stop();
    queue.send('late');
    await settle();
    expect([batches, queue.counts().visible]).toEqual([[], 1]);
  });
});

test('a rule sends matching events of its region to a queue as Lambda sees them', async () => {
  const { sandbox, secrets, in: at } = world();
  for (const region of [REGION, 'us-east-1']) sandbox.seed(ACCOUNT, region, { name: 'app/db', string: 'one' });
  const queue = sandbox.queues.create('changes', { region: REGION });
  const disconnect = connect(sandbox.bus, queue, {
    region: REGION,
    patterns: [{ 'detail-type': ['Secret Label Updated'], detail: { labelUpdated: ['AWSCURRENT'] } }],
  });
  const put = (client: typeof secrets) =>
    client.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretString: 'x' }));
  await put(secrets);
  await put(at('us-east-1'));
  disconnect();
  await put(secrets);
  expect(queue.messages().map(({ body }) => (JSON.parse(body) as { region: string }).region)).toEqual([REGION]);
});
