import { attempts, type AttemptsDeps } from './attempts.js';
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

export function steadyStore(deps: AttemptsDeps, region: string, store: SecretStore): SteadyStore {
  const call = <T>(operation: string, run: (signal: AbortSignal) => Promise<T>) =>
    attempts(deps, { operation, region }, run);
  return {
    describe: (secret) => call('DescribeSecret', (signal) => store.describe(secret, signal)),
    read: (secret) => call('GetSecretValue', (signal) => store.read(secret, signal)),
    create: (secret) => call('CreateSecret', (signal) => store.create(secret, signal)),
    put: (secret, token, value) => call('PutSecretValue', (signal) => store.put(secret, token, value, signal)),
    promote: (promotion) => call('UpdateSecretVersionStage', (signal) => store.promote(promotion, signal)),
    restore: (secret) => call('RestoreSecret', (signal) => store.restore(secret, signal)),
    list: (from) => call('ListSecrets', (signal) => store.list(from, signal)),
    tag: (secret, tags) => call('TagResource', (signal) => store.tag(secret, tags, signal)),
  };
}
