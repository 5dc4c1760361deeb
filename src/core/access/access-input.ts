import type { DestinationConfig, ReplicationConfig } from '../config.js';
import type { RulesObject } from '../rules-object.js';
import type { Place } from './grant.js';

/** What the role's statements are derived from. */
export interface AccessInput {
  readonly config: ReplicationConfig;
  readonly place: Place;
  readonly sourceKeyArns?: readonly string[];
  /** The object that may change rules, and the key it is encrypted with, where that is not S3's own. */
  readonly rulesObject?: RulesObject & { readonly keyArn?: string };
  /** Account of the sources, where the role is in another one. */
  readonly sourceAccount?: string;
}

/** Destinations that the function's own role writes to; the others are written with a role or credentials of theirs. */
export function ownDestinations({ destinations }: ReplicationConfig): readonly DestinationConfig[] {
  return destinations.filter(({ account }) => account === undefined);
}

/** Every ARN ends in a dash and six random characters; as an IAM pattern a glob of the configuration means the same. */
export function secretArns({ partition, account }: Place, region: string, globs: readonly string[]): readonly string[] {
  return globs.map((glob) => `arn:${partition}:secretsmanager:${region}:${account}:secret:${glob}-??????`);
}

/** The secrets that hold credentials for destinations: the whole ARN, or a name with whatever six characters it ends in. */
export function credentialArns({ source, destinations }: ReplicationConfig, place: Place): readonly string[] {
  const secrets = destinations.flatMap(({ credentialsSecret }) => credentialsSecret ?? []);
  const arns = secrets.flatMap((one) => (one.startsWith('arn:') ? [one] : secretArns(place, source.region, [one])));
  return [...new Set(arns)];
}
