import type { DestinationConfig, ReplicationConfig } from '../core/config.js';
import type { AccountId } from '../core/names.js';
import { ComparedPlace } from './compared-place.js';
import type { Destination } from './destination.js';

export interface PlacesInput {
  readonly config: ReplicationConfig;
  readonly destinations: readonly Destination[];
  /** Our own, so that a role in it makes no other place; undefined: not known. */
  readonly ownAccount?: AccountId | undefined;
}

/** Destinations by account and region: each is listed once, however many destinations it has. */
export function placesOf(
  { config, destinations, ownAccount }: PlacesInput,
  next: Readonly<Record<string, string | null>> = {},
): readonly ComparedPlace[] {
  const keyOf = ({ region, account }: DestinationConfig) =>
    account === undefined || account === ownAccount ? region : `${region} ${account}`;
  const groups = new Map<string, Destination[]>();
  for (const destination of destinations) {
    const key = keyOf(destination.config);
    groups.set(key, [...(groups.get(key) ?? []), destination]);
  }
  return [...groups].map(([key, members]) => {
    const isWhole = config.destinations.filter((one) => keyOf(one) === key).length === members.length;
    return new ComparedPlace(key, members, { isWhole, next: next[key] });
  });
}
