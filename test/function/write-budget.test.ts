import { describe, expect, test } from '@jest/globals';
import { sqsRecord } from '../../src/sandbox/queues/record.js';
import { ACCOUNT, World } from '../support/world.js';
import { reconciled } from '../support/reconciled.js';

const DR = { name: 'dr', region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/' }] };
const QUEUES = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}`;
const environment = { CHANGE_QUEUE_URL: `${QUEUES}/changes` };
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** A secret, its queue of changes, and two processes over it that take turns; `written` adds to the day's versions of the replica. */
async function busyWorld() {
  const one = new World({ destinations: [DR], environment });
  const other = new World({ destinations: [DR], environment, on: one });
  const dead = one.sandbox.queues.create('dead');
  const queue = one.sandbox.queues.create('changes', { maxReceiveCount: 5, deadLetterQueue: 'dead' });
  await one.create('app/db', 'us-east-1 0');
  await one.deliver(...one.takeEvents());
  let turn = 0;
  const deliver = async () => {
    for (const event of one.takeEvents()) queue.send(JSON.stringify(event));
    other.takeEvents();
    const Records = queue.receive(10).map((message) => sqsRecord(queue, message));
    if (Records.length === 0) return;
    turn += 1;
    const answer = await (turn % 2 === 0 ? one : other).invoke({ Records });
    const back =
      'batchItemFailures' in answer ? answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier) : [];
    for (const { messageId, receiptHandle } of Records) if (!back.includes(messageId)) queue.delete(receiptHandle);
  };
  /** Changes it every few minutes; what is due in between is delivered. */
  const change = async (times: number, minutes: number) => {
    for (let time = 1; time <= times; time += 1) {
      one.clock.advance(minutes * MINUTE);
      await one.put('app/db', `us-east-1 ${time}`);
      await deliver();
    }
  };
  const written = (times: number) => {
    const { versions = [], tags = {} } = one.sandbox.secret(ACCOUNT, 'us-west-2', 'app/db') ?? {};
    const createdAt = one.clock.now() - 10 * HOUR;
    const older = Array.from({ length: times }, (_one, index) => ({ id: `older-${index}`, stages: [], createdAt }));
    one.sandbox.seed(ACCOUNT, 'us-west-2', { name: 'app/db', tags, versions: [...older, ...versions] });
  };
  const made = () => one.versions('us-west-2', 'app/db').map(({ createdAt }) => createdAt);
  return { one, other, queue, dead, deliver, change, written, made };
}

describe('a secret that changes nearly a hundred times a day', () => {
  test('is written at most 90 times in a day, and in the end is what the source says', async () => {
    const { one, queue, dead, deliver, change, written, made } = await busyWorld();
    written(50);
    await change(45, 5);
    expect(made().length).toBeLessThanOrEqual(90);
    one.clock.advance(HOUR);
    while (queue.nextVisibleAt() !== undefined && (queue.nextVisibleAt() ?? 0) <= one.clock.now()) await deliver();
    expect(one.current('us-west-2', 'app/db')).toBe('us-west-2 45');
    expect([queue.counts().total, dead.counts().total]).toEqual([0, 0]);
  });

  test('is reported, in the log and as a metric, and is no failure', async () => {
    const { one, other, change, written } = await busyWorld();
    written(60);
    await change(25, 5);
    const said = [...one.records, ...other.records];
    expect(said).toContainEqual(
      expect.objectContaining({
        level: 'warn',
        message: 'replica slowed',
        fields: expect.objectContaining({ destination: 'dr' }),
      }),
    );
    const names = new Set(one.sandbox.metrics.points().map(({ name }) => name));
    expect(names).toContain('WritesSlowed');
    expect(names).not.toContain('ReplicationFailure');
  });

  test('is found by a reconcile and repaired by a later one', async () => {
    const { one, change, written } = await busyWorld();
    written(60);
    await change(25, 5);
    const found = await reconciled(one);
    expect(found.rows).toMatchObject([{ source: 'app/db', ending: 'slowed' }]);
    expect(found.counts).toMatchObject({ drifted: 1, failed: 0, repaired: 0 });
    one.clock.advance(HOUR);
    expect((await reconciled(one)).rows).toMatchObject([{ source: 'app/db', ending: 'written' }]);
    expect(one.current('us-west-2', 'app/db')).toBe('us-west-2 25');
  });

  test('tells whoever asks for it directly when it is due', async () => {
    const { one, change, written } = await busyWorld();
    written(60);
    await change(25, 5);
    const answer = await one.invoke({ action: 'sync', names: ['app/db'] });
    expect(answer).toMatchObject({ counts: { slowed: 1 } });
    await one.put('app/db', 'once more');
    const [event] = one.takeEvents();
    await expect(one.invoke(event)).rejects.toThrow(/app\/db: written too often; the next write is due/);
  });
});

test('a secret that changes thirty times a day is written as often, each time at once', async () => {
  const { one, change, made } = await busyWorld();
  await change(25, 48);
  expect(made()).toHaveLength(26);
  expect(one.current('us-west-2', 'app/db')).toBe('us-west-2 25');
});
