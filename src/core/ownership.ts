import { createHash } from 'node:crypto';
import { parseSecretArn, type AccountId, type Region, type SecretName } from './names.js';
import type { SecretDescription } from './secret-description.js';

/** The tag that makes a secret a replica of ours. Its value names the source; access policies match on it. */
export const OWNER_TAG = 'secrets-replicator:source';

/** On a replica that was undone: see `holdTag`. */
export const HELD_TAG = 'secrets-replicator:held';

/** On a replica with tags of its source: which of its tags were copied (docs/decisions/0016). */
export const COPIED_TAG = 'secrets-replicator:copied';

/** AWS's tags cannot be set, and ours say something else at a source. */
export function isReservedTag(key: string): boolean {
  return key.startsWith('aws:') || key === OWNER_TAG || key === HELD_TAG || key === COPIED_TAG;
}

/** Longest tag value, in characters (Secrets Manager API reference, Tag). */
const MAX_TAG_VALUE = 256;

/**
 * The tag's value: the source's ARN without its random suffix, so that a source deleted and made anew keeps its replica.
 * A name too long for a tag is replaced by its SHA-256, the part before the name stays readable and matchable.
 */
export function ownerOf(source: Pick<SecretDescription, 'arn' | 'name'>): string {
  const parts = parseSecretArn(source.arn);
  const prefix =
    parts === undefined ? '' : `arn:${parts.partition}:secretsmanager:${parts.region}:${parts.account}:secret:`;
  const full = prefix + source.name;
  return full.length <= MAX_TAG_VALUE
    ? full
    : `${prefix}sha256/${createHash('sha256').update(source.name).digest('hex')}`;
}

/** Where a replica's tag says it comes from. Undefined for a secret without our tag. */
export function ownedSource(replica: Pick<SecretDescription, 'tags'>): OwnedSource | undefined {
  const parts = parseSecretArn(replica.tags.get(OWNER_TAG) ?? '');
  if (parts === undefined) return undefined;
  const { region, account, resource } = parts;
  const name = /^sha256\/[0-9a-f]{64}$/.test(resource) ? undefined : (resource as SecretName);
  return { region, account, name };
}

export interface OwnedSource {
  readonly region: Region;
  readonly account: AccountId;
  /** Undefined: it was too long for a tag. */
  readonly name: SecretName | undefined;
}

export function isReplica(secret: Pick<SecretDescription, 'tags'>): boolean {
  return secret.tags.has(OWNER_TAG);
}
