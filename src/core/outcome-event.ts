import type { SecretName, VersionId } from './names.js';
import type { ChangeReport, Outcome, WrittenHow } from './outcome.js';

/** What an EventBridge rule matches us by. */
export const EVENT_SOURCE = 'secrets-replicator';
export const REPLICA_WRITTEN = 'Replica Written';

/** Told to whoever loaded a replica and may have to load it again: names and version ids, never a value. */
export interface ReplicaWritten {
  readonly source: SecretName;
  /** Absent where destinations ended at different versions of the source. */
  readonly sourceVersion?: VersionId;
  readonly destination: string;
  readonly region: string;
  readonly replica: SecretName;
  readonly version: VersionId;
  readonly how: WrittenHow;
}

/** One for each replica whose value or version has just changed at its destination. Pure. */
export function replicaEvents(report: ChangeReport): ReplicaWritten[] {
  if (report.kind !== 'replicated') return [];
  const { source, version } = report;
  return report.outcomes.filter(hasNewValue).map(({ replica, version: written, how }) => ({
    source,
    ...(version === undefined ? {} : { sourceVersion: version }),
    destination: replica.destination,
    region: replica.region,
    replica: replica.name,
    version: written,
    how,
  }));
}

type Written = Extract<Outcome, { kind: 'written' }>;

/** Description, key and tags are nothing that has to be loaded again. */
function hasNewValue(outcome: Outcome): outcome is Written {
  return outcome.kind === 'written' && outcome.how !== 'amended';
}
