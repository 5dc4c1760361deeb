import { describe, expect, test } from '@jest/globals';
import { sqsRecord } from '../../src/sandbox/queues/record.js';
import { ACCOUNT, World } from '../support/world.js';

const WEST = { name: 'dr', region: 'us-west-2' };
const URL = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/changes`;

/** A message whose destination is down, in a queue that hides what it hands over for 30 seconds. */
async function world(environment: Readonly<Record<string, string>> = { CHANGE_QUEUE_URL: URL }) {
  const made = new World({ destinations: [WEST], environment, retry: { attempts: 1 } });
  const queue = made.sandbox.queues.create('changes');
  await made.create('app/db', 'value');
  made.sandbox.faults.add({ kind: 'region-down', region: 'us-west-2' });
  const [event] = made.takeEvents();
  queue.send(JSON.stringify(event));
  /** Delivers what is visible; seconds until the message is visible again. */
  const deliver = async () => {
    const Records = queue.receive(10).map((message) => sqsRecord(queue, message));
    await expect(made.invoke({ Records })).resolves.toEqual({
      batchItemFailures: Records.map(({ messageId }) => ({ itemIdentifier: messageId })),
    });
    const after = ((queue.nextVisibleAt() ?? 0) - made.clock.now()) / 1_000;
    made.clock.advance(after * 1_000);
    return Math.round(after);
  };
  return { made, deliver };
}

describe('a message that comes back', () => {
  test('comes after a time that grows with its deliveries', async () => {
    const { deliver } = await world();
    const waits: number[] = [];
    for (let delivery = 1; delivery <= 5; delivery += 1) waits.push(await deliver());
    const within = [10, 60, 360, 1_800, 1_800].map((wait, index) => Math.abs((waits[index] ?? 0) - wait) <= wait / 10);
    expect(within).toEqual([true, true, true, true, true]);
  });

  test('comes when the queue says, where the function was not told its queue', async () => {
    const { deliver } = await world({});
    await expect(deliver()).resolves.toBe(30);
  });

  test('comes when the queue says, where it cannot be hidden, and the log tells', async () => {
    const { made, deliver } = await world();
    made.sandbox.faults.add({ kind: 'error500', operation: 'ChangeMessageVisibility' });
    await expect(deliver()).resolves.toBe(30);
    expect(made.records).toContainEqual(expect.objectContaining({ level: 'warn', message: 'message not delayed' }));
  });
});
