import type { AccountId, Region, SecretId, VersionId } from './names.js';

/** This secret may have a new current version. The event supplies no more than that: all decisions come from what is read. */
export interface Change {
  readonly secret: SecretId;
  readonly region: Region;
  readonly account: AccountId;
  /** Versions that events named as the current ones: once we can see them, we have seen at least this change. */
  readonly versions: readonly VersionId[];
  /** When the first of its events happened; epoch milliseconds. */
  readonly firstAt: number;
  /** When the last of its events happened; epoch milliseconds. */
  readonly lastAt: number;
  /** True where events tell that the secret exists, so its absence means that we look too early. */
  readonly existed: boolean;
  readonly eventIds: readonly string[];
}

/** Why an event leads to nothing. None of these is an error. */
export type IgnoreReason =
  | 'OtherService'
  | 'OtherRegion'
  | 'OtherAccount'
  | 'OtherLabel'
  | 'FailedCall'
  | 'IrrelevantCall'
  | 'NotSelected'
  | 'IsReplica'
  | 'SourceAbsent'
  | 'SourceDeleted'
  | 'SourceWithoutValue';

/** Several events for one secret as one change. At least one is needed. */
export function mergeChanges(first: Change, ...others: readonly Change[]): Change {
  const all = [first, ...others];
  return {
    ...first,
    versions: [...new Set(all.flatMap((change) => change.versions))],
    firstAt: Math.min(...all.map((change) => change.firstAt)),
    lastAt: Math.max(...all.map((change) => change.lastAt)),
    existed: all.some((change) => change.existed),
    eventIds: all.flatMap((change) => change.eventIds),
  };
}
