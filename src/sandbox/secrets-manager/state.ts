/** A value as it was put: text or bytes, never both. A version that a rotation has only announced has neither. */
export interface SecretContent {
  readonly string?: string | undefined;
  readonly binary?: Uint8Array | undefined;
}

export interface SecretVersion extends SecretContent {
  /** The ClientRequestToken of the call that made it. */
  readonly id: string;
  /** Labels; none means deprecated. */
  readonly stages: readonly string[];
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

export interface ReplicaStatus {
  readonly region: string;
  readonly kmsKeyId?: string | undefined;
  readonly status: 'InSync' | 'Failed' | 'InProgress';
  readonly message?: string | undefined;
}

export interface RotationState {
  readonly enabled: boolean;
  readonly lambdaArn?: string | undefined;
  readonly rules?: Readonly<Record<string, unknown>> | undefined;
}

/** Everything the service keeps of one secret in one region. Never changed in place: a write makes the next state. */
export interface SecretState {
  readonly account: string;
  readonly region: string;
  readonly name: string;
  readonly arn: string;
  /** The six random characters that end the ARN. */
  readonly suffix: string;
  readonly description?: string | undefined;
  /** Absent for the AWS managed key. */
  readonly kmsKeyId?: string | undefined;
  /** Third-party partner that holds an external secret. */
  readonly type?: string | undefined;
  readonly tags: Readonly<Record<string, string>>;
  /** In order of creation. */
  readonly versions: readonly SecretVersion[];
  /** Instants in epoch milliseconds. */
  readonly createdAt: number;
  readonly changedAt: number;
  readonly accessedAt?: number | undefined;
  readonly rotatedAt?: number | undefined;
  /** The end of the recovery window; present while the secret is scheduled for deletion. */
  readonly deletedAt?: number | undefined;
  readonly rotation?: RotationState | undefined;
  readonly rotationEnabled: boolean;
  readonly owningService?: string | undefined;
  readonly policy?: string | undefined;
  /** The service's own replicas of this secret, by region. */
  readonly replication: readonly ReplicaStatus[];
  /** On a native replica: where its primary is. */
  readonly primaryRegion?: string | undefined;
}

export const CURRENT = 'AWSCURRENT';
export const PREVIOUS = 'AWSPREVIOUS';
export const PENDING = 'AWSPENDING';

/** True for a copy that the service itself keeps in another region; its writes belong to the primary. */
export function isReplica(secret: SecretState): boolean {
  return secret.primaryRegion !== undefined && secret.primaryRegion !== secret.region;
}

export function versionWithStage(secret: SecretState, stage: string): SecretVersion | undefined {
  return secret.versions.find((version) => version.stages.includes(stage));
}

export function versionWithId(secret: SecretState, id: string): SecretVersion | undefined {
  return secret.versions.find((version) => version.id === id);
}
