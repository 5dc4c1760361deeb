import { PutSecretValueCommand, CreateSecretCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { functionOver, type Handler } from '../../src/function/function.js';
import { wire } from '../../src/function/wiring.js';
import type { Queue } from '../../src/sandbox/queues/queue.js';
import { sqsRecord } from '../../src/sandbox/queues/record.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { compileConfig } from '../../src/transform/compile-config.js';
import { EventClock } from '../../test/chaos/event-clock.js';
import { standInCloud } from '../../test/chaos/cloud.js';
import { Post } from '../../test/chaos/post.js';
import { credentials } from '../../test/chaos/worker.js';
import { seededRandom } from '../../test/support/seeded-random.js';
import { Platform, type Names } from './platform.js';
import type { Range } from './widget-data.js';
import { makeWeather } from './weather.js';

const ACCOUNT = '111122223333';
const SOURCE = 'us-east-1';
const WEST = 'us-west-2';
const MINUTE_MS = 60_000;
const LENGTH_MS = 180 * MINUTE_MS;
const SECRETS = 150;
const WORKERS = 2;
/** As in the stack. */
const TIMEOUT_MS = 60_000;
const VISIBILITY_MS = 360_000;
const MAX_RECEIVES = 5;
const RECONCILE_MS = 15 * MINUTE_MS;
/** Pause of a worker that found no message. */
const IDLE_MS = 2_000;

const transform = [{ sed: 's/us-east-1/elsewhere/g' }];
const DOCUMENT = {
  version: 1,
  source: { region: SOURCE },
  destinations: [
    { name: 'dr', region: WEST, transform, expect: { absent: ['forbidden'] } },
    { name: 'eu', region: 'eu-west-1', rename: 's#^app/#eu/#', transform },
    { name: 'ap', region: 'ap-southeast-2', transform },
  ],
  reconcile: { everyMinutes: 15 },
};

/** Three hours of a replicator in simulated time: a first run, changes, a region that fails, throttling, drift, a broken contract. */
export class Life {
  readonly sandbox: Sandbox;
  readonly range: Range;
  readonly #clock: EventClock;
  readonly #random = seededRandom(11);
  readonly #queue: Queue;
  readonly #post: Post;
  readonly #platform: Platform;
  readonly #environment: Readonly<Record<string, string>>;

  constructor(names: Names) {
    // Periods are counted from the epoch, so three hours that begin at a third hour are one period.
    const from = Math.ceil(Date.now() / LENGTH_MS) * LENGTH_MS;
    this.range = { from, to: from + LENGTH_MS };
    const clock = new EventClock(from);
    this.#clock = clock;
    const sleep = (ms: number) => clock.sleep(ms);
    this.sandbox = new Sandbox({ now: clock.now, random: this.#random, sleep, defaultAccount: ACCOUNT });
    const { queues } = this.sandbox;
    for (const name of ['DeadLetters', 'UndeliveredNative', 'UndeliveredFromTrail']) queues.create(name);
    const dead = { maxReceiveCount: MAX_RECEIVES, deadLetterQueue: 'DeadLetters' };
    this.#queue = queues.create('Queue', { visibilityTimeoutMs: VISIBILITY_MS, ...dead });
    const random = seededRandom(12);
    this.#post = new Post(standInCloud(this.sandbox, { account: ACCOUNT, region: SOURCE }), {
      region: SOURCE,
      queue: this.#queue,
      random,
      lost: 0.02,
      doubled: 0,
      slowestMs: 900,
    });
    this.#platform = new Platform(this.sandbox, names);
    const urlOf = (name: string) => `https://sqs.${SOURCE}.amazonaws.com/${ACCOUNT}/${name}`;
    this.#environment = {
      AWS_REGION: SOURCE,
      METRICS_NAMESPACE: names.namespace,
      CHANGE_QUEUE_URL: urlOf('Queue'),
      DEAD_LETTER_QUEUE_URL: urlOf('DeadLetters'),
    };
  }

  async lived(): Promise<void> {
    for (let index = 0; index < SECRETS; index += 1)
      this.sandbox.seed(ACCOUNT, SOURCE, { name: `app/${index}`, string: `host-${index}.us-east-1` });
    const busy = [this.#people(), this.#schedule(), this.#samples(), this.#accidents()];
    for (let worker = 0; worker < WORKERS; worker += 1) busy.push(this.#worker());
    await this.#clock.passUntil(Promise.all(busy));
  }

  async #until(minute: number): Promise<void> {
    await this.#clock.sleep(Math.max(0, this.range.from + minute * MINUTE_MS - this.#clock.now()));
  }

  get #isOver(): boolean {
    return this.#clock.now() >= this.range.to - MINUTE_MS;
  }

  async #people(): Promise<void> {
    const client = this.#client(SOURCE);
    await this.#until(12);
    while (!this.#isOver) {
      const aMinute = 1 + 2 * (1 + Math.sin((this.#clock.now() - this.range.from) / (14 * MINUTE_MS)));
      await this.#clock.sleep((MINUTE_MS / aMinute) * 2 * this.#random());
      const SecretId = `app/${Math.floor(this.#random() * SECRETS)}`;
      const SecretString = `host-${Math.floor(this.#random() * 1e6)}.us-east-1`;
      await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
      this.#post.deliver();
    }
  }

  async #accidents(): Promise<void> {
    const weather = makeWeather(this.sandbox);
    const [here, west] = [this.#client(SOURCE), this.#client(WEST)];
    await this.#until(50);
    weather.regionDown('eu-west-1');
    await this.#until(75);
    weather.fair();
    await this.#until(98);
    weather.throttled(WEST);
    await this.#until(112);
    weather.fair();
    await this.#until(126);
    for (let index = 0; index < 12; index += 1)
      await west.send(new PutSecretValueCommand({ SecretId: `app/${index}`, SecretString: 'by hand' }));
    await this.#until(140);
    await here.send(new PutSecretValueCommand({ SecretId: 'app/7', SecretString: 'forbidden' }));
    this.#post.deliver();
    await this.#until(150);
    await west.send(new CreateSecretCommand({ Name: 'app/theirs', SecretString: 'theirs' }));
    await here.send(new CreateSecretCommand({ Name: 'app/theirs', SecretString: 'ours' }));
    this.#post.deliver();
  }

  async #schedule(): Promise<void> {
    const handler = this.#process();
    await this.#until(1);
    while (!this.#isOver) {
      // A run that could not compare everything says so by failing; the next one comes.
      await this.#invoke(handler, { action: 'reconcile' }).catch(() => undefined);
      const past = (this.#clock.now() - this.range.from) % RECONCILE_MS;
      await this.#clock.sleep(RECONCILE_MS - past + MINUTE_MS);
    }
  }

  async #worker(): Promise<void> {
    const handler = this.#process();
    while (!this.#isOver) {
      const Records = this.#queue.receive(10).map((message) => sqsRecord(this.#queue, message));
      if (Records.length === 0) {
        await this.#clock.sleep(IDLE_MS);
        continue;
      }
      const answer = await this.#invoke(handler, { Records });
      const failed = 'batchItemFailures' in answer ? answer.batchItemFailures : [];
      const back = new Set(failed.map(({ itemIdentifier }) => itemIdentifier));
      for (const { messageId, receiptHandle } of Records) if (!back.has(messageId)) this.#queue.delete(receiptHandle);
    }
  }

  async #samples(): Promise<void> {
    for (let minute = 1; minute < LENGTH_MS / MINUTE_MS; minute += 1) {
      await this.#until(minute);
      this.#platform.sample();
    }
  }

  /** A warm process of the function. */
  #process(): Handler {
    const compiled = compileConfig(DOCUMENT, () => '');
    const { requestHandler } = this.sandbox;
    const [clock, random, log] = [this.#clock, this.#random, this.#platform.log];
    return functionOver(wire(this.#environment, compiled, { requestHandler, credentials, log, clock, random }));
  }

  async #invoke(handler: Handler, event: object): ReturnType<Handler> {
    const began = this.#clock.now();
    const getRemainingTimeInMillis = () => Math.max(0, began + TIMEOUT_MS - this.#clock.now());
    try {
      return await handler(event, { awsRequestId: 'request', getRemainingTimeInMillis });
    } finally {
      this.#platform.invoked(this.#clock.now() - began);
    }
  }

  #client(region: string): SecretsManagerClient {
    return new SecretsManagerClient({
      region,
      credentials,
      requestHandler: this.sandbox.requestHandler,
      maxAttempts: 10,
    });
  }
}
