import type { SecretArn, SecretId, SecretName, VersionId } from '../core/names.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { SecretValue } from '../core/secret-value.js';

/** The world outside, as small as this floor needs it. Every method rejects with ReplicatorError and nothing else. */

export interface VersionedValue {
  readonly version: VersionId;
  readonly value: SecretValue;
  /** When the version was made; epoch milliseconds. */
  readonly createdAt?: number;
}

export interface NewSecret {
  readonly name: SecretName;
  readonly token: VersionId;
  readonly value: SecretValue;
  readonly description?: string;
  readonly tags: ReadonlyMap<string, string>;
  readonly kmsKeyId?: string;
}

export interface Promotion {
  readonly secret: SecretArn;
  readonly to: VersionId;
  /** The version that must hold AWSCURRENT for the move to happen. */
  readonly from: VersionId | undefined;
}

export interface Amendment {
  readonly description?: string;
  readonly kmsKeyId?: string;
}

export interface SecretPage {
  readonly secrets: readonly SecretDescription[];
  /** Where the next page begins; undefined: this was the last. A page may be empty and not be the last. */
  readonly next: string | undefined;
}

/** The secrets of one region as one identity sees them. */
export interface SecretStore {
  /** Undefined: there is no such secret. */
  describe(secret: SecretId, signal: AbortSignal): Promise<SecretDescription | undefined>;
  /** The current value and its version. */
  read(secret: SecretArn, signal: AbortSignal): Promise<VersionedValue>;
  /** The same of up to 20 secrets of this very account in one call. What is missing could not be read in this way. */
  readMany(secrets: readonly SecretArn[], signal: AbortSignal): Promise<ReadonlyMap<SecretArn, VersionedValue>>;
  create(secret: NewSecret, signal: AbortSignal): Promise<void>;
  /** Resolves to the staging labels the version holds afterwards; an ignored repetition may lack AWSCURRENT. */
  put(secret: SecretArn, token: VersionId, value: SecretValue, signal: AbortSignal): Promise<readonly string[]>;
  promote(promotion: Promotion, signal: AbortSignal): Promise<void>;
  restore(secret: SecretArn, signal: AbortSignal): Promise<void>;
  /** Up to a hundred secrets, by name, those scheduled for deletion included; may miss the last minutes' changes. */
  list(from: string | undefined, signal: AbortSignal): Promise<SecretPage>;
  tag(secret: SecretArn, tags: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void>;
  untag(secret: SecretArn, keys: readonly string[], signal: AbortSignal): Promise<void>;
  /** Description and key, where given; never the value. */
  amend(secret: SecretArn, change: Amendment, signal: AbortSignal): Promise<void>;
  /** When its versions were made, those without a label included, as many as it keeps; epoch milliseconds. */
  versionDates(secret: SecretArn, signal: AbortSignal): Promise<readonly number[]>;
  /** Schedules the deletion; until its day the secret can be restored. */
  delete(secret: SecretArn, recoveryDays: number, signal: AbortSignal): Promise<void>;
  /** Resolves if the region answers us at all; the cheapest call there is. */
  probe(signal: AbortSignal): Promise<void>;
}

/** Time as an argument. */
export interface Clock {
  /** Epoch milliseconds. */
  now(): number;
  /** Resolves after that many milliseconds; rejects with the signal's reason if it aborts first. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

/** How long an invocation may go on: past `at` (epoch milliseconds) nothing new begins, and `signal` ends what is under way. */
export interface Deadline {
  readonly at: number;
  readonly signal: AbortSignal;
}
