import type { ReplicationConfig } from '../core/config.js';
import { asReplicatorError, ReplicatorError } from '../core/failure.js';
import type { SecretId, VersionId } from '../core/names.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { KnownSecrets } from './known-secrets.js';
import { SECOND_LOOK_MS } from './look-at-source.js';
import { pause } from './pause.js';
import type { Clock, Deadline, VersionedValue } from './ports.js';
import type { SharedReads } from './shared-reads.js';
import type { SteadyStore } from './steady-store.js';
import { subjectOf, type Subject } from './subject.js';

export interface LooksDeps {
  readonly config: ReplicationConfig;
  readonly source: SteadyStore;
  readonly reads: SharedReads;
  readonly known: KnownSecrets;
  readonly clock: Clock;
  readonly deadline: Deadline;
}

/** The source as one look showed it. Its value is read once, by the first destination that needs it, and shared. */
export class Look implements Subject {
  readonly description: Subject['description'];
  readonly version: Subject['version'];
  readonly #reads: SharedReads;
  #value: Promise<VersionedValue | ReplicatorError> | undefined;

  constructor(reads: SharedReads, { description, version }: Subject, value?: VersionedValue) {
    this.#reads = reads;
    this.description = description;
    this.version = version;
    this.#value = value === undefined ? undefined : Promise.resolve(value);
  }

  /** The value, of this version or of a newer one, or why it could not be read. Never rejects. */
  value(): Promise<VersionedValue | ReplicatorError> {
    this.#value ??= this.#reads.read(this.description.arn).catch(whyNotRead);
    return this.#value;
  }
}

function whyNotRead(thrown: unknown): ReplicatorError {
  const error = asReplicatorError(thrown);
  const gone = error.code === 'NotFound' || error.code === 'InvalidRequest';
  return gone ? new ReplicatorError('Raced', 'the source lost its value while it was read', { cause: error }) : error;
}

/** What a later look showed; `look` is undefined where the source is none any more. */
export interface Seen {
  readonly description: SecretDescription | undefined;
  readonly look: Look | undefined;
}

/** One source's looks during one change, shared by its destinations. */
export class SourceLooks {
  readonly #deps: LooksDeps;
  readonly #secret: SecretId;
  #last: Look;
  #running: Promise<Seen> | undefined;
  #next: Promise<Seen> | undefined;

  constructor(deps: LooksDeps, first: Subject, value?: VersionedValue) {
    this.#deps = deps;
    this.#secret = first.description.arn as string as SecretId;
    this.#last = new Look(deps.reads, first, value);
  }

  /** The newest look at a source that was one. */
  get last(): Look {
    return this.#last;
  }

  /**
   * A look that begins after this call and shows at least what `look` and the version that came of it showed; where it does
   * not, once more after a pause. Rejects with SourceNotVisible if that is not fresh either, so that the queue delivers again.
   */
  async after(look: Look, version: VersionId): Promise<Seen> {
    const first = await this.#again();
    if (!isStale(first, look, version)) return first;
    await pause(this.#deps, SECOND_LOOK_MS);
    const second = await this.#again();
    if (!isStale(second, look, version)) return second;
    throw new ReplicatorError(
      'SourceNotVisible',
      'the source shows an older state than the one that was just replicated',
    );
  }

  /** Those who ask while another look is under way share the next. */
  #again(): Promise<Seen> {
    if (this.#running === undefined) return this.#begin();
    this.#next ??= this.#afterRunning(this.#running);
    return this.#next;
  }

  async #afterRunning(running: Promise<Seen>): Promise<Seen> {
    await running.catch(() => undefined);
    this.#next = undefined;
    return this.#begin();
  }

  #begin(): Promise<Seen> {
    const running = this.#look().finally(() => {
      if (this.#running === running) this.#running = undefined;
    });
    this.#running = running;
    return running;
  }

  async #look(): Promise<Seen> {
    const { source, config, reads, known } = this.#deps;
    const description = await source.describe(this.#secret);
    const subject = subjectOf(config, description);
    if ('ignored' in subject) {
      known.forgetSource(this.#last.description.arn);
      return { description, look: undefined };
    }
    known.rememberSource(subject.description);
    this.#last = new Look(reads, subject);
    return { description, look: this.#last };
  }
}

/** A version that is not listed was pushed out by newer ones, or is not visible here yet. The date tells. */
function isStale({ description }: Seen, look: Look, version: VersionId): boolean {
  if (description?.changedAt === undefined || description.deletedAt !== undefined) return false;
  return !description.versions.has(version) && description.changedAt <= (look.description.changedAt ?? 0);
}
