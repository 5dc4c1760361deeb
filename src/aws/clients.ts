import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { AwsCredentialIdentityProvider } from '@smithy/types';
import { once } from '../core/once.js';
import type { Role } from './assumed-role.js';
import type { ClientConfig, HttpHandler } from './client-config.js';

/** A connection that does not come about in this time is given up; the SDK itself would wait for ever. Milliseconds. */
const CONNECTION_TIMEOUT_MS = 1_000;
/** The same for an answer. Secrets Manager answers in tens of milliseconds; the first use of a key may take seconds. */
const REQUEST_TIMEOUT_MS = 5_000;

export interface ClientOptions {
  /** Where the function itself runs; STS is asked there, for every role. */
  readonly homeRegion: string;
  /** Replaces the network; for the stand-in. */
  readonly requestHandler?: HttpHandler;
  /** Credentials of our own; default: the environment's. */
  readonly credentials?: AwsCredentialIdentityProvider;
}

/** Clients of every region and role, each made on first use and kept. One attempt a call: attempts belong to the flow. */
export class Clients {
  readonly #options: ClientOptions;
  readonly #secrets = new Map<string, SecretsManagerClient>();
  readonly #roles = new Map<string, AwsCredentialIdentityProvider>();

  constructor(options: ClientOptions) {
    this.#options = options;
  }

  secretsManager(region: string, role?: Role): SecretsManagerClient {
    return kept(this.#secrets, `${region} ${roleKey(role)}`, () => {
      const credentials = role === undefined ? this.#options.credentials : this.#credentialsOf(role);
      return new SecretsManagerClient({ ...this.#base(region), ...(credentials === undefined ? {} : { credentials }) });
    });
  }

  #credentialsOf(role: Role): AwsCredentialIdentityProvider {
    return kept(this.#roles, roleKey(role), () => {
      // STS is loaded where a destination has a role, and when the first call to it is signed.
      const provider = once(async () => (await import('./assumed-role.js')).assumedRole(this.home(), role));
      return async (properties) => (await provider())(properties);
    });
  }

  /** For clients in the function's own region; those of other services are loaded when they are first used, by the modules that use them. */
  home(): ClientConfig {
    const { homeRegion, credentials } = this.#options;
    return { ...this.#base(homeRegion), ...(credentials === undefined ? {} : { credentials }) };
  }

  #base(region: string): ClientConfig {
    const requestHandler = this.#options.requestHandler ?? networkHandler();
    return { region, maxAttempts: 1, requestHandler };
  }
}

function networkHandler(): HttpHandler {
  return new NodeHttpHandler({
    connectionTimeout: CONNECTION_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    throwOnRequestTimeout: true,
    // An answer that has begun and does not go on.
    socketTimeout: REQUEST_TIMEOUT_MS,
  });
}

function roleKey(role: Role | undefined): string {
  return role === undefined ? '' : `${role.arn} ${role.externalId ?? ''}`;
}

function kept<T>(cache: Map<string, T>, key: string, make: () => T): T {
  const found = cache.get(key);
  if (found !== undefined) return found;
  const made = make();
  cache.set(key, made);
  return made;
}
