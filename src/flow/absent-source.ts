import type { ReplicationConfig } from '../core/config.js';
import { asReplicatorError, ReplicatorError } from '../core/failure.js';
import { parseSecretArn, type SecretId, type SecretName } from '../core/names.js';
import { ownedSource, ownerOf, OWNER_TAG } from '../core/ownership.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { Destination } from './destination.js';
import { nameAt } from './rival.js';

/**
 * A source that somebody named and that is not there: one that is gone has left a replica, one that was misspelt has not,
 * and that is a failure to whoever asked for it. Undefined: it is gone. Never rejects.
 */
export async function neverThere(
  { source: { region } }: ReplicationConfig,
  destinations: readonly Destination[],
  id: string,
): Promise<ReplicatorError | undefined> {
  const absent = `there is no such secret at the source in ${region}`;
  try {
    const found = await Promise.all(destinations.map((destination) => hasReplica(destination, region, id)));
    if (found.includes(true)) return undefined;
    return new ReplicatorError('NotFound', `${absent}, and no replica of one; is the name right?`);
  } catch (thrown) {
    const cause = asReplicatorError(thrown);
    return new ReplicatorError('NotFound', `${absent}; whether there is a replica is not known: ${cause.message}`);
  }
}

async function hasReplica({ rules, store }: Destination, region: string, id: string): Promise<boolean> {
  for (const source of namesIn(id)) {
    const name = nameAt({ rules }, source);
    const replica = name === undefined ? undefined : await store.describe(name as SecretId);
    if (replica !== undefined && isOf(replica, region, source)) return true;
  }
  return false;
}

/** Of an ARN whose last seven characters may be the service's own or the name's, both. */
function namesIn(id: string): readonly SecretName[] {
  const name = (parseSecretArn(id)?.resource ?? id) as SecretName;
  return name !== id && /.-[A-Za-z0-9]{6}$/.test(name) ? [name.slice(0, -7) as SecretName, name] : [name];
}

function isOf(replica: SecretDescription, region: string, name: SecretName): boolean {
  const owner = replica.tags.get(OWNER_TAG) ?? '';
  return ownedSource(replica)?.region === region && ownerOf({ arn: owner as SecretDescription['arn'], name }) === owner;
}
