import { doesIdentityRequireRefresh, isIdentityExpired, memoizeIdentityProvider } from '@smithy/core';
import { AssumeRoleCommand, STSClient } from '@aws-sdk/client-sts';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import { ReplicatorError } from '../core/failure.js';
import type { ClientConfig } from './client-config.js';
import { failureOf } from './failures.js';

export interface Role {
  readonly arn: string;
  readonly externalId?: string;
}

/** Seen in the other account's CloudTrail, so it says who we are. */
const SESSION_NAME = 'secrets-replicator';
/** A role that assumes a role gets one hour at most (STS API reference, AssumeRole). Seconds. */
const SESSION_SECONDS = 3_600;

/** Credentials of a role in another account, shared by every client of that role: one AssumeRole an hour, renewed five minutes early. */
export function assumedRole(home: ClientConfig, role: Role): AwsCredentialIdentityProvider {
  const sts = new STSClient(home);
  const provider = memoizeIdentityProvider<AwsCredentialIdentity>(
    () => assume(sts, role),
    isIdentityExpired,
    doesIdentityRequireRefresh,
  );
  if (provider === undefined) throw new TypeError('a provider was given and none came back');
  return provider;
}

async function assume(sts: STSClient, role: Role): Promise<AwsCredentialIdentity> {
  const region = await sts.config.region();
  try {
    const { Credentials: given } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: role.arn,
        RoleSessionName: SESSION_NAME,
        DurationSeconds: SESSION_SECONDS,
        ...(role.externalId === undefined ? {} : { ExternalId: role.externalId }),
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = given ?? {};
    // Without an end they would be kept for ever.
    if (AccessKeyId === undefined || SecretAccessKey === undefined || Expiration === undefined) {
      throw new ReplicatorError('ServiceError', `AssumeRole in ${region} answered without credentials`);
    }
    const session = SessionToken === undefined ? {} : { sessionToken: SessionToken };
    return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, expiration: Expiration, ...session };
  } catch (thrown) {
    throw failureOf(thrown, 'AssumeRole', region);
  }
}
