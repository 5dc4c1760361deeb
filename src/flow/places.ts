import type { DestinationConfig, ReplicationConfig } from '../core/config.js';
import { ComparedPlace } from './compared-place.js';
import type { Destination } from './destination.js';

/** Destinations by account and region: each is listed once, however many destinations it has. */
export function placesOf(
  config: ReplicationConfig,
  destinations: readonly Destination[],
  next: Readonly<Record<string, string | null>> = {},
): readonly ComparedPlace[] {
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

function keyOf({ region, account }: DestinationConfig): string {
  return `${region} ${account ?? ''}`.trim();
}
