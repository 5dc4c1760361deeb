import type { Clients } from '../aws/clients.js';
import type { Log } from '../aws/log.js';
import { PublishedObject, type ObjectRead, type PublishedObjectDeps } from '../aws/published-object.js';
import { configDigest } from '../core/config-digest.js';
import { asReplicatorError, ReplicatorError } from '../core/failure.js';
import type { DataPoint } from '../core/metrics.js';
import {
  BUCKET,
  MAX_RULES_BYTES,
  RULES_TTL,
  RULES_TTL_SECONDS,
  RULES_TTL_TAKES,
  RULES_URI_TAKES,
  rulesObjectAt,
} from '../core/rules-object.js';
import type { RulesSettings } from '../core/settings.js';
import type { Clock } from '../flow/ports.js';
import type { CompiledConfig } from '../transform/compile-checked.js';
import { judgedRules, type JudgeDeps, type JudgedRules, type Objection } from './judged-rules.js';

/** A read takes no longer, and no more than this share of the time that the invocation has. Milliseconds. */
const READ_MS = 2_000;
const READ_SHARE = 0.25;
/** After reads that failed, the wait for the next one doubles up to this. Milliseconds. */
const MAX_WAIT_MS = 5 * 60_000;

/** Which rules are in force in this process. */
export interface RulesInForce {
  readonly object: string;
  /** `bundle`: no object has been taken yet. */
  readonly from: 'object' | 'bundle';
  readonly etag?: string;
  /** ISO 8601; when this process took them. */
  readonly since?: string;
  /** ISO 8601; when S3 last said what the object is. */
  readonly readAt?: string;
  /** Why they are not those of the object; ISO 8601 of the last try. */
  readonly refusal?: Objection & { readonly at: string };
}

/** The invocation, as far as it is told. */
interface Listener {
  readonly log: Log;
  record(points: readonly DataPoint[]): void;
}

/** What an invocation works with from its beginning to its end, and what it has to tell of how that came about. */
interface Current {
  /** Undefined: what was deployed. */
  readonly compiled: CompiledConfig | undefined;
  readonly tell: (invocation: Listener) => void;
}

type Tell = Current['tell'];
const nothing: Tell = () => undefined;

export interface PublishedRulesDeps extends JudgeDeps {
  readonly uri: string;
  readonly ttlMs: number;
  readonly object: Pick<PublishedObject, 'read'>;
  readonly clock: Pick<Clock, 'now'>;
  /** What counts a try after which the rules in force are not those of the object. */
  readonly counted: DataPoint;
}

interface Parts extends Omit<PublishedRulesDeps, 'uri' | 'ttlMs' | 'object'>, Pick<PublishedObjectDeps, 'failureOf'> {
  readonly clients: Clients;
}

/** Throws ReplicatorError for a setting that cannot be understood. */
export function publishedRules(settings: RulesSettings, { clients, failureOf, ...deps }: Parts): PublishedRules {
  const { uri, given } = settings;
  const object = publishedObject(settings, { clients, failureOf });
  const seconds = Number(given(RULES_TTL) ?? RULES_TTL_SECONDS.usual);
  if (!(seconds >= RULES_TTL_SECONDS.least && seconds <= RULES_TTL_SECONDS.most)) {
    throw wrong(`${RULES_TTL} takes ${RULES_TTL_TAKES}`);
  }
  return new PublishedRules({ ...deps, uri, ttlMs: seconds * 1_000, object });
}

/** The object, in the home region of the clients. Throws ReplicatorError for an address that is none. */
export function publishedObject(
  { uri, given }: RulesSettings,
  { clients, failureOf }: Pick<Parts, 'clients' | 'failureOf'>,
): PublishedObject {
  const object = rulesObjectAt(uri);
  if (object === undefined || !BUCKET.test(object.bucket)) {
    throw wrong(`REPLICATOR_CONFIG takes the path of a file, or ${RULES_URI_TAKES}`);
  }
  const endpoint = given('AWS_ENDPOINT_URL_S3') ?? given('AWS_ENDPOINT_URL');
  const client = clients.secretsManager(clients.home().region);
  return new PublishedObject({ client, object, endpoint, failureOf });
}

/**
 * Rules from an object in S3, in the place of the deployed ones. Looked at when an invocation begins, at most once in a TTL;
 * whatever is wrong with the object or on the way to it, the last rules that were good stay in force (docs/decisions/0018).
 */
