import { isDeepStrictEqual } from 'node:util';
import type { DestinationConfig, ReplicationConfig } from './config.js';

/** What rules are made of: nothing here decides where a value may go, who may read it there or what may be deleted. */
const RULES: ReadonlySet<string> = new Set([
  'transform',
  'variables',
  'expect',
  'tests',
] satisfies (keyof DestinationConfig)[]);

/** Behind what differs beyond them. */
export const NOT_RULES =
  'not as deployed; only transform, variables, expect and tests of a destination may differ, and no variable of a rename; a deployment changes the rest';

/** As the file calls what the configuration calls otherwise. */
const WRITTEN: Readonly<Record<string, string>> = {
  id: 'name',
  role: 'roleArn',
  account: 'accountId',
  adopt: 'onConflict',
  eventBus: 'events',
};

/**
 * Places where a configuration differs from the one that was deployed in more than its rules: permissions, alarms and the
 * schedule were derived from that one, and a name decides who can read a replica. Where rules are
 * read from is none of them: the function's environment says it. Empty: only rules differ, if anything.
 */
export function beyondRules(deployed: ReplicationConfig, given: ReplicationConfig): readonly string[] {
  const places = differing(deployed, given).filter((key) => key !== 'destinations' && key !== 'rulesObject');
  const [ours, theirs] = [deployed.destinations, given.destinations];
  if (ours.length !== theirs.length) return [...places, 'destinations'];
  const within = ours.flatMap((destination, index) => {
    const other = theirs[index];
    return other === undefined ? [] : differingRest(destination, other).map((key) => `destinations[${index}].${key}`);
  });
  return [...places, ...within];
}

function differingRest(deployed: DestinationConfig, given: DestinationConfig): readonly string[] {
  const rest = differing(deployed, given).filter((key) => !RULES.has(key));
  const { rename = '' } = deployed;
  // Its name would change although its rename did not.
  const variables = Object.keys({ ...deployed.variables, ...given.variables })
    .filter((name) => rename.includes(`\${${name}}`) && deployed.variables[name] !== given.variables[name])
    .map((name) => `variables.${name}`);
  return [...rest, ...variables];
}

function differing<T extends object>(one: T, other: T): readonly string[] {
  const keys = Object.keys({ ...one, ...other }) as (keyof T & string)[];
  return keys.filter((key) => !isDeepStrictEqual(one[key], other[key])).map((key) => WRITTEN[key] ?? key);
}
