import { MAX_CARRIED, type ReconcileCursor } from '../core/reconcile-cursor.js';
import { asReplicatorError, type ReplicatorError } from '../core/failure.js';
import type { DestinationId } from '../core/names.js';
import { ownedSource } from '../core/ownership.js';
import type { RunSeen } from '../core/deletion-brakes.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { ComparedPlace } from './compared-place.js';
import type { Confirmed } from './confirm-drift.js';
import type { Destination } from './destination.js';
import { deleteOrphans, destinationOf, type Orphan } from './orphans.js';
import type { ReconcileTally } from './reconcile-tally.js';
import type { ReplicateAllDeps } from './replicate-all.js';

/** What a run has seen at one destination, over all its invocations. */
interface SeenAt {
  replicas: number;
  /** Those that may be deleted; at most MAX_CARRIED, all destinations together. */
  readonly orphans: Orphan[];
  more: number;
}

/** What the whole run knows besides. */
export type RunState = Omit<RunSeen, 'replicas'> & {
  readonly account: string | undefined;
  readonly isTimeUp: () => boolean;
};

/** Our replicas as a run finds them: how many there are, and which have no source any more. */
export class SeenReplicas {
  readonly #deps: ReplicateAllDeps;
  readonly #tally: ReconcileTally;
  readonly #seen = new Map<DestinationId, SeenAt>();

  constructor(deps: ReplicateAllDeps, tally: ReconcileTally, before: ReconcileCursor['destinations'] = {}) {
    this.#deps = deps;
    this.#tally = tally;
    for (const { config } of deps.destinations) {
      const { replicas, orphans, more } = before[config.id] ?? { replicas: 0, orphans: [], more: 0 };
      this.#seen.set(config.id, { replicas, orphans: orphans as unknown as Orphan[], more });
    }
  }

  count(destination: Destination): void {
    this.#at(destination).replicas += 1;
  }

  /** True where the run failed at it. */
  confirmed(one: Confirmed): boolean {
    // It was there all along, and the lists did not show it beside its source.
    if (one.suspect.drift === 'missing' && one.outcome?.kind === 'unchanged') this.count(one.suspect.destination);
    return this.#tally.confirmed(one);
  }

  /** Of ours that stand at a destination and can be written. */
  countAt(destination: DestinationId): number {
    return this.#seen.get(destination)?.replicas ?? 0;
  }

  /** A replica that no source wants. One that is scheduled for deletion already is as it should be. */
  orphan(place: ComparedPlace, replica: SecretDescription): void {
    const source = ownedSource(replica)?.name;
    const [first] = place.destinations;
    if (!place.isWhole || source === undefined || first === undefined || replica.deletedAt !== undefined) return;
    const orphan = { replica: replica.name, source };
    const named = destinationOf(this.#deps, place.destinations, orphan);
    const destination = named ?? first;
    this.#tally.at(destination).orphans += 1;
    this.count(destination);
    if (named?.config.onDelete === undefined) return this.#tell(destination, orphan, 'kept');
    const seen = this.#at(destination);
    if (this.#candidates < MAX_CARRIED) seen.orphans.push(orphan);
    else seen.more += 1;
  }

  /** The last act of a run. Resolves to what went wrong with it. */
  async deleteOrphans(run: RunState): Promise<readonly ReplicatorError[]> {
    const errors: ReplicatorError[] = [];
    for (const destination of this.#deps.destinations) {
      const brakes = destination.config.onDelete;
      const { replicas, orphans, more } = this.#at(destination);
      if (brakes === undefined || orphans.length === 0) continue;
      const seen = { ...run, replicas };
      const ended = await deleteOrphans(this.#deps, { ...run, destination, brakes, seen, orphans });
      const totals = this.#tally.at(destination);
      totals.deleted += ended.deleted.length;
      totals.heldBack += ended.heldBack.length + more;
      for (const orphan of orphans) {
        const ending = ended.deleted.includes(orphan)
          ? 'deleted'
          : ended.heldBack.includes(orphan)
            ? 'held back'
            : 'kept';
        this.#tell(destination, orphan, ending);
      }
      if (ended.error !== undefined) errors.push(asReplicatorError(ended.error));
    }
    return errors;
  }

  toCursor(): ReconcileCursor['destinations'] {
    return Object.fromEntries(this.#seen);
  }

  #tell({ config }: Destination, { source, replica }: Orphan, ending: 'kept' | 'deleted' | 'held back'): void {
    const detail = DETAILS[ending];
    this.#tally.tell({ source, destination: config.id, replica, drift: 'orphan', ending, detail });
  }

  /** At all destinations. */
  get #candidates(): number {
    return [...this.#seen.values()].reduce((sum, { orphans }) => sum + orphans.length, 0);
  }

  #at({ config }: Destination): SeenAt {
    const seen = this.#seen.get(config.id);
    if (seen === undefined) throw new TypeError('every destination of the run is looked at');
    return seen;
  }
}

const DETAILS = {
  kept: 'its source is gone or not selected here',
  deleted: 'its source is gone; it can be restored until its recovery window ends',
  'held back': 'its source is gone; the brakes of onDelete kept it',
} as const;
