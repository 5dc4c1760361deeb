import { asReplicatorError } from '../core/failure.js';
import { parseSecretArn, type SecretId, type SecretName, type VersionId } from '../core/names.js';
import type { Outcome, ReplicaId } from '../core/outcome.js';
import { planStep, type Step } from '../core/plan.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { BoundTransform } from '../core/transformed.js';
import { versionToken } from '../core/version-token.js';
import type { Destination } from './destination.js';

/** A destination looked at for one source: which replica it is about, which rules apply, what stands there. */
export interface Aim {
  readonly kind: 'aimed';
  readonly destination: Destination;
  readonly replica: ReplicaId;
  readonly transform: BoundTransform;
  readonly observed: SecretDescription | undefined;
}

/** A destination that could not even be looked at. */
export interface Missed {
  readonly kind: 'missed';
  readonly outcome: Outcome;
}

/** Never rejects: a rule that fails on the name or a region that is down is this destination's outcome and nobody else's. */
export async function aimAt(source: SecretDescription, destination: Destination): Promise<Aim | Missed> {
  const { config, rules, store } = destination;
  let replica: ReplicaId = { destination: config.id, region: config.region, name: source.name };
  try {
    replica = { ...replica, name: rules.replicaName(source.name) as SecretName };
    const transform = rules.bind(placeOf(source, replica, destination));
    const observed = await store.describe(replica.name as string as SecretId);
    return { kind: 'aimed', destination, replica, transform, observed };
  } catch (thrown) {
    return { kind: 'missed', outcome: { kind: 'failed', replica, error: asReplicatorError(thrown), durationMs: 0 } };
  }
}

function placeOf(source: SecretDescription, replica: ReplicaId, destination: Destination) {
  const parts = parseSecretArn(source.arn);
  const sourceAccount = parts?.account ?? '';
  return {
    region: replica.region,
    sourceRegion: parts?.region ?? '',
    account: destination.config.role?.account ?? sourceAccount,
    sourceAccount,
    sourceName: source.name,
    replicaName: replica.name,
  };
}

/** The version id that the replica of this source version has under the rules in force. */
export function tokenFor(source: SecretDescription, sourceVersion: VersionId, aim: Aim): VersionId {
  return versionToken({
    sourceArn: source.arn,
    sourceVersion,
    rulesDigest: aim.transform.digest,
    destination: aim.replica.destination,
  });
}

export function stepFor(source: SecretDescription, sourceVersion: VersionId, aim: Aim): Step {
  return planStep({
    source,
    token: tokenFor(source, sourceVersion, aim),
    region: aim.replica.region,
    replica: aim.observed,
    mayAdopt: aim.destination.config.adopt.has(aim.replica.name),
  });
}
