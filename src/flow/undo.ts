import pLimit from 'p-limit';
import { asReplicatorError } from '../core/failure.js';
import type { SecretId, VersionId } from '../core/names.js';
import { holdTag } from '../core/hold.js';
import { currentVersion, PREVIOUS, versionAt, type SecretDescription } from '../core/secret-description.js';
import { neverThere } from './absent-source.js';
import { isMadeBy } from './made-by.js';
import { lookAtReplica, stepFor, targetAt, tokenFor, type Aim } from './aim.js';
import type { Destination } from './destination.js';
import type { ReplicateAllDeps } from './replicate-all.js';
import { isSelectedFor, subjectOf, type Subject } from './subject.js';

/** How it ended for one source. `kept`: nothing was done, and `detail` says why. */
export interface UndoRow {
  readonly source: string;
  readonly replica: string;
  readonly ending: 'undone' | 'pending' | 'kept' | 'failed';
  readonly detail: string;
}

/** Which replicas: of the named sources, or of all; made by any rules, or only by those. */
export interface UndoChoice {
  readonly names: readonly string[] | undefined;
  readonly rules: string | undefined;
}

/** Replicas under way at once. */
const MAX_AT_ONCE = 10;

/**
 * Moves AWSCURRENT of replicas at one destination back to AWSPREVIOUS, and holds off the version that is wanted now: until
 * source or rules want another one, nothing moves it forward again. Rejects only if the list of sources cannot be read.
 */
export async function undo(
  deps: ReplicateAllDeps,
  destination: Destination,
  { names, rules }: UndoChoice,
): Promise<readonly UndoRow[]> {
  const limit = pLimit(MAX_AT_ONCE);
  const named = (name: string) => undoNamed(deps, destination, name, rules);
  if (names !== undefined) return limit.map([...new Set(names)], named);
  const rows: UndoRow[] = [];
  let from: string | undefined;
  do {
    const page = await deps.source.list(from);
    const subjects = page.secrets.flatMap((secret) => {
      const subject = subjectOf(deps.config, secret);
      return 'ignored' in subject || !isSelectedFor(destination, secret) ? [] : [subject.description.name];
    });
    rows.push(...(await limit.map(subjects, named)));
    from = page.next;
  } while (from !== undefined);
  return rows;
}

async function undoNamed(
  deps: ReplicateAllDeps,
  destination: Destination,
  name: string,
  rules: string | undefined,
): Promise<UndoRow> {
  try {
    const subject = subjectOf(deps.config, await deps.source.describe(name as SecretId));
    if ('ignored' in subject) {
      const { ignored } = subject;
      const error = ignored === 'SourceAbsent' ? await neverThere(deps.config, [destination], name) : undefined;
      if (error !== undefined) throw error;
      return kept(name, '', ignored);
    }
    if (!isSelectedFor(destination, subject.description)) return kept(name, '', 'NotSelected');
    return await undoSource(deps, subject, destination, rules);
  } catch (thrown) {
    return { source: name, replica: '', ending: 'failed', detail: asReplicatorError(thrown).message };
  }
}

async function undoSource(
  deps: ReplicateAllDeps,
  subject: Subject,
  destination: Destination,
  rules: string | undefined,
): Promise<UndoRow> {
  const { description: source, version } = subject;
  const target = targetAt(source, destination);
  const aim = target.kind === 'missed' ? target : await lookAtReplica(target);
  const { name } = aim.kind === 'missed' ? aim.outcome.replica : aim.replica;
  if (aim.kind === 'missed') {
    const detail = 'error' in aim.outcome ? aim.outcome.error.message : '';
    return { source: source.name, replica: name, ending: 'failed', detail };
  }
  const token = tokenFor(source, version, aim);
  const way = wayBack(subject, aim, rules);
  if (typeof way === 'string') return kept(source.name, name, way);
  if (!deps.dryRun) {
    // The hold comes first, so that nothing promotes in between what is about to be moved back.
    await destination.store.tag(way.replica.arn, holdTag(token, way.to));
    await destination.store.promote({ secret: way.replica.arn, to: way.to, from: way.from });
  }
  return { source: source.name, replica: name, ending: deps.dryRun ? 'pending' : 'undone', detail: '' };
}

interface WayBack {
  readonly replica: SecretDescription;
  readonly from: VersionId | undefined;
  readonly to: VersionId;
}

/** Where AWSCURRENT has to go, or why it cannot. */
function wayBack({ description, version }: Subject, aim: Aim, rules: string | undefined): WayBack | string {
  const replica = aim.observed;
  if (replica === undefined) return 'there is no replica';
  const step = stepFor(description, version, aim);
  if (step.kind === 'blocked') return step.reason;
  if (step.kind === 'held') return 'it is held already';
  if (replica.deletedAt !== undefined) return 'it is scheduled for deletion';
  const [from, to] = [currentVersion(replica), versionAt(replica, PREVIOUS)];
  const isMadeByThem = (one: VersionId) => rules !== undefined && isMadeBy(rules, one, description, aim);
  if (rules !== undefined && (from === undefined || !isMadeByThem(from))) return 'it was not made by those rules';
  if (to === undefined) return 'there is no version before this one';
  return isMadeByThem(to) ? 'the version before it was made by those rules too' : { replica, from, to };
}

function kept(source: string, replica: string, detail: string): UndoRow {
  return { source, replica, ending: 'kept', detail };
}
