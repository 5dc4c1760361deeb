import { isDeepStrictEqual } from 'node:util';
import { ReplicatorError, asReplicatorError, type FailureCode } from '../core/failure.js';
import type { VersionId } from '../core/names.js';
import type { Outcome } from '../core/outcome.js';
import { needsValue } from '../core/plan.js';
import { CURRENT, currentVersion, type SecretDescription } from '../core/secret-description.js';
import { aimedAt, lookAtReplica, stepFor, targetAt, tokenFor, type Aim, type Target } from './aim.js';
import { about, carryOut, type CarryOutDeps } from './carry-out.js';
import type { Destination } from './destination.js';
import type { Look, LooksDeps, Seen, SourceLooks } from './source-looks.js';
import { isSelectedFor } from './subject.js';
import type { WriteBudget } from './write-budget.js';

export interface ReplicateToDeps extends CarryOutDeps, LooksDeps {
  /** Our own role refuses writes to secrets without our tag. */
  readonly ownershipEnforced: boolean;
  readonly budget: WriteBudget;
}

/** How one destination of a change ended. */
export interface Ended {
  readonly outcome: Outcome;
  /** The source version it ended at. */
  readonly version: VersionId;
  /** The writes went out, but whether the source holds still could not be told. */
  readonly unsettled?: ReplicatorError;
}

/** Rounds before a source that keeps moving is left to the queue. */
const MAX_ROUNDS = 5;

/**
 * One destination of one change, from a look at the source on: writes and looks again, until the source held still during
 * a whole round. With this, overlapping workers leave no old value behind: whoever wrote last looks last. Waits for no
 * other destination. Never rejects.
 */
export async function replicateTo(
  deps: ReplicateToDeps,
  looks: SourceLooks,
  destination: Destination,
  from: Look,
): Promise<Ended> {
  let look = from;
  let done: Ended | undefined;
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const { outcome, version } = await roundAt(deps, look, destination);
    done = { version, outcome: merged(done?.outcome, outcome) };
    if (!touched(outcome)) return settled(deps, done);
    let seen: Seen;
    try {
      seen = await looks.after(look, version);
    } catch (thrown) {
      return { ...done, unsettled: asReplicatorError(thrown) };
    }
    if (!raced(outcome) && holdsStill(seen.description, version, look)) return settled(deps, done);
    if (seen.look === undefined || !isSelectedFor(destination, seen.look.description)) return done;
    look = seen.look;
  }
  const error = new ReplicatorError('SourceMoving', `source or replica changed during each of ${MAX_ROUNDS} rounds`);
  return { version: look.version, outcome: lastOutcome(done), unsettled: error };
}

/** One round. Where a remembered replica turns out to be another than remembered, it is looked at after all. */
async function roundAt(deps: ReplicateToDeps, look: Look, destination: Destination): Promise<Ended> {
  const target = targetAt(look.description, destination);
  if (target.kind === 'missed') return { outcome: target.outcome, version: look.version };
  const remembered = rememberedAim(deps, look, target);
  if (remembered !== undefined) {
    const ended = await carryTo(deps, look, remembered);
    if (!contradicts(ended.outcome)) return ended;
    deps.known.forgetReplica(target.replica.destination, target.replica.name);
  }
  const aim = await deps.trace('plan', about(target), async (tell) => {
    const found = await lookAtReplica(target);
    if (found.kind === 'aimed') tell({ step: stepFor(look.description, look.version, found).kind });
    return found;
  });
  if (aim.kind === 'missed') return { outcome: aim.outcome, version: look.version };
  return carryTo(deps, look, aim);
}

