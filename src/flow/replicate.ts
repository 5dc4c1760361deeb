import type { IgnoreReason } from '../core/change.js';
import type { ReplicationConfig } from '../core/config.js';
import { asReplicatorError, ReplicatorError } from '../core/failure.js';
import { isReplica } from '../core/ownership.js';
import type { ChangeReport, Outcome } from '../core/outcome.js';
import type { SecretId, VersionId } from '../core/names.js';
import { currentVersion, type SecretDescription } from '../core/secret-description.js';
import { selectsName, selectsTags } from '../core/selection.js';
import type { Destination } from './destination.js';
import { replicateOnce, type OnceDeps } from './replicate-once.js';

export interface ReplicateDeps extends OnceDeps {
  readonly config: ReplicationConfig;
  readonly destinations: readonly Destination[];
}

/** Rounds before a source that keeps moving is left to the queue. */
const MAX_ROUNDS = 5;

/**
 * A source as it was just seen to its report: replicates and looks again, until the source held still during a whole
 * round. With this, overlapping workers leave no old value behind: whoever wrote last looks last. Never rejects.
 */
export async function replicate(deps: ReplicateDeps, seen: SecretDescription | undefined): Promise<ChangeReport> {
  let source = seen;
  let done: Extract<ChangeReport, { kind: 'replicated' }> | undefined;
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const subject = subjectOf(deps.config, source);
    if ('ignored' in subject) return done ?? { kind: 'ignored', reason: subject.ignored };
    const { description, version } = subject;
    const result = await replicateOnce(deps, description, version, selectedFor(deps, description));
    done = {
      kind: 'replicated',
      source: description.name,
      version: result.version,
      outcomes: merged(done?.outcomes, result.outcomes),
    };
    if (!result.outcomes.some(touched)) return done;
    try {
      source = await deps.source.describe(description.arn as string as SecretId);
    } catch (thrown) {
      return { ...done, unsettled: asReplicatorError(thrown) };
    }
    if (!result.outcomes.some(raced) && holdsStill(source, result.version)) return done;
  }
  const error = new ReplicatorError('SourceMoving', `source or replica changed during each of ${MAX_ROUNDS} rounds`);
  return done === undefined ? { kind: 'unread', error } : { ...done, unsettled: error };
}

type Subject =
  { readonly description: SecretDescription; readonly version: VersionId } | { readonly ignored: IgnoreReason };

/** The source if it is one: there, alive, with a value, selected, and not a replica itself. */
function subjectOf(config: ReplicationConfig, source: SecretDescription | undefined): Subject {
  if (source === undefined) return { ignored: 'SourceAbsent' };
  if (isReplica(source)) return { ignored: 'IsReplica' };
  const { select } = config.source;
  if (!selectsName(select, source.name) || !selectsTags(select, source.tags)) return { ignored: 'NotSelected' };
  if (source.deletedAt !== undefined) return { ignored: 'SourceDeleted' };
  const version = currentVersion(source);
  return version === undefined ? { ignored: 'SourceWithoutValue' } : { description: source, version };
}

function selectedFor(deps: ReplicateDeps, source: SecretDescription): Destination[] {
  return deps.destinations.filter(
    ({ config }) => selectsName(config.select, source.name) && selectsTags(config.select, source.tags),
  );
}

/** True where something was written, so that the source must be looked at again. What failed is looked at when it is delivered again. */
function touched(outcome: Outcome): boolean {
  return outcome.kind === 'written' || raced(outcome);
}

function raced(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.error.code === 'Raced';
}

/** A source that was deleted meanwhile holds still: its last value stays replicated. */
function holdsStill(source: SecretDescription | undefined, version: VersionId): boolean {
  return source === undefined || source.deletedAt !== undefined || currentVersion(source) === version;
}

/** A destination written in an earlier round and unchanged in the last one was written. */
function merged(before: readonly Outcome[] | undefined, now: readonly Outcome[]): readonly Outcome[] {
  return now.map((outcome) => {
    if (outcome.kind !== 'unchanged') return outcome;
    const earlier = before?.find(({ replica }) => replica.destination === outcome.replica.destination);
    return earlier?.kind === 'written' ? earlier : outcome;
  });
}
