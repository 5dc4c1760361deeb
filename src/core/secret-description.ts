import type { Region, SecretArn, SecretName, VersionId } from './names.js';

/** What can be known of a secret without reading its value. Source and replica have the same shape. */
export interface SecretDescription {
  readonly arn: SecretArn;
  readonly name: SecretName;
  readonly description?: string;
  /** Absent: the service's own key. An id, an ARN or an alias, as it was set. */
  readonly kmsKeyId?: string;
  readonly tags: ReadonlyMap<string, string>;
  /** Staging labels by version. Versions without a label are not listed by the service. */
  readonly versions: ReadonlyMap<VersionId, readonly string[]>;
  /** When anything of it changed last; epoch milliseconds. */
  readonly changedAt?: number;
  /** Set while the secret is scheduled for deletion: its value cannot be read or written then. Epoch milliseconds. */
  readonly deletedAt?: number;
  /** Set on secrets under AWS's own replication: where the primary lives. */
  readonly primaryRegion?: Region;
  /** Set on secrets that another AWS service owns, `rds` for instance. */
  readonly owningService?: string;
  readonly rotationEnabled: boolean;
}

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';

/** The version with AWSCURRENT; undefined for a secret that never had a value. */
export function currentVersion(secret: SecretDescription): VersionId | undefined {
  return versionAt(secret, CURRENT);
}

/** The version that carries a label; a label sits on one version at most. */
export function versionAt(secret: SecretDescription, stage: string): VersionId | undefined {
  for (const [version, stages] of secret.versions) if (stages.includes(stage)) return version;
  return undefined;
}
