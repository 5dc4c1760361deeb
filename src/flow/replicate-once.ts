import { ReplicatorError, asReplicatorError } from '../core/failure.js';
import type { VersionId } from '../core/names.js';
import type { Outcome } from '../core/outcome.js';
import { needsValue } from '../core/plan.js';
import type { SecretDescription } from '../core/secret-description.js';
import { aimAt, stepFor } from './aim.js';
import { carryOut, type CarryOutDeps } from './carry-out.js';
import type { Destination } from './destination.js';
import type { VersionedValue } from './ports.js';
import type { SteadyStore } from './steady-store.js';

export interface OnceDeps extends CarryOutDeps {
  readonly source: SteadyStore;
}

export interface Round {
  /** The source version this round was about: the one described, or a newer one where reading the value brought it. */
  readonly version: VersionId;
  readonly outcomes: readonly Outcome[];
}

/** One round: one outcome per destination, each on its own. Reads the value only if a step needs it. Never rejects. */
export async function replicateOnce(
  deps: OnceDeps,
  description: SecretDescription,
  current: VersionId,
  destinations: readonly Destination[],
): Promise<Round> {
  const startedAt = deps.clock.now();
  const aims = await Promise.all(destinations.map((destination) => aimAt(description, destination)));
  const wanting = aims.some((aim) => aim.kind === 'aimed' && needsValue(stepFor(description, current, aim)));
  const value = wanting && !deps.dryRun ? await readValue(deps, description) : undefined;
  const version = value === undefined || value instanceof ReplicatorError ? current : value.version;
  const source = { description, version, value, startedAt };
  const outcomeOf = async (aim: (typeof aims)[number]) =>
    aim.kind === 'missed' ? aim.outcome : carryOut(deps, source, aim);
  return { version, outcomes: await Promise.all(aims.map(outcomeOf)) };
}

async function readValue(deps: OnceDeps, source: SecretDescription): Promise<VersionedValue | ReplicatorError> {
  try {
    return await deps.source.read(source.arn);
  } catch (thrown) {
    const error = asReplicatorError(thrown);
    const gone = error.code === 'NotFound' || error.code === 'InvalidRequest';
    return gone ? new ReplicatorError('Raced', 'the source lost its value while it was read', { cause: error }) : error;
  }
}
