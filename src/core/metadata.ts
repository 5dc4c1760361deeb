import { copiedTagsChange, MAX_COPIED_TAGS, missingTags, recorded } from './copied-tags.js';
import { isReservedTag } from './ownership.js';
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
  /** The tags are those of the source, so that one which the source has lost is to go. */
  readonly areCopied: boolean;
  readonly kmsKeyId: string | undefined;
}

/** What has to be changed, and nothing that is right already. */
export interface MetadataChange {
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags?: ReadonlyMap<string, string>;
  /** Keys of tags to be taken off, before others are set. */
  readonly untag?: readonly string[];
}

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
    areCopied: tags === 'copy',
    kmsKeyId,
  };
}

/** The first by name, so that the choice is always the same. */
function copied(tags: ReadonlyMap<string, string>): ReadonlyMap<string, string> {
  const free = [...tags].filter(([key]) => !isReservedTag(key));
  return new Map(free.toSorted(([a], [b]) => (a < b ? -1 : 1)).slice(0, MAX_COPIED_TAGS));
}

/** The tags of a replica that is yet to be made, beside its owner's. */
export function tagsOfNew({ tags, areCopied }: WantedMetadata): ReadonlyMap<string, string> {
  return areCopied ? recorded(tags) : tags;
}

/** Undefined: nothing differs. A tag that nobody asks for is touched only if it was copied from the source. */
export function metadataChange(wanted: WantedMetadata, replica: SecretDescription): MetadataChange | undefined {
  const { description, kmsKeyId } = wanted;
  const { tags, untag } = wanted.areCopied
    ? copiedTagsChange(wanted.tags, replica.tags)
    : { tags: missingTags(wanted.tags, replica.tags), untag: [] };
  const change: MetadataChange = {
    ...(description === undefined || description === (replica.description ?? '') ? {} : { description }),
    ...(kmsKeyId === undefined || isSameKey(kmsKeyId, replica.kmsKeyId) ? {} : { kmsKeyId }),
    ...(tags.size === 0 ? {} : { tags }),
    ...(untag.length === 0 ? {} : { untag }),
  };
  return Object.keys(change).length === 0 ? undefined : change;
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
