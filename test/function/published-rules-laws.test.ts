import { describe, expect, test } from '@jest/globals';
import { seededRandom } from '../support/seeded-random.js';
import { SOURCE_REGION, World } from '../support/world.js';

const REGIONS = ['us-west-2', 'eu-west-1'] as const;
const SECRETS = ['app/a', 'app/b', 'app/c'];
const STEPS = 40;
const MINUTE_MS = 60_000;

const documentOf = (word: string, regions: readonly string[] = REGIONS) => ({
  version: 1,
  source: { region: SOURCE_REGION },
  destinations: regions.map((region) => ({ region, transform: [{ sed: `s/value/${word}/` }] })),
});

/** Some processes of one function, an object that people write well and badly, S3 that comes and goes, and secrets that change. */
class Scene {
  readonly #random: () => number;
  readonly #first: World;
  readonly #processes: World[] = [];
  #count = 0;
  #word = '';
  #repair = () => {};

  constructor(seed: number) {
    this.#random = seededRandom(seed);
    this.#first = this.#begin();
    this.#first.sandbox.buckets.create('rules');
    this.#processes.push(this.#first, this.#begin(this.#first));
  }

  async play(): Promise<void> {
    for (const name of SECRETS) await this.#first.create(name, 'a value');
    for (let step = 0; step < STEPS; step += 1) await this.#pick(this.#steps)();
  }

  /** Everything is well again, and one process compares. */
  async end(): Promise<void> {
    this.#repair();
    this.#publishWell();
    this.#first.clock.advance(6 * MINUTE_MS);
    await this.#pick(this.#processes).invoke({ action: 'reconcile' });
  }

  /** Every replica beside what it should be. */
  replicas(): readonly (readonly [found: unknown, wanted: string])[] {
    return REGIONS.flatMap((region) =>
      SECRETS.map((name) => {
        const source = String(this.#first.current(SOURCE_REGION, name));
        return [this.#first.current(region, name), source.replace('value', this.#word)] as const;
      }),
    );
  }

  readonly #steps: readonly (() => unknown)[] = [
    async () => this.#first.put(this.#pick(SECRETS), `a value of ${(this.#count += 1)}`),
    async () => this.#pick(this.#processes).deliver(...this.#first.takeEvents()),
    async () => this.#pick(this.#processes).invoke({ action: 'reconcile' }),
    () => this.#publishWell(),
    () => this.#publish(this.#pick(['{', '{}', JSON.stringify(documentOf('elsewhere', ['ap-south-1', 'eu-west-1']))])),
    () => this.#first.clock.advance(Math.floor(this.#random() * 2 * MINUTE_MS)),
    () => {
      this.#processes[Math.floor(this.#random() * this.#processes.length)] = this.#begin(this.#first);
    },
    () => {
      this.#repair();
      const kind = this.#pick(['region-down', 'throttle', 'denied'] as const);
      this.#repair = this.#first.sandbox.faults.add({ kind, service: 's3', probability: this.#random() });
    },
  ];

  #begin(on?: World): World {
    const { destinations } = documentOf('bundled');
    const environment = { REPLICATOR_CONFIG: 's3://rules/live.json', ENABLE_METRICS: 'false' };
    return new World({ destinations, environment, ...(on === undefined ? {} : { on }) });
  }

  #publishWell(): void {
    this.#word = `word ${(this.#count += 1)}`;
    this.#publish(JSON.stringify(documentOf(this.#word)));
  }

  #publish(body: string): void {
    this.#first.sandbox.buckets.put('rules', 'live.json', body);
  }

  #pick<T>(list: readonly T[]): T {
    const picked = list[Math.floor(this.#random() * list.length)];
    if (picked === undefined) throw new Error('nothing to pick from');
    return picked;
  }
}

describe('however rules, secrets, processes and S3 come and go', () => {
  test.each(Array.from({ length: 8 }, (_, seed) => seed + 1))(
    'one comparison after it brings every replica under the rules of the object: run %i',
    async (seed) => {
      const scene = new Scene(seed);
      await scene.play();
      await scene.end();
      const replicas = scene.replicas();
      expect(replicas.map(([found]) => found)).toEqual(replicas.map(([, wanted]) => wanted));
    },
  );
});
