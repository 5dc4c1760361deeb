import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { once } from '../core/once.js';
import type { Role } from './assumed-role.js';
import { storedCredentials, type StoredCredentials } from './stored-credentials.js';
import type { ClientConfig, HttpHandler } from './client-config.js';

/** A connection that does not come about in this time is given up; the SDK itself would wait for ever. Milliseconds. */
const CONNECTION_TIMEOUT_MS = 1_000;
/** The same for an answer. Secrets Manager answers in tens of milliseconds; the first use of a key may take seconds. */
const REQUEST_TIMEOUT_MS = 5_000;

export interface ClientOptions {
  /** Where the function itself runs; STS is asked there, for every role. */
  readonly homeRegion: string;
  /** How long an answer may take; default 5,000 milliseconds. */
  readonly answerMs?: number;
  /** Replaces the network; for the stand-in. */
  readonly requestHandler?: HttpHandler;
  /** Epoch milliseconds; without it stored credentials are kept as long as the process. */
  readonly now?: () => number;
  /** Credentials of our own; default: the environment's. */
  readonly credentials?: AwsCredentialIdentityProvider;
}

/** Whose credentials a destination is written with, where they are not our own. */
export type Identity = Role | StoredCredentials;

/** Clients of every region and role, each made on first use and kept. One attempt a call: attempts belong to the flow. */
export class Clients {
  readonly #options: ClientOptions;
  readonly #secrets = new Map<string, SecretsManagerClient>();
  readonly #identities = new Map<string, AwsCredentialIdentityProvider>();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  secretsManager(region: string, identity?: Identity): SecretsManagerClient {
    return kept(this.#secrets, `${region} ${keyOf(identity)}`, () => {
      const credentials = identity === undefined ? this.#options.credentials : this.#credentialsOf(identity);
      return new SecretsManagerClient({ ...this.#base(region), ...(credentials === undefined ? {} : { credentials }) });
    });
  }

  #credentialsOf(identity: Identity): AwsCredentialIdentityProvider {
    return kept(this.#identities, keyOf(identity), () => {
      if ('secret' in identity) {
        return storedCredentials(this.secretsManager(identity.region), identity, this.#options.now);
      }
      // STS is loaded where a destination has a role, and when the first call to it is signed.
      const provider = once(async () => (await import('./assumed-role.js')).assumedRole(this.home(), identity));
      return async (properties) => (await provider())(properties);
    });
  }

  /** For clients in the function's own region; those of other services are loaded when they are first used, by the modules that use them. */
  home(): ClientConfig {
    const { homeRegion, credentials } = this.#options;
    return { ...this.#base(homeRegion), ...(credentials === undefined ? {} : { credentials }) };
  }

  #base(region: string): ClientConfig {
    const requestHandler = this.#options.requestHandler ?? networkHandler(this.#options.answerMs);
    return { region, maxAttempts: 1, requestHandler };
  }
}

/** Whose credentials a destination is written with; undefined: our own. `region` is that of the sources. */
export function identityOf(
  { role, credentialsSecret: secret }: { readonly role?: Role; readonly credentialsSecret?: string },
  region: string,
): Identity | undefined {
  return role ?? (secret === undefined ? undefined : { secret, region });
}

function networkHandler(answerMs = REQUEST_TIMEOUT_MS): HttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: answerMs,
    throwOnRequestTimeout: true,
    // An answer that has begun and does not go on.
    socketTimeout: answerMs,
  });
}

function keyOf(identity: Identity | undefined): string {
  if (identity === undefined) return '';
  return 'secret' in identity
    ? `${identity.region} ${identity.secret}`
    : `${identity.arn} ${identity.externalId ?? ''}`;
}

function kept<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const found = cache.get(key);
  if (found !== undefined) return found;
  const made = make();
  cache.set(key, made);
  return made;
}
