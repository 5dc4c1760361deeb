import { Clients } from '../../src/aws/clients.js';
import { SqsQueue } from '../../src/aws/queue.js';
import { checkReplicas, type ReplicaCheck } from '../../src/cli/demonstration/expected-replicas.js';
import { redrive } from '../../src/flow/redrive.js';
import { functionOver } from '../../src/function/function.js';
import { wire } from '../../src/function/wiring.js';
import type { Queue } from '../../src/sandbox/queues/queue.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { compileConfig } from '../../src/transform/compile-config.js';
import { seededRandom } from '../support/seeded-random.js';
import { Ear } from './ear.js';
import { EventClock } from './event-clock.js';
import { standInCloud, type Cloud } from './cloud.js';
import { motoCloud } from './moto-cloud.js';
import { raiseFaults, type Misfortune } from './faults.js';
import { People } from './people.js';
import { Post } from './post.js';
import { credentials, Worker } from './worker.js';

export interface ChaosOptions {
  readonly seed: number;
  readonly secrets: number;
  readonly changes: number;
  readonly workers: number;
  /** URL of moto's server; undefined: the stand-in holds the secrets. */
  readonly moto?: string | undefined;
}

const ACCOUNT = '111122223333';
const SOURCE = 'us-east-1';
const DOWN = 'us-west-2';
const DESTINATIONS = [
  { name: 'dr', region: DOWN, transform: [{ sed: 's/us-east-1/us-west-2/g' }] },
  { name: 'copy', region: 'eu-west-1' },
  { name: 'renamed', region: 'ap-southeast-2', rename: 's#^app/#ap/#', transform: [{ sed: 's/host=/HOST=/' }] },
];
/** Mean time between two changes. Milliseconds. */
const BETWEEN_CHANGES_MS = 2_000;
const QUEUES = `https://sqs.${SOURCE}.amazonaws.com/${ACCOUNT}`;
/** Longer than any message is hidden, all deliveries together. Milliseconds. */
const LONGEST_MS = 24 * 3_600_000;

const ENVIRONMENT = {
  AWS_REGION: SOURCE,
  CHANGE_QUEUE_URL: `${QUEUES}/changes`,
  DEAD_LETTER_QUEUE_URL: `${QUEUES}/dead`,
  // As the stack sets it.
  OWNERSHIP_ENFORCED: 'true',
};

/** Those who take part. */
export class Scene {
  readonly random: () => number;
  // The SDK asks the machine's clock whether credentials have expired, so time begins now.
  readonly clock = new EventClock(Date.now());
  readonly sandbox: Sandbox;
  readonly cloud: Cloud;
  readonly ear = new Ear();
  readonly people: People;
  readonly post: Post;
  readonly workers: readonly Worker[];
  readonly misfortune: () => Misfortune;
  /** Secrets whose last change nobody told us. */
  readonly excused = new Set<string>();
  readonly #compiled = compileConfig({ version: 1, source: { region: SOURCE }, destinations: DESTINATIONS }, () => '');
  readonly #names: readonly string[];
  readonly #options: ChaosOptions;
  readonly #fate: () => number;
  readonly #queue: Queue;
  readonly #dead: Queue;
  readonly #startedAt = this.clock.now();

