import type { IgnoreReason } from '../core/change.js';
import type { ReplicationConfig } from '../core/config.js';
import type { VersionId } from '../core/names.js';
import { isReplica } from '../core/ownership.js';
import { currentVersion, type SecretDescription } from '../core/secret-description.js';
import { selectsName, selectsTags } from '../core/selection.js';
import type { Destination } from './destination.js';

/** A source that is to be replicated, and its current version. */
export interface Subject {
  readonly description: SecretDescription;
  readonly version: VersionId;
}

/** The source if it is one: there, alive, with a value, selected, and not a replica itself. */
export function subjectOf(
  config: ReplicationConfig,
  source: SecretDescription | undefined,
): Subject | { readonly ignored: IgnoreReason } {
  if (source === undefined) return { ignored: 'SourceAbsent' };
  if (isReplica(source)) return { ignored: 'IsReplica' };
  const { select } = config.source;
  if (isCredential(config, source)) return { ignored: 'NotSelected' };
  if (!selectsName(select, source.name) || !selectsTags(select, source.tags)) return { ignored: 'NotSelected' };
  if (source.deletedAt !== undefined) return { ignored: 'SourceDeleted' };
  const version = currentVersion(source);
  return version === undefined ? { ignored: 'SourceWithoutValue' } : { description: source, version };
}

/** What a destination is written with stays here. */
function isCredential({ destinations }: ReplicationConfig, { name, arn }: SecretDescription): boolean {
  return destinations.some(
    ({ credentialsSecret: id }) => id !== undefined && (id === name || id === arn || id === arn.slice(0, -7)),
  );
}

export function isSelectedFor({ config }: Pick<Destination, 'config'>, source: SecretDescription): boolean {
  return selectsName(config.select, source.name) && selectsTags(config.select, source.tags);
}
