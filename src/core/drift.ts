import type { VersionId } from './names.js';
import type { Step } from './plan.js';
import { currentVersion, type SecretDescription } from './secret-description.js';
import { isDerived } from './version-token.js';

/**
 * What is not as it should be at a destination.
 * `stale-version`: an older version of the source; `stale-rules`: a version that we derived from rules, or from their
 * absence, that are not in force; `changed-at-destination`: a version that is not ours, or none; `metadata`: description,
 * key or tags; `foreign`: a secret of somebody else has the name; `blocked`: the secret there cannot be written;
 * `orphan`: a replica without a source here; `held`: undone by an operator, and nothing to repair.
 */
export type DriftKind =
  | 'missing'
  | 'stale-version'
  | 'stale-rules'
  | 'changed-at-destination'
  | 'scheduled-for-deletion'
  | 'metadata'
  | 'adoptable'
  | 'foreign'
  | 'blocked'
  | 'orphan'
  | 'held';

export interface DriftInput {
  readonly step: Step;
  readonly source: SecretDescription;
  readonly replica: SecretDescription | undefined;
  /** The version that the replica of a source version has under the rules in force. */
  readonly tokenOf: (sourceVersion: VersionId) => VersionId;
}

/** Undefined: in order, or held by an operator. Pure; the step has been decided from the same two descriptions. */
export function driftOf(input: DriftInput): DriftKind | undefined {
  const { step } = input;
  if (step.kind === 'unchanged' || step.kind === 'held') return undefined;
  if (step.kind === 'create') return 'missing';
  if (step.kind === 'blocked') return blockedKind(step.reason);
  if (step.prepare.includes('adopt')) return 'adoptable';
  if (step.prepare.includes('restore')) return 'scheduled-for-deletion';
  return step.value === 'keep' ? 'metadata' : valueDrift(input);
}

export function blockedKind(reason: string): 'foreign' | 'blocked' {
  return reason === 'Foreign' || reason === 'OwnedByAnother' ? 'foreign' : 'blocked';
}

function valueDrift({ source, replica, tokenOf }: DriftInput): DriftKind {
  const found = replica === undefined ? undefined : currentVersion(replica);
  if (found === undefined) return 'changed-at-destination';
  const known = [...source.versions.keys()];
  if (known.some((version) => tokenOf(version) === found)) return 'stale-version';
  if (known.includes(found) || isDerived(found)) return 'stale-rules';
  return 'changed-at-destination';
}
