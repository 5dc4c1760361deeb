import type { VersionId } from './names.js';
import { HELD_TAG } from './ownership.js';
import { currentVersion, type SecretDescription } from './secret-description.js';
import { isDerived } from './version-token.js';

/** The tag of a replica that was undone: the version that is held off, and the one that stands in its place. */
export function holdTag(heldOff: VersionId, standing: VersionId): ReadonlyMap<string, string> {
  return new Map([[HELD_TAG, `${heldOff} ${standing}`]]);
}

/**
 * True while a replica is to be kept from this version. The hold is over once we wrote another one, for then source or rules
 * have moved on, and if they come back to this version they mean it. What somebody else wrote does not end it.
 */
export function isHeldOff(replica: SecretDescription, wanted: VersionId, source: SecretDescription): boolean {
  const tag = replica.tags.get(HELD_TAG) ?? '';
  const current = currentVersion(replica);
  if (current === wanted || (tag !== wanted && !tag.startsWith(`${wanted} `))) return false;
  const standing = tag.slice(wanted.length + 1);
  const isOurs = current !== undefined && (isDerived(current) || source.versions.has(current));
  return standing === '' || standing === current || !isOurs;
}
