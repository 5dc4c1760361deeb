import type { Operation } from '../core/attempt.js';
import { asReplicatorError } from '../core/failure.js';
import { attempts, type AttemptsDeps } from './attempts.js';
import type { Breaker } from './breaker.js';
import type { Pace } from './pace.js';
import type { SecretStore } from './ports.js';

/** A store whose every call is attempted until it succeeds, cannot succeed, or time is up. The signal is the deadline's. */
export type SteadyStore = {
  readonly [Name in keyof SecretStore]: (
    ...input: DropSignal<Parameters<SecretStore[Name]>>
  ) => ReturnType<SecretStore[Name]>;
};

type DropSignal<Input extends readonly unknown[]> = Input extends readonly [...infer Before, AbortSignal]
  ? Before
  : Input;

/** What a destination's calls go through, each attempt anew. The source's go through neither: without it there is nothing to do. */
export interface Guards {
  readonly breaker?: Breaker;
  readonly pace?: Pace;
}

type Call = <T>(operation: Operation, run: (signal: AbortSignal) => Promise<T>) => Promise<T>;

export function steadyStore(deps: AttemptsDeps, region: string, store: SecretStore, guards: Guards = {}): SteadyStore {
  const { breaker, pace } = guards;
  const guarded = <T>(call: () => Promise<T>) => (breaker === undefined ? call() : breaker.run(call));
  const look: Call = (operation, run) => attempts(deps, { operation, region }, (signal) => guarded(() => run(signal)));
  const write: Call = (operation, run) =>
    attempts(deps, { operation, region }, async (signal) => {
      await pace?.turn(deps.deadline);
      try {
        return await guarded(() => run(signal));
      } catch (thrown) {
        if (asReplicatorError(thrown).code === 'Throttled') pace?.slowDown();
        throw thrown;
      }
    });
  return {
    describe: (secret) => look('DescribeSecret', (signal) => store.describe(secret, signal)),
    read: (secret) => look('GetSecretValue', (signal) => store.read(secret, signal)),
    readMany: (secrets) => look('BatchGetSecretValue', (signal) => store.readMany(secrets, signal)),
    list: (from) => look('ListSecrets', (signal) => store.list(from, signal)),
    versionDates: (secret) => look('ListSecretVersionIds', (signal) => store.versionDates(secret, signal)),
    probe: () => look('ListSecrets', (signal) => store.probe(signal)),
    create: (secret) => write('CreateSecret', (signal) => store.create(secret, signal)),
    put: (secret, token, value) => write('PutSecretValue', (signal) => store.put(secret, token, value, signal)),
    promote: (promotion) => write('UpdateSecretVersionStage', (signal) => store.promote(promotion, signal)),
    restore: (secret) => write('RestoreSecret', (signal) => store.restore(secret, signal)),
    amend: (secret, change) => write('UpdateSecret', (signal) => store.amend(secret, change, signal)),
    delete: (secret, days) => write('DeleteSecret', (signal) => store.delete(secret, days, signal)),
    tag: (secret, tags) => write('TagResource', (signal) => store.tag(secret, tags, signal)),
    untag: (secret, keys) => write('UntagResource', (signal) => store.untag(secret, keys, signal)),
  };
}
