import { describe, expect, test } from '@jest/globals';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { redriveLetters, type RedriveFlags } from '../../src/cli/commands/redrive.js';
import { ACCOUNT, World } from '../support/world.js';

const url = (name: string) => `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${name}`;
const CANARY = 'canary-value-4711';

/** A dead letter about each of these secrets, one that is no event, and the two queues. */
async function world() {
  const made = new World({ destinations: [{ region: 'us-west-2' }] });
  const dead = made.sandbox.queues.create('dead');
  const changes = made.sandbox.queues.create('changes');
  const bury = async (name: string, cause?: string) => {
    await made.create(name, CANARY);
    const [event] = made.takeEvents();
    const Cause = { DataType: 'String', StringValue: cause };
    dead.send(JSON.stringify(event), cause === undefined ? {} : { messageAttributes: { Cause } });
  };
  await bury('app/one', 'Foreign');
  await bury('app/two', 'AccessDenied');
  await bury('batch/three');
  dead.send('not json');
  const said: string[] = [];
  const terminal = { out: (text: string) => said.push(text), err: () => undefined, interrupted: async () => undefined };
  const run = (flags: Partial<RedriveFlags> = {}) =>
    redriveLetters(
      terminal,
      {},
      { queue: url('dead'), to: url('changes'), dryRun: false, json: false, ...flags },
      {
        requestHandler: made.sandbox.requestHandler as unknown as HttpHandler,
        credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
      },
    );
  return { made, dead, changes, said, run };
}

describe('redrive', () => {
  test('sends every dead letter back and leaves none', async () => {
    const { dead, changes, said, run } = await world();
    await expect(run()).resolves.toBe(0);
    expect(changes.counts().visible).toBe(4);
    expect(dead.counts().total).toBe(0);
    expect(said.join('\n')).toContain('4 sent');
  });

  test.each<[string, Partial<RedriveFlags>, number]>([
    ['by cause', { cause: 'Foreign' }, 1],
    ['by the cause of those given up by their queue', { cause: 'TooManyReceives' }, 2],
    ['by name', { name: 'app/*' }, 2],
    ['by both', { name: 'app/*', cause: 'AccessDenied' }, 1],
    ['by a name that none has', { name: 'none' }, 0],
  ])('chooses %s, and the others are visible again at once', async (_how, flags, count) => {
    const { dead, changes, run } = await world();
    await expect(run(flags)).resolves.toBe(0);
    expect(changes.counts().visible).toBe(count);
    expect(dead.counts()).toEqual({ visible: 4 - count, notVisible: 0, total: 4 - count });
  });

  test('replicates what is redriven once the cause is gone', async () => {
    const { made, changes, run } = await world();
    await run({ name: 'app/one' });
    await expect(made.deliver(...changes.messages().map(({ body }) => body))).resolves.toEqual([]);
    expect(made.current('us-west-2', 'app/one')).toBe(CANARY);
  });

  test('says in a dry run what it would send, and moves nothing', async () => {
    const { dead, changes, said, run } = await world();
    await expect(run({ dryRun: true, json: true })).resolves.toBe(1);
    expect(changes.counts().total).toBe(0);
    expect(dead.counts().visible).toBe(4);
    expect(JSON.parse(said.join(''))).toMatchObject({
      counts: { pending: 4 },
      rows: [
        { kind: 'pending', cause: 'Foreign', secret: expect.stringContaining('app/one') },
        { cause: 'AccessDenied' },
        { cause: 'TooManyReceives' },
        { cause: 'TooManyReceives', secret: '' },
      ],
    });
    expect(said.join('')).not.toContain(CANARY);
  });

  test('keeps what could not be sent', async () => {
    const { made, dead, changes, said, run } = await world();
    made.sandbox.faults.add({ kind: 'error500', operation: 'SendMessage', times: 1 });
    await expect(run()).resolves.toBe(1);
    expect(changes.counts().visible).toBe(3);
    expect(dead.counts()).toEqual({ visible: 1, notVisible: 0, total: 1 });
    expect(said.join('\n')).toContain('1 failed');
  });

  test('tells of what was sent and could not be deleted', async () => {
    const { made, dead, changes, said, run } = await world();
    made.sandbox.faults.add({ kind: 'error500', operation: 'DeleteMessage', times: 1 });
    await expect(run()).resolves.toBe(1);
    expect(changes.counts().visible).toBe(4);
    expect(dead.counts().visible).toBe(1);
    expect(said.join('\n')).toContain('1 doubled');
  });

  test('releases what it holds when the queue fails half-way', async () => {
    const { made, dead, run } = await world();
    for (let more = 0; more < 20; more += 1) dead.send('not json');
    // The first change is the deletion of the only letter wanted, which the first receive brings.
    const stop = dead.onChange(() => made.sandbox.faults.add({ kind: 'error500', operation: 'ReceiveMessage' }));
    await expect(run({ cause: 'Foreign' })).rejects.toThrow('ReceiveMessage');
    stop();
    expect(dead.counts()).toEqual({ visible: 23, notVisible: 0, total: 23 });
  });

  test('fails where there is no such queue', async () => {
    const { run } = await world();
    await expect(run({ queue: url('missing') })).rejects.toThrow('ReceiveMessage in us-east-1 failed');
  });

  test('says that there is nothing to do', async () => {
    const { dead, said, run } = await world();
    dead.purge();
    await expect(run()).resolves.toBe(0);
    expect(said).toEqual(['no dead letters']);
  });
});
