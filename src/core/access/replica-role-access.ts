import { lookGrant } from './function-access.js';
import type { AccessInput } from './access-input.js';
import type { Grant } from './grant.js';
import { destinationKeys } from './key-access.js';
import { writeGrants } from './write-access.js';

/**
 * What the function may do with a role of another account: to the destinations written with it, the same as its own role
 * may to its own. Nothing on values, and nothing on secrets that do not carry the tag of the source account and region.
 */
export function replicaRoleGrants(
  { config, ...input }: AccessInput & { readonly sourceAccount: string },
  roleArn: string,
): readonly Grant[] {
  const destinations = config.destinations.flatMap(({ role, account: _theirs, ...rest }) =>
    role?.arn === roleArn ? [rest] : [],
  );
  const asOwn = { ...input, config: { ...config, destinations } };
  return [lookGrant(destinations.map(({ region }) => region)), ...writeGrants(asOwn), ...destinationKeys(asOwn)];
}
