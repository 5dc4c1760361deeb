import type { Change } from '../core/change.js';
import { ReplicatorError } from '../core/failure.js';
import { currentVersion, type SecretDescription } from '../core/secret-description.js';
import { pause } from './pause.js';
import type { Clock, Deadline } from './ports.js';
import type { SteadyStore } from './steady-store.js';

/** Pause before the second look, in milliseconds: reads are eventually consistent, usually by less (aws-facts A6). */
export const SECOND_LOOK_MS = 500;

/**
 * For so long after its event a version that we cannot see is taken for one not visible yet, in milliseconds. An older
 * event may name a version that was pruned or a secret made anew, which would never become visible.
 */
const VISIBLE_WITHIN_MS = 15 * 60_000;

/** Events carry whole seconds, so what they tell of happened up to this much later than they say. Milliseconds. */
const EVENT_GRAIN_MS = 1_000;

export interface LookDeps {
  readonly source: SteadyStore;
  readonly clock: Clock;
  readonly deadline: Deadline;
}

/**
 * The source as it is now. If an event named a version that cannot be seen here or is not current, looks once more after
 * a pause. Rejects with SourceNotVisible if a young change still cannot be seen, so that the queue delivers it again.
 */
export async function lookAtSource(deps: LookDeps, change: Change): Promise<SecretDescription | undefined> {
  const first = await deps.source.describe(change.secret);
  if (sight(first, change) === 'current') return first;
  await pause(deps, SECOND_LOOK_MS);
  const second = await deps.source.describe(change.secret);
  if (sight(second, change) === 'unseen' && deps.clock.now() - change.lastAt < VISIBLE_WITHIN_MS) {
    throw new ReplicatorError('SourceNotVisible', 'the version that the event names cannot be seen at the source yet');
  }
  return second;
}

/** `unseen`: what the events named is not visible here yet. `passed`: it is over, another version is current. */
function sight(source: SecretDescription | undefined, change: Change): 'unseen' | 'passed' | 'current' {
  if (source === undefined) return change.existed ? 'unseen' : 'current';
  if (source.deletedAt !== undefined || change.versions.length === 0) return 'current';
  const current = currentVersion(source);
  if (current !== undefined && change.versions.includes(current)) return 'current';
  return change.versions.every((version) => source.versions.has(version)) || isYounger(source, change)
    ? 'passed'
    : 'unseen';
}

/** A version without a label is not listed: one that newer versions pushed out looks like one that is yet to come. The date tells. */
function isYounger(source: SecretDescription, change: Change): boolean {
  return source.changedAt !== undefined && source.changedAt >= change.lastAt + EVENT_GRAIN_MS;
}
