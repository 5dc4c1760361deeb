import { drawText, drawUuid } from '../chance.js';
import { arnOf } from './resolve.js';
import { CURRENT, type RotationState, type SecretState, type SecretVersion } from './state.js';
import type { SecretStore } from './store.js';

/** What may be said of a secret that is put there; all but the name has a default. */
export interface Seed {
  readonly name: string;
  /** The value of AWSCURRENT. Neither text nor bytes: a secret without versions. */
  readonly string?: string;
  readonly binary?: Uint8Array;
  readonly versionId?: string;
  /** Instead of string, binary and versionId: all versions. */
  readonly versions?: readonly SecretVersion[];
  readonly description?: string;
  readonly kmsKeyId?: string;
  readonly tags?: Readonly<Record<string, string>>;
  /** Makes it a managed secret. */
  readonly owningService?: string;
  readonly type?: string;
  readonly rotation?: RotationState;
  /** Epoch milliseconds. */
  readonly createdAt?: number;
  readonly deletedAt?: number;
}

export function seed(
  store: SecretStore,
  chance: { now: number; random: () => number },
  account: string,
  region: string,
  wanted: Seed,
): SecretState {
  const suffix = drawText(chance.random, 6);
  const createdAt = wanted.createdAt ?? chance.now;
  const secret: SecretState = {
    account,
    region,
    name: wanted.name,
    suffix,
    arn: arnOf(account, region, wanted.name, suffix),
    description: wanted.description,
    kmsKeyId: wanted.kmsKeyId,
    type: wanted.type,
    tags: wanted.tags ?? {},
    versions: wanted.versions ?? firstVersion(wanted, createdAt, chance.random),
    createdAt,
    changedAt: createdAt,
    deletedAt: wanted.deletedAt,
    rotation: wanted.rotation,
    rotationEnabled: wanted.rotation?.enabled ?? false,
    owningService: wanted.owningService,
    replication: [],
  };
  store.put(secret);
  return secret;
}

function firstVersion(wanted: Seed, createdAt: number, random: () => number): readonly SecretVersion[] {
  const { string, binary, versionId } = wanted;
  if (string === undefined && binary === undefined) return [];
  return [{ id: versionId ?? drawUuid(random), stages: [CURRENT], createdAt, string, binary }];
}
