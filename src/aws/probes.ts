import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  UpdateSecretVersionStageCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import type { FailureCode, ReplicatorError } from '../core/failure.js';
import type { SecretArn, VersionId } from '../core/names.js';
import { CURRENT } from '../core/secret-description.js';
import { failureOf } from './failures.js';

/** A version id that no secret has: an id is 32 to 64 characters, and the service's and ours are random or a digest. */
const NO_VERSION = '0'.repeat(64);
/** A name that nobody has for the same reason. */
const NO_SECRET = `secrets-replicator/doctor/${'0'.repeat(64)}`;

/** Refusals that come after the permission was looked at. */
const ANSWERS: ReadonlySet<FailureCode> = new Set(['NotFound', 'InvalidParameter', 'InvalidRequest', 'AlreadyExists']);

/**
 * Calls that are allowed or denied like the real ones and cannot take effect: they ask for a version that does not exist, or
 * repeat the token of one that does with another value, which the service refuses since a version never changes (API
 * reference, PutSecretValue). No value is answered by any of them. Each resolves if it was allowed, and rejects with why not.
 */
export class Probes {
  readonly #client: SecretsManagerClient;
  readonly #region: string;

  constructor(client: SecretsManagerClient, region: string) {
    this.#client = client;
    this.#region = region;
  }

  describe(signal: AbortSignal): Promise<void> {
    const command = new DescribeSecretCommand({ SecretId: NO_SECRET });
    return this.#ask('DescribeSecret', () => this.#client.send(command, { abortSignal: signal }));
  }

  read(secret: SecretArn, signal: AbortSignal): Promise<void> {
    const command = new GetSecretValueCommand({ SecretId: secret, VersionId: NO_VERSION });
    return this.#ask('GetSecretValue', () => this.#client.send(command, { abortSignal: signal }));
  }

  promote(secret: SecretArn, signal: AbortSignal): Promise<void> {
    const move = { SecretId: secret, VersionStage: CURRENT, MoveToVersionId: NO_VERSION };
    const command = new UpdateSecretVersionStageCommand(move);
    return this.#ask('UpdateSecretVersionStage', () => this.#client.send(command, { abortSignal: signal }));
  }

  /** Needs the key as well: the service decrypts the version it is asked to repeat. */
  put(secret: SecretArn, existing: VersionId, signal: AbortSignal): Promise<void> {
    const repeat = { SecretId: secret, ClientRequestToken: existing, SecretString: NO_SECRET };
    const command = new PutSecretValueCommand(repeat);
    return this.#ask('PutSecretValue', () => this.#client.send(command, { abortSignal: signal }));
  }

  async #ask(operation: string, send: () => Promise<unknown>): Promise<void> {
    try {
      await send();
    } catch (thrown) {
      const error: ReplicatorError = failureOf(thrown, operation, this.#region);
      if (!ANSWERS.has(error.code)) throw error;
    }
  }
}
