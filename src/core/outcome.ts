import { assertNever } from './assert-never.js';
import type { IgnoreReason } from './change.js';
import type { ReplicatorError } from './failure.js';
import type { DestinationId, Region, SecretName, VersionId } from './names.js';
import type { Transformed } from './transformed.js';

/** Which replica an outcome speaks of. */
export interface ReplicaId {
  readonly destination: DestinationId;
  readonly region: Region;
  readonly name: SecretName;
}

/** `amended`: description, key or tags, and not the value. */
export type WrittenHow = 'created' | 'put' | 'promoted' | 'restored' | 'adopted' | 'amended';

/** What may be told of a transform: everything but the value. */
export type TransformReport = Omit<Transformed, 'value'> & {
  readonly durationMs: number;
  /** Of the rules; undefined: none applied. */
  readonly digest: string | undefined;
};

/** How one destination ended. Each selected destination of a change ends in exactly one. */
export type Outcome =
  | {
      readonly kind: 'written';
      readonly replica: ReplicaId;
      readonly how: WrittenHow;
      readonly version: VersionId;
      readonly durationMs: number;
      /** When the source was seen to have held still during the write; epoch milliseconds. Absent: that could not be told. */
      readonly settledAt?: number;
      /** When the source's version was made; epoch milliseconds. Absent where no value was read. */
      readonly madeAt?: number;
      /** Absent when a version that was there already was promoted: nothing was read or transformed. */
      readonly transform?: TransformReport;
    }
  | { readonly kind: 'unchanged'; readonly replica: ReplicaId; readonly version: VersionId }
  /** Undone by an operator: `version` is what is held off. */
  | { readonly kind: 'held'; readonly replica: ReplicaId; readonly version: VersionId }
  /** Written so often within a day that the next put has to wait; epoch milliseconds. */
  | { readonly kind: 'slowed'; readonly replica: ReplicaId; readonly version: VersionId; readonly dueAt: number }
  | { readonly kind: 'pending'; readonly replica: ReplicaId; readonly how: WrittenHow; readonly version: VersionId }
  | { readonly kind: 'blocked'; readonly replica: ReplicaId; readonly error: ReplicatorError }
  | {
      readonly kind: 'failed';
      readonly replica: ReplicaId;
      readonly error: ReplicatorError;
      readonly durationMs: number;
    };

/** How one change ended. */
export type ChangeReport =
  | { readonly kind: 'ignored'; readonly reason: IgnoreReason }
  | { readonly kind: 'unread'; readonly error: ReplicatorError }
  | {
      readonly kind: 'replicated';
      readonly source: SecretName;
      /** The source version that every destination ended at; undefined: the source moved and they ended at several. */
      readonly version: VersionId | undefined;
      readonly outcomes: readonly Outcome[];
      /** The writes went out, but whether the source holds still could not be told. */
      readonly unsettled?: ReplicatorError;
    };

/** When the last of its destinations that have to wait may be written; undefined: none has to. */
export function slowedUntil(report: ChangeReport): number | undefined {
  if (report.kind !== 'replicated') return undefined;
  const due = report.outcomes.flatMap((outcome) => (outcome.kind === 'slowed' ? [outcome.dueAt] : []));
  return due.length === 0 ? undefined : Math.max(...due);
}

/** Everything of a change that did not work, by cause. Empty: the change is dealt with. */
export function failuresOf(report: ChangeReport): readonly ReplicatorError[] {
  switch (report.kind) {
    case 'ignored':
      return [];
    case 'unread':
      return [report.error];
    case 'replicated': {
      const errors = report.outcomes.flatMap((outcome) => ('error' in outcome ? [outcome.error] : []));
      return report.unsettled === undefined ? errors : [...errors, report.unsettled];
    }
    default:
      return assertNever(report);
  }
}
