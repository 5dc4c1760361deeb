import type { ReplicationConfig } from '../../core/config.js';
import { asReplicatorError, ReplicatorError } from '../../core/failure.js';
import { SecretValue } from '../../core/secret-value.js';
import { selectsName } from '../../core/selection.js';
import type { DestinationRules } from '../../core/transformed.js';
import { isReplica, type SecretState, versionWithStage } from '../../sandbox/secrets-manager/state.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { OWNER_TAG } from '../../core/ownership.js';

export interface ReplicaCheck {
  readonly destination: string;
  readonly region: string;
  readonly source: string;
  readonly replica: string;
  readonly right: boolean;
  readonly sourceValue: string | Uint8Array;
  readonly replicaValue: string | Uint8Array | undefined;
  /** Why there is no replica of this value: its rules refuse it. */
  readonly refused?: string;
}

/** Compares every replica there should be with what the stand-in holds: the state of the world, not what the function says of it. */
export function checkReplicas(
  sandbox: Pick<Sandbox, 'secret'>,
  account: string,
  config: ReplicationConfig,
  rules: readonly DestinationRules[],
  sources: readonly string[],
): readonly ReplicaCheck[] {
  return sources.flatMap((name) => {
    const source = sandbox.secret(account, config.source.region, name);
    const value = source === undefined ? undefined : currentValue(source);
    if (source === undefined || value === undefined || OWNER_TAG in source.tags || isReplica(source)) return [];
    if (!selectsName(config.source.select, name)) return [];
    return config.destinations.flatMap((destination, index) => {
      const rule = rules[index];
      if (rule === undefined || !selectsName(destination.select, name)) return [];
      const replica = rule.replicaName(name);
      const owner = destination.account ?? account;
      const place = {
        region: destination.region,
        sourceRegion: config.source.region,
        account: owner,
        sourceAccount: account,
        sourceName: name,
        replicaName: replica,
      };
      const wanted = wantedValue(() => rule.bind(place).run(new SecretValue(value)).value.reveal());
      const there = sandbox.secret(owner, destination.region, replica);
      const found = there === undefined ? undefined : currentValue(there);
      return [
        {
          destination: destination.id,
          region: destination.region,
          source: name,
          replica,
          right:
            !(wanted instanceof ReplicatorError) &&
            found !== undefined &&
            Buffer.from(wanted).equals(Buffer.from(found)),
          ...(wanted instanceof ReplicatorError ? { refused: `${wanted.code}: ${wanted.message}` } : {}),
          sourceValue: value,
          replicaValue: found,
        },
      ];
    });
  });
}

function wantedValue(transformed: () => string | Uint8Array): string | Uint8Array | ReplicatorError {
  try {
    return transformed();
  } catch (thrown) {
    return asReplicatorError(thrown);
  }
}

function currentValue(secret: SecretState): string | Uint8Array | undefined {
  const version = versionWithStage(secret, 'AWSCURRENT');
  return version?.string ?? version?.binary;
}
