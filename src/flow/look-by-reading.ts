import type { Change } from '../core/change.js';
import type { ReplicationConfig } from '../core/config.js';
import type { SecretArn } from '../core/names.js';
import { CURRENT, type SecretDescription } from '../core/secret-description.js';
import type { VersionedValue } from './ports.js';
import type { LooksDeps } from './source-looks.js';

/** A source seen by its value: its description as this process knows it, its current version as the service just said. */
export interface ReadLook {
  readonly description: SecretDescription;
  readonly value: VersionedValue;
}

/**
 * The first look at a source that this process knows and whose events name nothing but versions it has not seen: its value
 * is needed anyway, and with it comes the version, many secrets a call. Undefined wherever an ordinary look is due, also
 * where the read fails or shows another version than the events named (docs/decisions/0007).
 */
export async function lookByReading(
  deps: LooksDeps & { readonly dryRun: boolean },
  { secret, versions }: Change,
): Promise<ReadLook | undefined> {
  const known = deps.known.source(secret as string as SecretArn);
  if (known === undefined || deps.dryRun || selectsByTag(deps.config) || versions.length === 0) return undefined;
  if (versions.some((version) => known.versions.has(version))) return undefined;
  try {
    const value = await deps.reads.read(known.arn);
    if (!versions.includes(value.version)) return undefined;
    const changedAt = Math.max(known.changedAt ?? 0, value.createdAt ?? 0);
    return { description: { ...known, changedAt, versions: new Map([[value.version, [CURRENT]]]) }, value };
  } catch {
    // The ordinary look tells what it is.
    return undefined;
  }
}

/** A tag that was taken off means "do not replicate this", so then every change looks at the tags. */
function selectsByTag({ source, destinations }: ReplicationConfig): boolean {
  return source.select.tags.size > 0 || destinations.some(({ select }) => select.tags.size > 0);
}
