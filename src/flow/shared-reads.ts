import { asReplicatorError, type ReplicatorError } from '../core/failure.js';
import type { SecretArn } from '../core/names.js';
import type { VersionedValue } from './ports.js';
import type { SteadyStore } from './steady-store.js';

/** Secrets in one BatchGetSecretValue (Secrets Manager API reference). */
const MAX_TOGETHER = 20;

interface Asked {
  readonly secret: SecretArn;
  readonly resolve: (value: VersionedValue) => void;
  readonly reject: (error: ReplicatorError) => void;
}

/**
 * The source's values for one invocation. Whatever is asked for while a call is under way shares the next one, so a batch
 * of changes needs few calls and none waits for a timer. Of one account only: BatchGetSecretValue reaches no other.
 */
export class SharedReads {
  readonly #source: Pick<SteadyStore, 'read' | 'readMany'>;
  #asked: Asked[] = [];
  #isReading = false;
  #mayShare = true;

  constructor(source: Pick<SteadyStore, 'read' | 'readMany'>) {
    this.#source = source;
  }

  /** The current value, read after this call. Rejects with ReplicatorError. */
  read(secret: SecretArn): Promise<VersionedValue> {
    return new Promise((resolve, reject) => {
      this.#asked.push({ secret, resolve, reject });
      if (!this.#isReading) void this.#readAll();
    });
  }

  /** Never rejects: each asker is told by itself. */
  async #readAll(): Promise<void> {
    this.#isReading = true;
    // Those who ask in the same turn come along.
    await Promise.resolve();
    while (this.#asked.length > 0) {
      const together = this.#asked.splice(0, MAX_TOGETHER);
      await this.#readTogether(together);
    }
    this.#isReading = false;
  }

  async #readTogether(asked: readonly Asked[]): Promise<void> {
    const secrets = [...new Set(asked.map(({ secret }) => secret))];
    const found = secrets.length > 1 && this.#mayShare ? await this.#batch(secrets) : undefined;
    await Promise.all(
      asked.map(async ({ secret, resolve, reject }) => {
        const value = found?.get(secret);
        if (value !== undefined) return resolve(value);
        await this.#source.read(secret).then(resolve, (thrown: unknown) => reject(asReplicatorError(thrown)));
      }),
    );
  }

  /** What cannot be read together is read alone: one secret's trouble, or a missing permission, never spoils the others. */
  async #batch(secrets: readonly SecretArn[]): Promise<ReadonlyMap<SecretArn, VersionedValue> | undefined> {
    try {
      return await this.#source.readMany(secrets);
    } catch (thrown) {
      const { code } = asReplicatorError(thrown);
      if (code === 'AccessDenied') this.#mayShare = false;
      return undefined;
    }
  }
}