export class PublishedRules {
  readonly #deps: PublishedRulesDeps;
  /** Undefined: those of the bundle are in force. */
  #taken: { readonly etag: string; readonly since: string; readonly compiled: CompiledConfig } | undefined;
  /** The object as it was last seen; while it has this ETag it is neither sent nor compiled again. */
  #seen: Pick<JudgedRules, 'etag' | 'objection'> | undefined;
  #refusal: RulesInForce['refusal'];
  #readAt: number | undefined;
  #failures = 0;
  #dueAt = Number.NEGATIVE_INFINITY;
  #trying: Promise<Tell> | undefined;

  constructor(deps: PublishedRulesDeps) {
    this.#deps = deps;
  }

  /** What is in force now. Never rejects. Of several invocations that begin meanwhile, one tells. */
  async current(remainingMs = Number.POSITIVE_INFINITY): Promise<Current> {
    let tell = nothing;
    if (this.#trying !== undefined) await this.#trying;
    else if (this.#deps.clock.now() >= this.#dueAt) {
      this.#trying = this.#try(Math.max(1, Math.floor(Math.min(READ_MS, remainingMs * READ_SHARE))));
      tell = await this.#trying;
      this.#trying = undefined;
    }
    return { compiled: this.#taken?.compiled, tell };
  }

  get inForce(): RulesInForce {
    const { etag, since } = this.#taken ?? {};
    return {
      object: this.#deps.uri,
      from: this.#taken === undefined ? 'bundle' : 'object',
      ...(etag === undefined || since === undefined ? {} : { etag, since }),
      ...(this.#readAt === undefined ? {} : { readAt: iso(this.#readAt) }),
      ...(this.#refusal === undefined ? {} : { refusal: this.#refusal }),
    };
  }

  async #try(timeMs: number): Promise<Tell> {
    const { object } = this.#deps;
    try {
      return await this.#look(await object.read(this.#seen?.etag, MAX_RULES_BYTES, AbortSignal.timeout(timeMs)));
    } catch (thrown) {
      return this.#unread(asReplicatorError(thrown));
    }
  }

  async #look(read: ObjectRead): Promise<Tell> {
    const now = this.#deps.clock.now();
    [this.#readAt, this.#dueAt, this.#failures] = [now, now + this.#deps.ttlMs, 0];
    // Something between S3 and us may not know conditions.
    const isKnown = read.kind === 'same' || read.etag === this.#seen?.etag;
    const judged = isKnown ? undefined : await judgedRules(this.#deps, read);
    if (judged !== undefined) {
      const { etag, compiled } = judged;
      this.#seen = judged.objection === undefined ? { etag } : { etag, objection: judged.objection };
      if (compiled !== undefined) this.#taken = { etag, since: iso(now), compiled };
    }
    const objection = this.#seen?.objection;
    if (objection !== undefined) return this.#refused({ ...objection, at: iso(now) });
    this.#refusal = undefined;
    if (judged?.compiled === undefined) return nothing;
    const taken = { object: this.#deps.uri, etag: judged.etag, config: configDigest(judged.compiled.config) };
    return ({ log }) => log.info('rules taken', taken);
  }

  /** Of a cause that passes the first time is only noted: what is in force is hardly older than the next try may find it. */
  #unread({ code, message: reason, remedy }: ReplicatorError): Tell {
    const now = this.#deps.clock.now();
    const isBlip = remedy === 'again' && this.#failures === 0 && this.#readAt !== undefined;
    const waitMs = Math.min(this.#deps.ttlMs * 2 ** this.#failures, MAX_WAIT_MS);
    this.#failures += 1;
    this.#dueAt = now + Math.max(this.#deps.ttlMs, waitMs);
    if (!isBlip) return this.#refused({ code, reason, at: iso(now) });
    return ({ log }) => log.warn('rules not read', { object: this.#deps.uri, code, reason });
  }

  #refused(refusal: NonNullable<RulesInForce['refusal']>): Tell {
    this.#refusal = refusal;
    const { code, reason, etag } = refusal;
    return (invocation) => {
      invocation.record([this.#deps.counted]);
      invocation.log.error('rules refused', { object: this.#deps.uri, etag, code, reason });
    };
  }
}

const wrong = (message: string) => new ReplicatorError('InvalidParameter', message);
const iso = (ms: number) => new Date(ms).toISOString();
