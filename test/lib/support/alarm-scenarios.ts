import { sqsRecord } from '../../../src/sandbox/queues/record.js';
import { ACCOUNT, SOURCE_REGION, World, type WorldOptions } from '../../support/world.js';
import { invokeAsync } from './async-invocations.js';

const WEST = { region: 'us-west-2' };
const HOUR_MS = 3_600_000;
/** One attempt, at once, so that a scenario stays within one period. */
const AT_ONCE = { attempts: 1 };
const OFTEN = { attempts: 20, minDelayMs: 1_000, maxDelayMs: 1_000 };

/** The queues as the stack's alarms call them. */
const QUEUES = ['Queue', 'DeadLetters', 'UndeliveredNative', 'UndeliveredFromTrail', 'Undelivered'] as const;
const urlOf = (queue: (typeof QUEUES)[number]) => `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${queue}`;

/** A world at the start of an hour, which is the start of every alarm's period, with the stack's queues. */
function began({ environment: more = {}, ...options }: Partial<WorldOptions> = {}): World {
  const environment = { CHANGE_QUEUE_URL: urlOf('Queue'), DEAD_LETTER_QUEUE_URL: urlOf('DeadLetters'), ...more };
  const world = new World({ destinations: [WEST], ...options, environment });
  world.clock.advance(HOUR_MS - (world.clock.now() % HOUR_MS));
  for (const queue of QUEUES) world.sandbox.queues.create(queue);
  return world;
}

/** So many new secrets, whose events come to the function in one of the ways that the stack knows. */
export type Delivered = (world: World, count: number) => Promise<World>;

/** Through the queue: what came into it is handed to the function once. */
export const queued: Delivered = async (world, count) => {
  const queue = world.sandbox.queues.get('Queue');
  for (const event of await eventsOf(world, count)) queue.send(JSON.stringify(event));
  for (;;) {
    const Records = queue.receive(10).map((message) => sqsRecord(queue, message));
    if (Records.length === 0) return world;
    const answer = await world.invoke({ Records });
    const failed = 'batchItemFailures' in answer ? answer.batchItemFailures : [];
    const back = new Set(failed.map(({ itemIdentifier }) => itemIdentifier));
    for (const { messageId, receiptHandle } of Records) if (!back.has(messageId)) queue.delete(receiptHandle);
  }
};

/** By Lambda, which tries again and then puts what is left with the dead letters. */
export const direct: Delivered = async (world, count) => {
  await invokeAsync(world, await eventsOf(world, count), 'DeadLetters');
  return world;
};

async function eventsOf(world: World, count: number) {
  for (let index = 0; index < count; index += 1) await world.create(`app/${index}`, 'value');
  return world.takeEvents();
}

/** A day of work without trouble. */
export async function healthy(changed: Delivered = queued): Promise<World> {
  const world = await changed(began(), 20);
  await world.invoke({ action: 'reconcile' });
  return world;
}

/** A secret of a replica's name is there already and not ours. */
export async function foreign(changed: Delivered = queued): Promise<World> {
  const world = began();
  await world.create('app/0', 'theirs', WEST.region);
  return changed(world, 1);
}

