import * as z from 'zod/mini';
import type { ReplicateAllDeps } from '../flow/replicate-all.js';
import { FailedInvocation } from './failed-invocation.js';

/** Ids or names in an action; left out: all of them. */
export const namesSchema = z.optional(
  z.array(z.string().check(z.minLength(1), z.maxLength(2_048))).check(z.minLength(1)),
);

/** The request names a destination that is not configured, or no longer. */
export class UnknownDestination extends FailedInvocation {}

/** The flow for some destinations only. Throws UnknownDestination for an id that nobody has. */
export function limitedTo(flow: ReplicateAllDeps, ids: readonly string[] | undefined): ReplicateAllDeps {
  if (ids === undefined) return flow;
  const known = new Set(flow.destinations.map(({ config }) => config.id as string));
  const unknown = ids.filter((id) => !known.has(id));
  if (unknown.length > 0) {
    const message = `no destination is called ${unknown.join(', ')}; there are ${[...known].join(', ')}`;
    throw new UnknownDestination([message]);
  }
  return { ...flow, destinations: flow.destinations.filter(({ config }) => ids.includes(config.id)) };
}
