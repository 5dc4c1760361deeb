import { HELD_TAG, OWNER_TAG } from './ownership.js';
import type { SecretDescription } from './secret-description.js';

/** What a replica carries beside its value: taken from the source, always the same, or left alone. */
export interface MetadataRules {
  readonly description: 'copy' | 'none' | { readonly fixed: string };
  readonly tags: 'copy' | 'none' | { readonly fixed: Readonly<Record<string, string>> };
}

/** Unless the configuration says otherwise, the description follows the source and tags stay as they are. */
export function metadataRulesOf(
  shape: { readonly [Key in keyof MetadataRules]?: MetadataRules[Key] | undefined } | undefined,
): MetadataRules {
  return { description: shape?.description ?? 'copy', tags: shape?.tags ?? 'none' };
}

/** Undefined, or a tag that is not listed: no wish, so what stands at the replica stays. */
export interface WantedMetadata {
  readonly description: string | undefined;
  readonly tags: ReadonlyMap<string, string>;
  readonly kmsKeyId: string | undefined;
}

/** What has to be changed, and nothing that is right already. */
export interface MetadataChange {
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags?: ReadonlyMap<string, string>;
}

/** Tags of one secret (Secrets Manager quotas). */
const MAX_TAGS = 50;

/** Two are kept for ours. */
const MAX_COPIED_TAGS = MAX_TAGS - 2;

export function wantedMetadata(
  rules: MetadataRules,
  kmsKeyId: string | undefined,
  source: SecretDescription,
): WantedMetadata {
  const { description, tags } = rules;
  return {
    description:
      description === 'none' ? undefined : description === 'copy' ? (source.description ?? '') : description.fixed,
    tags: tags === 'none' ? new Map() : tags === 'copy' ? copied(source.tags) : new Map(Object.entries(tags.fixed)),
    kmsKeyId,
  };
}

/** Tags of AWS cannot be set, and ours say something else at the replica. The first by name, so that the choice is always the same. */
function copied(tags: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const free = [...tags].filter(([key]) => !isReserved(key));
  return new Map(free.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, MAX_COPIED_TAGS));
}

function isReserved(key: string): boolean {
  return key.startsWith('aws:') || key === OWNER_TAG || key === HELD_TAG;
}

/** Undefined: nothing differs. Tags that nobody asks for are never touched, so none is ever taken away. */
export function metadataChange(wanted: WantedMetadata, replica: SecretDescription): MetadataChange | undefined {
  const { description, kmsKeyId } = wanted;
  const tags = missingTags(wanted.tags, replica.tags);
  const change: MetadataChange = {
    ...(description === undefined || description === (replica.description ?? '') ? {} : { description }),
    ...(kmsKeyId === undefined || isSameKey(kmsKeyId, replica.kmsKeyId) ? {} : { kmsKeyId }),
    ...(tags.size === 0 ? {} : { tags }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
}

/** One tag too many and the service refuses them all, at each change anew; so a full replica gets no further keys. */
function missingTags(wanted: ReadonlyMap<string, string>, there: ReadonlyMap<string, string>): Map<string, string> {
  const room = Math.max(0, MAX_TAGS - there.size - (there.has(HELD_TAG) ? 0 : 1));
  const changed = [...wanted].filter(([key, value]) => there.has(key) && there.get(key) !== value);
  const added = [...wanted].filter(([key]) => !there.has(key)).slice(0, room);
  return new Map([...changed, ...added]);
}

const DEFAULT_KEY = 'alias/aws/secretsmanager';

/**
 * A key has an id, an ARN and aliases, with and without their ARN; the service leaves its own key out. An alias and an id
 * cannot be compared without asking KMS and are taken for the same, so that a replica is never encrypted anew in a circle.
 */
function isSameKey(wanted: string, observed: string | undefined): boolean {
  const [one, other] = [keyName(wanted), keyName(observed ?? DEFAULT_KEY)];
  if (one === other) return true;
  const isDefault = [one, other].includes(DEFAULT_KEY);
  return !isDefault && one.startsWith('alias/') !== other.startsWith('alias/');
}

/** `alias/name` or the bare id, whatever the form. */
function keyName(key: string): string {
  return key.replace(/^arn:[^:]+:kms:[^:]*:[^:]*:/, '').replace(/^key\//, '');
}
