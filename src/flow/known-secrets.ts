import type { DestinationId, SecretArn, SecretName } from '../core/names.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { Clock } from './ports.js';

/** For so long a description is remembered: as old as a listing may be (aws-facts A6). Milliseconds. */
const KNOWN_FOR_MS = 5 * 60_000;
/** Descriptions kept; each takes about a kibibyte. */
const MAX_KNOWN = 5_000;

interface Known {
  readonly description: SecretDescription;
  readonly seenAt: number;
}

/**
 * Descriptions that this process has seen, of sources by their full ARN and of replicas by place and name. They only ever
 * shorten the way to a put of a version that nobody has seen before (docs/decisions/0007).
 */
export class KnownSecrets {
  readonly #clock: Clock;
  readonly #known = new Map<string, Known>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  source(arn: SecretArn): SecretDescription | undefined {
    return this.#recall(arn);
  }

  replica(destination: DestinationId, name: SecretName): SecretDescription | undefined {
    return this.#recall(`${destination} ${name}`);
  }

  rememberSource(description: SecretDescription): void {
    this.#remember(description.arn, description);
  }

  forgetSource(arn: SecretArn): void {
    this.#known.delete(arn);
  }

  rememberReplica(destination: DestinationId, description: SecretDescription): void {
    this.#remember(`${destination} ${description.name}`, description);
  }

  forgetReplica(destination: DestinationId, name: SecretName): void {
    this.#known.delete(`${destination} ${name}`);
  }

  #recall(key: string): SecretDescription | undefined {
    const known = this.#known.get(key);
    if (known === undefined || this.#clock.now() - known.seenAt < KNOWN_FOR_MS) return known?.description;
    this.#known.delete(key);
    return undefined;
  }

  /** What was remembered longest ago goes first. */
  #remember(key: string, description: SecretDescription): void {
    this.#known.delete(key);
    this.#known.set(key, { description, seenAt: this.#clock.now() });
    if (this.#known.size <= MAX_KNOWN) return;
    const [oldest] = this.#known.keys();
    if (oldest !== undefined) this.#known.delete(oldest);
  }
}
