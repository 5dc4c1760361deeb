import { driftOf } from '../core/drift.js';
import { ReplicatorError } from '../core/failure.js';
import { parseSecretArn } from '../core/names.js';
import { ownedSource } from '../core/ownership.js';
import { MAX_CARRIED, type ReconcileCursor } from '../core/reconcile-cursor.js';
import type { SecretDescription } from '../core/secret-description.js';
import { aimedAt, stepFor, targetAt, tokenFor } from './aim.js';
import { BLOCKED } from './carry-out.js';
import type { Compared, ComparedPlace } from './compared-place.js';
import type { ConfirmDeps, Suspect } from './confirm-drift.js';
import type { Destination } from './destination.js';
import { orphansAmong } from './orphans.js';
import { placesOf, type PlacesInput } from './places.js';
import { ReconcileTally, type Finding } from './reconcile-tally.js';
import { SeenReplicas } from './seen-replicas.js';
import { isSelectedFor, subjectOf, type Subject } from './subject.js';
import { SuspectList } from './suspect-list.js';

export interface ReconcileDeps extends ConfirmDeps, PlacesInput {
  readonly onFinding: (finding: Finding) => void;
  /** Entries of both lists that may wait for their other half, all places together; default 10,000, some 10 MB. */
  readonly maxHeld?: number;
}

const MAX_HELD = 10_000;
/** Of what is held too long, how many entries are looked at before the clock is. */
const CHUNK = 50;

/** The state of one run in one invocation: what is compared, what looks wrong, what is counted. */
export class ReconcileRun {
  readonly places: readonly ComparedPlace[];
  readonly tally: ReconcileTally;
  readonly replicas: SeenReplicas;
  readonly suspects: SuspectList;
  /** Owner of the sources; undefined until one was seen. */
  account: string | undefined;
  sources: number;
  #hasFailed: boolean;
  /** Sources were let go of before their replicas were listed, so a replica without a source may have one after all. */
  #hasLetGo: boolean;
  readonly #deps: ReconcileDeps;
  readonly #isTimeUp: () => boolean;
  readonly #before: readonly string[];
  readonly #part: number;

