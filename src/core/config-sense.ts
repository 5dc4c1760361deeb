import type { ConfigIssue } from './config-issues.js';
import type { Places } from './config-places.js';
import { identityIssues } from './identity-sense.js';

/** What the schema cannot see: places that contradict each other. */
export function senseIssues(config: Places): ConfigIssue[] {
  return [...doubledIds(config), ...cycles(config), ...identityIssues(config), ...wrongRetry(config)];
}

function doubledIds(config: Places): ConfigIssue[] {
  const seen = new Set<string>();
  return config.destinations.flatMap(({ id, index }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: ['destinations', index], message: `two destinations are called ${id}; give each its own name` }];
  });
}

/** Without another region, account or name a replica would be the source itself, or another destination's replica. */
function cycles(config: Places): ConfigIssue[] {
  const taken = new Map([[`${config.source.region} `, 'the source itself']]);
  return config.destinations.flatMap((destination) => {
    if (destination.rename !== undefined) return [];
    const place = `${destination.region} ${destination.account ?? ''}`;
    const owner = taken.get(place);
    taken.set(place, `destination ${destination.id}`);
    if (owner === undefined) return [];
    const message = `destination ${destination.id} would write onto ${owner}: same region, same account, same name; set region, roleArn or rename`;
    return [{ path: ['destinations', destination.index], message }];
  });
}

function wrongRetry(config: Places): ConfigIssue[] {
  const { minDelayMs, maxDelayMs } = config.retry;
  if (minDelayMs <= maxDelayMs) return [];
  return [{ path: ['retry'], message: `retry.minDelayMs is ${minDelayMs}, more than retry.maxDelayMs, ${maxDelayMs}` }];
}
