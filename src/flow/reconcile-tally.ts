import { blockedKind, type DriftKind } from '../core/drift.js';
import type { ReplicatorError } from '../core/failure.js';
import type { DestinationId, Region } from '../core/names.js';
import type { Outcome } from '../core/outcome.js';
import type { Confirmed } from './confirm-drift.js';
import type { Destination } from './destination.js';

/** One thing that was found wrong, and what became of it. */
export interface Finding {
  readonly source: string;
  readonly destination: DestinationId;
  readonly replica: string;
  readonly drift: DriftKind;
  readonly ending: Outcome['kind'] | 'unread' | 'kept' | 'deleted' | 'held back';
  readonly detail: string;
}

/** What one invocation counted at one destination. */
export interface DestinationTotals {
  readonly region: Region;
  /** As wanted at the end, repaired ones included. */
  inSync: number;
  /** Found to differ. */
  drifted: number;
  repaired: number;
  failed: number;
  blocked: number;
  /** Of those, what the lists alone have shown: no outcome tells of them. */
  blockedByList: number;
  foreignByList: number;
  held: number;
  orphans: number;
  deleted: number;
  heldBack: number;
  /** Of the change of a source that is not at this destination; epoch milliseconds. */
  oldestUnsyncedAt: number | undefined;
}

/** Counts a run by destination, and hands every finding on as it comes. */
export class ReconcileTally {
  readonly #totals = new Map<DestinationId, DestinationTotals>();
  readonly #onFinding: (finding: Finding) => void;

  constructor(destinations: readonly Destination[], onFinding: (finding: Finding) => void) {
    this.#onFinding = onFinding;
    for (const { config } of destinations) this.#totals.set(config.id, emptyTotals(config.region));
  }

  get totals(): ReadonlyMap<DestinationId, DestinationTotals> {
    return this.#totals;
  }

  at(destination: Destination): DestinationTotals {
    const totals = this.#totals.get(destination.config.id);
    if (totals === undefined) throw new TypeError('every destination of the run is counted');
    return totals;
  }

  tell(finding: Finding): void {
    this.#onFinding(finding);
  }

  held({ config }: Destination, names: { source: string; replica: string }): void {
    const totals = this.#totals.get(config.id);
    if (totals !== undefined) totals.held += 1;
    this.tell({ ...names, destination: config.id, drift: 'held', ending: 'held', detail: 'undone; not repaired' });
  }

  blocked(destination: Destination, names: { source: string; replica: string }, error: ReplicatorError): void {
    const totals = this.at(destination);
    const drift = blockedKind(error.code);
    totals.blocked += 1;
    totals.blockedByList += 1;
    if (error.code === 'Foreign') totals.foreignByList += 1;
    this.tell({ ...names, destination: destination.config.id, drift, ending: 'blocked', detail: error.message });
  }

  /** True where the run failed at it. */
  confirmed({ suspect, outcome, error }: Confirmed): boolean {
    const totals = this.at(suspect.destination);
    const names = { source: suspect.name, replica: outcome?.replica.name ?? suspect.name };
    if (outcome?.kind === 'unchanged') totals.inSync += 1;
    else if (outcome?.kind === 'held') totals.held += 1;
    else if (outcome?.kind === 'blocked') {
      totals.blocked += 1;
      const drift = blockedKind(outcome.error.code);
      const destination = suspect.destination.config.id;
      this.tell({ ...names, destination, drift, ending: 'blocked', detail: outcome.error.message });
    } else if (outcome !== undefined || error !== undefined) this.#drifted(suspect, names, outcome, error);
    return outcome?.kind === 'failed' || error !== undefined;
  }

  #drifted(
    { destination, drift, changedAt }: Confirmed['suspect'],
    names: { source: string; replica: string },
    outcome: Outcome | undefined,
    error: ReplicatorError | undefined,
  ): void {
    const totals = this.at(destination);
    const failure = outcome !== undefined && 'error' in outcome ? outcome.error : error;
    totals.drifted += 1;
    if (failure !== undefined) totals.failed += 1;
    if (outcome?.kind === 'written' && failure === undefined) {
      totals.repaired += 1;
      totals.inSync += 1;
    } else if (changedAt !== undefined) {
      totals.oldestUnsyncedAt = Math.min(totals.oldestUnsyncedAt ?? changedAt, changedAt);
    }
    const how = outcome === undefined ? '' : 'how' in outcome ? outcome.how : outcome.kind === 'slowed' ? SLOWED : '';
    const ending = outcome?.kind ?? 'unread';
    this.tell({ ...names, destination: destination.config.id, drift, ending, detail: failure?.message ?? how });
  }
}

/** Why drift was not repaired although nothing failed. */
const SLOWED = 'written too often within a day; a later run repairs it';

function emptyTotals(region: Region): DestinationTotals {
  const zero = { inSync: 0, drifted: 0, repaired: 0, failed: 0, blocked: 0, blockedByList: 0, foreignByList: 0 };
  return { region, ...zero, held: 0, orphans: 0, deleted: 0, heldBack: 0, oldestUnsyncedAt: undefined };
}