  constructor(deps: ReconcileDeps, isTimeUp: () => boolean, cursor?: ReconcileCursor) {
    this.#deps = deps;
    this.#isTimeUp = isTimeUp;
    this.#before = cursor?.unreadable ?? [];
    this.#part = cursor?.part ?? 1;
    this.places = placesOf(deps, cursor?.places).filter(({ key }) => !this.#before.includes(key));
    this.tally = new ReconcileTally(deps.destinations, deps.onFinding);
    this.replicas = new SeenReplicas(deps, this.tally, cursor?.destinations);
    this.account = cursor?.account;
    this.sources = cursor?.sources ?? 0;
    this.#hasFailed = cursor?.failed ?? false;
    this.#hasLetGo = cursor !== undefined;
    this.suspects = new SuspectList(deps, (one) => this.replicas.confirmed(one), cursor);
  }

  /** Anything that a run shall not delete after. */
  get hasFailed(): boolean {
    return this.#hasFailed || this.suspects.hasFailed || this.suspects.hasLost;
  }

  /** Places whose list could not be read to the end, in this invocation or one before it. */
  get unreadable(): string[] {
    return [...this.#before, ...this.places.filter(({ failure }) => failure !== undefined).map(({ key }) => key)];
  }

  /** Ours: the replica of a source of this very region and account. */
  readonly isOurs = (secret: SecretDescription): boolean => {
    const owner = ownedSource(secret);
    return owner !== undefined && owner.region === this.#deps.config.source.region && owner.account === this.account;
  };

  /** A page of sources beside as much of every destination as belongs to it. */
  async compare(secrets: readonly SecretDescription[]): Promise<void> {
    const furthest = new Map<ComparedPlace, string>();
    for (const secret of secrets) {
      this.account ??= parseSecretArn(secret.arn)?.account;
      const subject = subjectOf(this.#deps.config, secret);
      if ('ignored' in subject) continue;
      this.sources += 1;
      for (const place of this.places) {
        const names = place.destinations.map((destination) => this.#lookFor(place, destination, subject));
        furthest.set(
          place,
          names.reduce((far, name) => (name > far ? name : far), furthest.get(place) ?? ''),
        );
      }
    }
    await Promise.all(
      this.places.map(async (place) => {
        for (const one of await place.readTo(furthest.get(place) ?? '', this.isOurs, this.#isTimeUp)) this.judge(one);
      }),
    );
  }

  /** The name that is looked for; empty: none. */
  #lookFor(place: ComparedPlace, destination: Destination, subject: Subject): string {
    if (place.failure !== undefined || !isSelectedFor(destination, subject.description)) return '';
    const target = targetAt(subject.description, destination);
    if (target.kind === 'missed') {
      this.#suspect(subject, destination, 'missing');
      return '';
    }
    const compared = place.lookFor({ ...subject, target });
    if (compared !== undefined) this.judge(compared);
    return target.replica.name;
  }

  /** What the lists alone can tell. Whatever would be written is only a suspicion: lists may be minutes old. */
  judge({ wanted, replica }: Compared): void {
    const { description: source, version, target } = wanted;
    const { destination } = target;
    const step = stepFor(source, version, aimedAt(target, replica));
    const totals = this.tally.at(destination);
    if (replica !== undefined && replica.deletedAt === undefined && step.kind !== 'blocked') {
      this.replicas.count(destination);
    }
    if (step.kind === 'unchanged') totals.inSync += 1;
    else if (step.kind === 'held') this.tally.held(destination, { source: source.name, replica: target.replica.name });
    else if (step.kind === 'blocked') {
      const names = { source: source.name, replica: target.replica.name };
      this.tally.blocked(destination, names, new ReplicatorError(step.reason, BLOCKED[step.reason]));
    } else {
      const tokenOf = (one: typeof version) => tokenFor(source, one, target);
      this.#suspect(wanted, destination, driftOf({ step, source, replica, tokenOf }) ?? 'missing');
    }
  }

  #suspect({ description }: Subject, destination: Destination, drift: Suspect['drift']): void {
    const { arn: secret, name, changedAt } = description;
    this.suspects.add({ secret, name, destination, drift, changedAt });
  }

  /** Keeps what is held within bounds: what has waited longest is looked at on its own. */
  async letGo(): Promise<void> {
    const { maxHeld = MAX_HELD } = this.#deps;
    while (this.places.reduce((sum, { held }) => sum + held, 0) > maxHeld && !this.#isTimeUp()) {
      const fullest = this.places.reduce((one, other) => (other.held > one.held ? other : one));
      await this.#letGoOf(fullest, CHUNK);
      await this.suspects.confirm(this.#isTimeUp);
    }
  }

  async #letGoOf(place: ComparedPlace, most: number): Promise<void> {
    this.#hasLetGo = true;
    this.#letGoWanted(place, most);
    await this.#unclaimed(place, place.takeUnclaimed(most));
  }

  #letGoWanted(place: ComparedPlace, most: number): void {
    for (const wanted of place.takeWanted(most)) this.judge({ wanted, replica: undefined });
  }

  async #unclaimed(place: ComparedPlace, replicas: readonly SecretDescription[]): Promise<void> {
    const { orphans, untold } = await orphansAmong(this.#deps, place.destinations, replicas);
    if (untold > 0) this.#hasFailed = true;
    for (const replica of orphans) this.replicas.orphan(place, replica);
  }

  /** The sources have ended: a replica that none of them wanted is an orphan. */
  async orphan(place: ComparedPlace): Promise<void> {
    const replicas = place.takeUnclaimed(Infinity);
    if (this.#hasLetGo) await this.#unclaimed(place, replicas);
    else for (const replica of replicas) this.replicas.orphan(place, replica);
  }

  /** Both lists have ended: what is still wanted is missing. */
  async conclude(place: ComparedPlace): Promise<void> {
    this.#letGoWanted(place, Infinity);
    await this.orphan(place);
  }

  /** For the next invocation. Whatever has waited for its other half is looked at on its own, here or there. */
  async handOn(source: string | null): Promise<ReconcileCursor> {
    for (const place of this.places) {
      this.#letGoWanted(place, Infinity);
      await this.#letGoOf(place, MAX_CARRIED);
    }
    const suspects = this.suspects.carry();
    return {
      part: this.#part + 1,
      source,
      places: Object.fromEntries(this.places.flatMap(({ key, next }) => (next === undefined ? [] : [[key, next]]))),
      unreadable: this.unreadable,
      ...(this.account === undefined ? {} : { account: this.account }),
      sources: this.sources,
      failed: this.hasFailed,
      lost: this.suspects.hasLost,
      destinations: this.replicas.toCursor(),
      suspects,
    };
  }
}
