import pLimit from 'p-limit';
import { mergeChanges, type Change } from '../core/change.js';
import { asReplicatorError } from '../core/failure.js';
import type { SecretArn } from '../core/names.js';
import type { ChangeReport } from '../core/outcome.js';
import { currentVersion, type SecretDescription } from '../core/secret-description.js';
import { lookAtSource, type LookDeps } from './look-at-source.js';
import { lookByReading } from './look-by-reading.js';
import type { VersionedValue } from './ports.js';
import { replicate, type ReplicateDeps } from './replicate.js';

export interface ReplicateAllDeps extends ReplicateDeps, LookDeps {}

/** One report, with everything of the batch that it answers. */
export interface Replicated {
  readonly changes: readonly Change[];
  /** Positions in the list that was given. */
  readonly members: readonly number[];
  readonly report: ChangeReport;
}

/** Secrets under way at once; each needs memory for one value of at most 64 KiB and its transforms. */
const MAX_AT_ONCE = 10;

/**
 * A batch of changes, each secret dealt with once: events with the same id are merged before the first look, events that
 * name one secret in different ways share a report once the look has told that they do. Never rejects.
 */
export async function replicateAll(deps: ReplicateAllDeps, changes: readonly Change[]): Promise<readonly Replicated[]> {
  const limit = pLimit(MAX_AT_ONCE);
  const running: Running = new Map();
  const reports = await limit.map(grouped(changes), async (group) => ({
    group,
    report: await reportFor(deps, running, group),
  }));
  const byReport = new Map<ChangeReport, Group[]>();
  for (const { group, report } of reports) byReport.set(report, [...(byReport.get(report) ?? []), group]);
  return [...byReport].map(([report, groups]) => ({
    changes: groups.map(({ change }) => change),
    members: groups.flatMap(({ members }) => members),
    report,
  }));
}

interface Group {
  readonly change: Change;
  readonly members: readonly number[];
}

/** By full ARN, the replication of a secret that this batch has begun last. */
type Running = Map<SecretArn, Promise<ChangeReport>>;

function grouped(changes: readonly Change[]): readonly Group[] {
  const groups = new Map<string, Group>();
  changes.forEach((change, member) => {
    const key = `${change.region} ${change.secret}`;
    const group = groups.get(key);
    const merged = group === undefined ? change : mergeChanges(group.change, change);
    groups.set(key, { change: merged, members: [...(group?.members ?? []), member] });
  });
  return [...groups.values()];
}

async function reportFor(deps: ReplicateAllDeps, running: Running, { change }: Group): Promise<ChangeReport> {
  let source: SecretDescription | undefined;
  let value: VersionedValue | undefined;
  try {
    const read = await lookByReading(deps, change);
    if (read === undefined) source = await lookAtSource(deps, change);
    else ({ description: source, value } = read);
  } catch (thrown) {
    return { kind: 'unread', error: asReplicatorError(thrown) };
  }
  if (source === undefined) return replicate(deps, source);
  const earlier = await running.get(source.arn);
  if (earlier !== undefined && answers(earlier, source)) return earlier;
  const report = replicate(deps, source, value);
  running.set(source.arn, report);
  return report;
}

/** True if the report is about the very state that was just seen. */
function answers(report: ChangeReport, source: SecretDescription): boolean {
  return report.kind === 'ignored' || (report.kind === 'replicated' && report.version === currentVersion(source));
}
