import { ServiceError } from '../service-error.js';
import { CURRENT, PREVIOUS, type SecretVersion } from './state.js';

/** Labels over all versions of a secret (Secrets Manager quotas). */
const MAX_LABELS = 20;

type Versions = readonly SecretVersion[];

/** Where a label sits. */
export function holderOf(versions: Versions, label: string): SecretVersion | undefined {
  return versions.find((version) => version.stages.includes(label));
}

/** Puts a label on one version and takes it off every other; AWSPREVIOUS follows a move of AWSCURRENT. */
export function attach(versions: Versions, versionId: string, label: string): Versions {
  const losing = holderOf(versions, label);
  if (losing?.id === versionId) return versions;
  const moved = place(versions, versionId, label);
  return label === CURRENT && losing !== undefined ? place(moved, losing.id, PREVIOUS) : moved;
}

/** The same for several labels; a caller who names AWSPREVIOUS beside AWSCURRENT does not get to place it. */
export function attachAll(versions: Versions, versionId: string, labels: readonly string[]): Versions {
  const ordered = [...labels].sort((a, b) => Number(a === CURRENT) - Number(b === CURRENT));
  const attached = ordered.reduce((all, label) => attach(all, versionId, label), versions);
  const count = attached.reduce((sum, version) => sum + version.stages.length, 0);
  if (count > MAX_LABELS) {
    throw new ServiceError('LimitExceededException', `A secret holds at most ${MAX_LABELS} staging labels.`);
  }
  return attached;
}

export function detach(versions: Versions, versionId: string, label: string): Versions {
  return versions.map((version) => (version.id === versionId ? without(version, label) : version));
}

/** The labels that sit on another version than before, with that version: what the native event reports. */
export function movedLabels(before: Versions, after: Versions): readonly { label: string; versionId: string }[] {
  return after.flatMap((version) =>
    version.stages
      .filter((label) => holderOf(before, label)?.id !== version.id)
      .map((label) => ({ label, versionId: version.id })),
  );
}

function place(versions: Versions, versionId: string, label: string): Versions {
  return versions.map((version) => {
    if (version.id !== versionId) return without(version, label);
    return version.stages.includes(label) ? version : { ...version, stages: [...version.stages, label] };
  });
}

function without(version: SecretVersion, label: string): SecretVersion {
  if (!version.stages.includes(label)) return version;
  return { ...version, stages: version.stages.filter((stage) => stage !== label) };
}
