import { asReplicatorError } from '../core/failure.js';
import { wantedMetadata, type WantedMetadata } from '../core/metadata.js';
import { parseSecretArn, type SecretId, type SecretName, type VersionId } from '../core/names.js';
import type { Outcome, ReplicaId } from '../core/outcome.js';
import { planStep, type Step } from '../core/plan.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { BoundTransform } from '../core/transformed.js';
import { versionToken } from '../core/version-token.js';
import type { Destination } from './destination.js';
import { rivalry } from './rival.js';

/** A destination's replica of one source and the rules that apply to it. */
export interface Target {
  readonly kind: 'target';
  readonly destination: Destination;
  readonly replica: ReplicaId;
  readonly transform: BoundTransform;
  /** What it shall carry beside its value. */
  readonly metadata: WantedMetadata;
}

/** A destination looked at for one source: which replica it is about, which rules apply, what stands there. */
export interface Aim extends Omit<Target, 'kind'> {
  readonly kind: 'aimed';
  readonly observed: SecretDescription | undefined;
}

/** A destination that could not even be looked at, or need not be. */
export interface Missed {
  readonly kind: 'missed';
  readonly outcome: Outcome;
}

/** Never throws: a rule that fails on the name is this destination's outcome and nobody else's. */
export function targetAt(source: SecretDescription, destination: Destination): Target | Missed {
  const { config, rules } = destination;
  let replica: ReplicaId = { destination: config.id, region: config.region, name: source.name };
  try {
    replica = { ...replica, name: rules.replicaName(source.name) as SecretName };
    const error = rivalry(source, destination, replica.name);
    if (error !== undefined) return { kind: 'missed', outcome: { kind: 'blocked', replica, error } };
    const transform = rules.bind(placeOf(source, replica, destination));
    const metadata = wantedMetadata(config.metadata, config.kmsKeyId, source);
    return { kind: 'target', destination, replica, transform, metadata };
  } catch (thrown) {
    return missed(replica, thrown);
  }
}

/** Never rejects: a region that is down is this destination's outcome and nobody else's. */
export async function lookAtReplica(target: Target): Promise<Aim | Missed> {
  const { destination, replica } = target;
  try {
    return aimedAt(target, await destination.store.describe(replica.name as string as SecretId));
  } catch (thrown) {
    return missed(replica, thrown);
  }
}

export function aimedAt(target: Target, observed: SecretDescription | undefined): Aim {
  return { ...target, kind: 'aimed', observed };
}

function missed(replica: ReplicaId, thrown: unknown): Missed {
  return { kind: 'missed', outcome: { kind: 'failed', replica, error: asReplicatorError(thrown), durationMs: 0 } };
}

function placeOf(source: SecretDescription, replica: ReplicaId, destination: Destination) {
  const parts = parseSecretArn(source.arn);
  const sourceAccount = parts?.account ?? '';
  return {
    region: replica.region,
    sourceRegion: parts?.region ?? '',
    account: destination.config.account ?? sourceAccount,
    sourceAccount,
    sourceName: source.name,
    replicaName: replica.name,
  };
}

/** The version id that the replica of this source version has under the rules in force. */
export function tokenFor(source: SecretDescription, sourceVersion: VersionId, aim: Target | Aim): VersionId {
  return tokenUnder(aim.transform.digest, source, sourceVersion, aim);
}

/** The same under rules of that digest; undefined: under none. */
export function tokenUnder(
  rulesDigest: string | undefined,
  source: SecretDescription,
  sourceVersion: VersionId,
  aim: Target | Aim,
): VersionId {
  return versionToken({ sourceArn: source.arn, sourceVersion, rulesDigest, destination: aim.replica.destination });
}

export function stepFor(source: SecretDescription, sourceVersion: VersionId, aim: Aim): Step {
  return planStep({
    source,
    token: tokenFor(source, sourceVersion, aim),
    region: aim.replica.region,
    replica: aim.observed,
    mayAdopt: aim.destination.config.adopt.has(aim.replica.name),
    metadata: aim.metadata,
  });
}
