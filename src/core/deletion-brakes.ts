/** How far a reconcile may go in deleting replicas whose source is gone. */
export interface DeletionBrakes {
  /** Days in which a deleted replica can be restored, 7 to 30. */
  readonly recoveryDays: number;
  /** Most replicas deleted by one run at one destination. */
  readonly maxPerRun: number;
  /** The same as a share of the replicas that are there, rounded up, so that a small destination can be tidied at all. */
  readonly maxPercent: number;
}

const DEFAULT_BRAKES = { maxPerRun: 5, maxPercent: 5 };

interface BrakesShape {
  readonly recoveryDays: number;
  readonly maxPerRun?: number | undefined;
  readonly maxPercent?: number | undefined;
}

/** Undefined: nothing is ever deleted. */
export function brakesOf(shape: 'keep' | BrakesShape | undefined): DeletionBrakes | undefined {
  if (shape === undefined || shape === 'keep') return undefined;
  const { recoveryDays, maxPerRun, maxPercent } = shape;
  return {
    recoveryDays,
    maxPerRun: maxPerRun ?? DEFAULT_BRAKES.maxPerRun,
    maxPercent: maxPercent ?? DEFAULT_BRAKES.maxPercent,
  };
}

/** What a whole run has seen, from its first page to its last. */
export interface RunSeen {
  /** Sources that are to have replicas. */
  readonly sources: number;
  /** Replicas of ours at the destination that are not scheduled for deletion. */
  readonly replicas: number;
  /** Every list was read to its end. */
  readonly isComplete: boolean;
  /** Anything at all failed. */
  readonly hasFailed: boolean;
}

/** How many replicas the run may delete. A listing that is empty or partial proves no deletion, and a run with an error is not trusted. */
export function deletionsAllowed(brakes: DeletionBrakes, seen: RunSeen): number {
  if (!seen.isComplete || seen.hasFailed || seen.sources === 0) return 0;
  return Math.min(brakes.maxPerRun, Math.ceil((seen.replicas * brakes.maxPercent) / 100));
}
