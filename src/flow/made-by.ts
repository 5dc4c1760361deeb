import type { VersionId } from '../core/names.js';
import type { SecretDescription } from '../core/secret-description.js';
import { tokenUnder, type Aim } from './aim.js';

/** Rules as an operator names them: a digest, its first characters where it is in force, or `none`. */
export const RULES = /^(none|[0-9a-f]{12,64})$/;
const NONE = 'none';

/**
 * True if rules of that name made this version of the replica. No record says so: the version's id is derived from the
 * source's version and the digest, so it is derived anew from each version that still has a label at the source. Of an
 * older one it cannot be told, and the answer is false.
 */
export function isMadeBy(rules: string, version: VersionId, source: SecretDescription, aim: Aim): boolean {
  const { digest } = aim.transform;
  const isInForce = digest !== undefined && digest.startsWith(rules);
  const wanted = rules === NONE ? undefined : isInForce ? digest : rules;
  return [...source.versions.keys()].some(
    (sourceVersion) => tokenUnder(wanted, source, sourceVersion, aim) === version,
  );
}