/** What makes each alarm fire, by its id in the stack. The world is left at the instant at which the alarm is asked. */
export const FAILING: Readonly<Record<string, (changed: Delivered) => Promise<World>>> = {
  /** Six values break their contract. */
  ReplicationFailures: async (changed) => {
    const destinations = [{ ...WEST, expect: { json: 'valid', hits: '1+' }, transform: [{ sed: 's/absent/x/' }] }];
    return changed(began({ destinations }), 6);
  },
  Throttling: async (changed) => {
    const world = began({ retry: OFTEN });
    world.sandbox.faults.add({ kind: 'throttle', operation: 'CreateSecret', ...WEST, times: 11 });
    return changed(world, 10);
  },
  SlowReplication: async (changed) => {
    const world = began({ retry: AT_ONCE });
    world.sandbox.faults.add({ kind: 'delay', operation: 'CreateSecret', ...WEST, delayMs: 5_001 });
    return changed(world, 1);
  },
  /** Without the breaker, which would end it after five. */
  Retries: async (changed) => {
    const world = began({ retry: OFTEN, environment: { CIRCUIT_BREAKER: 'false' } });
    world.sandbox.faults.add({ kind: 'error500', operation: 'CreateSecret', ...WEST, times: 22 });
    return changed(world, 10);
  },
  /** One is enough. */
  ContractBroken: async (changed) => {
    const destinations = [{ ...WEST, expect: { changed: true }, transform: [{ sed: 's/absent/x/' }] }];
    return changed(began({ destinations }), 1);
  },
  Foreign: foreign,
  /** Half a file was published. */
  RulesRefused: async (changed) => {
    const world = began({ environment: { REPLICATOR_CONFIG: 's3://rules/live.json' } });
    world.sandbox.buckets.create('rules');
    world.sandbox.buckets.put('rules', 'live.json', '{"version":1,');
    return changed(world, 1);
  },
  /** The destination is gone; the second batch finds it left alone. */
  CircuitOpen: async (changed) => {
    const world = began({ retry: AT_ONCE });
    world.sandbox.faults.add({ kind: 'region-down', ...WEST });
    return changed(world, 20);
  },
  /** A change of three hours ago is missing, and runs may not repair it. */
  Stale: async () => {
    const world = began({ reconcile: { mode: 'detect' } });
    await world.create('app/db', 'value');
    world.clock.advance(3 * HOUR_MS);
    await world.invoke({ action: 'reconcile', mode: 'detect' });
    return world;
  },
  /** The runs end: nothing says so but their absence. */
  NoReconcile: async (changed) => {
    const world = await healthy(changed);
    world.clock.advance(5 * HOUR_MS);
    return world;
  },
  /** A rule that can only be wrong: the function gives the message up itself. */
  DeadLetters: async (changed) => {
    const destinations = [{ ...WEST, expect: { hits: '1+' }, transform: [{ sed: 's/absent/x/' }] }];
    return changed(began({ destinations }), 1);
  },
  UndeliveredNative: async () => undelivered('UndeliveredNative'),
  UndeliveredFromTrail: async () => undelivered('UndeliveredFromTrail'),
  /** What EventBridge posts of alarms comes from CloudWatch and not from here, so any event will do. */
  WebhookUndelivered: async () => undelivered('Undelivered'),
  /** Others had the reserved concurrency for themselves. */
  OldestEvent: async () => {
    const world = began();
    await invokeAsync(world, await eventsOf(world, 1), 'DeadLetters', { heldForMs: 301_000 });
    return world;
  },
  /** A rule that can only be wrong, and the queue of dead letters does not take what comes of it. */
  LettersLost: async () => {
    const world = began({ destinations: [{ ...WEST, expect: { hits: '1+' }, transform: [{ sed: 's/absent/x/' }] }] });
    await invokeAsync(world, await eventsOf(world, 1), undefined);
    return world;
  },
  /** The destination is down, and the message waits for its next delivery. */
  OldestMessage: async (changed) => {
    const world = began({ retry: AT_ONCE });
    world.sandbox.faults.add({ kind: 'region-down', ...WEST });
    await changed(world, 1);
    world.clock.advance(301_000);
    return world;
  },
};

/** EventBridge could not put the event into the queue. */
async function undelivered(name: (typeof QUEUES)[number]): Promise<World> {
  const world = began();
  await world.create('app/db', 'value');
  for (const event of world.takeEvents()) world.sandbox.queues.send(name, JSON.stringify(event));
  return world;
}

/** What SQS publishes of a queue in a minute, from the stand-in's counts; its stand-in publishes none. */
export function publishQueues(world: World, dimensionOf: (queue: string) => string): void {
  const at = world.clock.now();
  for (const name of QUEUES) {
    const queue = world.sandbox.queues.get(name);
    const ages = queue.messages().map(({ sentAt }) => (at - sentAt) / 1_000);
    const published = {
      ApproximateNumberOfMessagesVisible: queue.counts().visible,
      ApproximateAgeOfOldestMessage: Math.max(0, ...ages),
    };
    for (const [metric, value] of Object.entries(published)) {
      const dimensions = { QueueName: dimensionOf(name) };
      const point = { namespace: 'AWS/SQS', name: metric, dimensions, at, unit: 'None', values: [value], counts: [1] };
      world.sandbox.metrics.add({ account: ACCOUNT, region: SOURCE_REGION, ...point });
    }
  }
}
