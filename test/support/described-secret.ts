import type { SecretArn, SecretName, VersionId } from '../../src/core/names.js';
import type { SecretDescription } from '../../src/core/secret-description.js';

export interface Described extends Partial<Omit<SecretDescription, 'name' | 'versions' | 'tags'>> {
  readonly region: string;
  readonly name: string;
  readonly versions: Readonly<Record<string, readonly string[]>>;
  readonly tags?: Readonly<Record<string, string>>;
}

/** A secret as a description would show it. */
export function describedSecret({ region, name, versions, tags = {}, ...rest }: Described): SecretDescription {
  return {
    arn: `arn:aws:secretsmanager:${region}:111122223333:secret:${name}-AbCdEf` as SecretArn,
    name: name as SecretName,
    tags: new Map(Object.entries(tags)),
    versions: new Map(Object.entries(versions).map(([id, stages]) => [id as VersionId, stages])),
    rotationEnabled: false,
    ...rest,
  };
}
