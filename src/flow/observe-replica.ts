import { asReplicatorError, type ReplicatorError } from '../core/failure.js';
import type { SecretId, SecretName } from '../core/names.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { SteadyStore } from './steady-store.js';

export type Observed =
  | { readonly kind: 'seen'; readonly replica: SecretDescription | undefined }
  | { readonly kind: 'unreachable'; readonly error: ReplicatorError };

/** What stands at the destination under that name. Never rejects. */
export async function observeReplica(store: SteadyStore, name: SecretName): Promise<Observed> {
  try {
    return { kind: 'seen', replica: await store.describe(name as string as SecretId) };
  } catch (thrown) {
    return { kind: 'unreachable', error: asReplicatorError(thrown) };
  }
}