  constructor(options: ChaosOptions) {
    this.#options = options;
    this.#names = Array.from({ length: options.secrets }, (_name, index) => `app/${index}`);
    // What happens to the sources and their events comes from chances of its own, so it is the same however the workers interleave.
    const random = seededRandom(options.seed);
    this.#fate = seededRandom(options.seed + 1);
    const { clock } = this;
    const sandbox = new Sandbox({ now: clock.now, random, sleep: (ms) => clock.sleep(ms), defaultAccount: ACCOUNT });
    this.#dead = sandbox.queues.create('dead');
    const queue = sandbox.queues.create('changes', {
      visibilityTimeoutMs: 360_000,
      maxReceiveCount: 5,
      deadLetterQueue: 'dead',
    });
    const cloud =
      options.moto === undefined
        ? standInCloud(sandbox, { account: ACCOUNT, region: SOURCE })
        : motoCloud({ url: options.moto, sandbox, clock, region: SOURCE, random });
    this.people = new People(cloud, SOURCE, this.#fate);
    this.post = new Post(cloud, {
      region: SOURCE,
      queue,
      random: this.#fate,
      lost: 0.04,
      doubled: 0.2,
      slowestMs: 30_000,
    });
    const deps = { cloud, clock, random, queue, environment: ENVIRONMENT, compiled: this.#compiled, killed: 0.06 };
    this.workers = Array.from({ length: options.workers }, () => new Worker({ ...deps, log: this.ear.log }));
    const regions = DESTINATIONS.map(({ region }) => region);
    this.misfortune = raiseFaults(sandbox, cloud.hasStaleReads, SOURCE, regions);
    this.random = random;
    this.sandbox = sandbox;
    this.cloud = cloud;
    this.#queue = queue;
  }

  /** Hours since it began. */
  get hours(): number {
    return (this.clock.now() - this.#startedAt) / 3_600_000;
  }

  /** Messages that are still somewhere. */
  get left(): number {
    return this.#queue.counts().total + this.#dead.counts().total;
  }

  /** Every secret comes into being and changes; during the middle third a region is down. */
  live(): Promise<void> {
    return this.clock.passUntil(this.#live());
  }

  async #live(): Promise<void> {
    const { changes } = this.#options;
    for (const name of this.#names) {
      await this.people.create(name);
      this.#deliver(name);
    }
    let up: (() => void) | undefined;
    for (let change = 0; change < changes; change += 1) {
      if (change === Math.floor(changes / 3)) up = this.sandbox.faults.add({ kind: 'region-down', region: DOWN });
      if (change === Math.floor((changes * 2) / 3)) up?.();
      await this.clock.sleep(this.#fate() * 2 * BETWEEN_CHANGES_MS);
      const name = this.#names[Math.floor(this.#fate() * this.#names.length)] ?? '';
      await this.people.change(name);
      this.#deliver(name);
    }
  }

  #deliver(name: string): void {
    if (this.post.deliver()) this.excused.delete(name);
    else this.excused.add(name);
  }

  /** Waits until no message is left, or longer than any can take. */
  drain(): Promise<void> {
    const endsAt = this.clock.now() + LONGEST_MS;
    const wait = async () => {
      while (this.#queue.counts().total > 0 && this.clock.now() < endsAt) await this.clock.sleep(10_000);
    };
    return this.clock.passUntil(wait());
  }

  /** Sends every dead letter through again, as an operator would; how many there were. */
  async redrive(): Promise<number> {
    this.ear.hear(this.#dead.messages());
    const { requestHandler } = this.sandbox;
    const home = new Clients({ homeRegion: SOURCE, requestHandler, credentials }).home();
    const from = new SqsQueue(home, `${QUEUES}/dead`);
    const to = new SqsQueue(home, `${QUEUES}/changes`);
    const deps = { from, to, signal: new AbortController().signal };
    const { redriven } = await this.clock.passUntil(redrive(deps, { isWanted: () => true, dryRun: false }));
    return redriven.length;
  }

  /** The comparison of everything. */
  async reconcile(): Promise<void> {
    const { clock, random } = this;
    const { requestHandler } = this.cloud;
    const options = { requestHandler, credentials, log: this.ear.log, clock, random };
    const handler = functionOver(wire(ENVIRONMENT, this.#compiled, options));
    const context = { awsRequestId: 'reconcile', getRemainingTimeInMillis: () => 900_000 };
    await clock.passUntil(handler({ action: 'reconcile', mode: 'repair' }, context));
  }

  /** Replicas that are not what their sources say. */
  async wrong(): Promise<readonly ReplicaCheck[]> {
    const { config, rules } = this.#compiled;
    const places = this.#names.flatMap((name) => [
      { region: SOURCE, name },
      ...config.destinations.map(({ region }, index) => ({ region, name: rules[index]?.replicaName(name) ?? name })),
    ]);
    const { account } = this.cloud;
    const seen = await this.clock.passUntil(this.cloud.look(places));
    return checkReplicas(seen, account, config, rules, this.#names).filter(({ right }) => !right);
  }
}