/** The replica as this process knows it, where that leads to a plain put: the service's answer then tells whether it was right. */
function rememberedAim(deps: ReplicateToDeps, look: Look, target: Target): Aim | undefined {
  const { account, adopt } = target.destination.config;
  // Another account's role, and names listed for adoption, are not held to our tag.
  const isGuarded = deps.ownershipEnforced && account === undefined && !adopt.has(target.replica.name);
  if (deps.dryRun || !isGuarded) return undefined;
  const observed = deps.known.replica(target.replica.destination, target.replica.name);
  if (observed === undefined) return undefined;
  const aim = aimedAt(target, observed);
  const step = stepFor(look.description, look.version, aim);
  if (step.kind !== 'update' || step.metadata !== undefined) return undefined;
  return step.value === 'put' && step.prepare.length === 0 ? aim : undefined;
}

async function carryTo(deps: ReplicateToDeps, look: Look, aim: Aim): Promise<Ended> {
  const startedAt = deps.clock.now();
  const { description } = look;
  const wanting = needsValue(stepFor(description, look.version, aim)) && !deps.dryRun;
  const dueAt = wanting ? await deps.budget.dueAt(aim) : undefined;
  if (dueAt !== undefined) return { version: look.version, outcome: slowed(look, aim, dueAt) };
  const value = wanting ? await look.value() : undefined;
  const version = value === undefined || value instanceof ReplicatorError ? look.version : value.version;
  const outcome = await carryOut(deps, { description, version, value, startedAt }, aim);
  if (outcome.kind === 'written' && outcome.how === 'put') deps.budget.note(aim);
  remember(deps, aim, outcome);
  return { outcome, version };
}

function slowed({ description, version }: Look, aim: Aim, dueAt: number): Outcome {
  return { kind: 'slowed', replica: aim.replica, version: tokenFor(description, version, aim), dueAt };
}

/** What a put or a look taught about the replica. */
function remember({ known, clock }: ReplicateToDeps, { replica, observed }: Aim, outcome: Outcome): void {
  if (observed === undefined) return;
  if (outcome.kind === 'unchanged') known.rememberReplica(replica.destination, observed);
  if (outcome.kind === 'failed') known.forgetReplica(replica.destination, replica.name);
  if (outcome.kind !== 'written' || (outcome.how !== 'put' && outcome.how !== 'promoted')) return;
  const before = currentVersion(observed);
  const versions = new Map([[outcome.version, [CURRENT]]]);
  if (before !== undefined && before !== outcome.version) versions.set(before, ['AWSPREVIOUS']);
  known.rememberReplica(replica.destination, { ...observed, changedAt: clock.now(), versions });
}

/** Failures that have nothing to do with what stands at the destination. */
const ELSEWHERE: ReadonlySet<FailureCode> = new Set(['CircuitOpen', 'DeadlineReached', 'LimitExceeded']);

function contradicts(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.error.remedy !== 'again' && !ELSEWHERE.has(outcome.error.code);
}

/** True where something was written, so that the source must be looked at again. What failed is looked at when it is delivered again. */
function touched(outcome: Outcome): boolean {
  return outcome.kind === 'written' || raced(outcome);
}

function raced(outcome: Outcome): boolean {
  return outcome.kind === 'failed' && outcome.error.code === 'Raced';
}

/** A source that was deleted meanwhile holds still: its last value stays replicated. */
function holdsStill(source: SecretDescription | undefined, version: VersionId, look: Look): boolean {
  if (source === undefined || source.deletedAt !== undefined) return true;
  return currentVersion(source) === version && isDeepStrictEqual(aboutOf(source), aboutOf(look.description));
}

/** What of a source shapes a replica beside its value; the look may have been a remembered one. */
function aboutOf({ description, tags }: SecretDescription) {
  return { description, tags };
}

/** A destination written in an earlier round and unchanged in the last one was written. */
function merged(before: Outcome | undefined, now: Outcome): Outcome {
  return now.kind === 'unchanged' && before?.kind === 'written' ? before : now;
}

function settled({ clock }: ReplicateToDeps, ended: Ended): Ended {
  return ended.outcome.kind === 'written' ? { ...ended, outcome: { ...ended.outcome, settledAt: clock.now() } } : ended;
}

function lastOutcome(done: Ended | undefined): Outcome {
  if (done === undefined) throw new TypeError('there is at least one round');
  return done.outcome;
}
