import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core';
import { GetSecretValueCommand, type SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { ReplicatorError } from '../core/failure.js';
import { CURRENT } from '../core/secret-description.js';
import { failureOf } from './failures.js';

/** Credentials kept in a secret of our own account: `{ "accessKeyId", "secretAccessKey", "sessionToken"? }`. */
export interface StoredCredentials {
  /** Name or ARN. */
  readonly secret: string;
  readonly region: string;
}

/** Read again when ten of these minutes have passed (five are the early refresh), so that rotated keys come into use. Milliseconds. */
const KEPT_MS = 15 * 60_000;

/** Credentials for another partition, where no role of ours is known. Shared by every client that uses the secret. */
export function storedCredentials(
  client: SecretsManagerClient,
  stored: StoredCredentials,
  now: (() => number) | undefined,
): AwsCredentialIdentityProvider {
  const provider = memoizeIdentityProvider<AwsCredentialIdentity>(
    () => read(client, stored, now),
    isIdentityExpired,
    doesIdentityRequireRefresh,
  );
  if (provider === undefined) throw new TypeError('a provider was given and none came back');
  return provider;
}

async function read(
  client: SecretsManagerClient,
  { secret, region }: StoredCredentials,
  now: (() => number) | undefined,
): Promise<AwsCredentialIdentity> {
  const command = new GetSecretValueCommand({ SecretId: secret, VersionStage: CURRENT });
  const answer = await client.send(command).catch((thrown: unknown) => {
    throw failureOf(thrown, 'GetSecretValue for credentialsSecret', region);
  });
  const fields = fieldsOf(answer.SecretString);
  const [accessKeyId, secretAccessKey] = [textIn(fields, 'accessKeyId'), textIn(fields, 'secretAccessKey')];
  if (accessKeyId === undefined || secretAccessKey === undefined) throw unusable(region);
  const sessionToken = textIn(fields, 'sessionToken');
  return {
    accessKeyId,
    secretAccessKey,
    ...(now === undefined ? {} : { expiration: new Date(now() + KEPT_MS) }),
    ...(sessionToken === undefined ? {} : { sessionToken }),
  };
}

function fieldsOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

function textIn(fields: unknown, name: string): string | undefined {
  if (typeof fields !== 'object' || fields === null) return undefined;
  const value: unknown = Reflect.get(fields, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function unusable(region: string): ReplicatorError {
  const wanted = '{ "accessKeyId": "...", "secretAccessKey": "..." }, with "sessionToken" where there is one';
  return new ReplicatorError(
    'CredentialsExpired',
    `the credentialsSecret in ${region} is no JSON of the form ${wanted}`,
  );
}
