import { OPERATIONS } from './attempt.js';
import type { ReplicationConfig } from './config.js';
import { FAILURE_CODES } from './failure.js';
import { METRICS, type DimensionName, type MetricRow } from './metrics.js';
import { TRANSFORM_MODES } from './transformed.js';

/**
 * The values that a dimension can have under a configuration: never more, whatever the secrets. Each combination is a metric
 * of its own and is billed by the month in which it was published.
 */
export function dimensionValues(config: ReplicationConfig): Readonly<Record<DimensionName, readonly string[]>> {
  const destinations = [...new Set<string>(config.destinations.map(({ region }) => region))];
  return {
    SourceRegion: [config.source.region],
    // A source that cannot be read is nobody's destination.
    DestRegion: [...destinations, 'none'],
    Region: [...new Set([config.source.region, ...destinations])],
    TransformMode: TRANSFORM_MODES,
    ErrorType: FAILURE_CODES,
    Operation: OPERATIONS,
    Success: ['true', 'false'],
  };
}

/** Most distinct metrics that can come from a configuration, totals included. */
export function mostMetrics(config: ReplicationConfig): number {
  if (config.metrics.publisher === 'none') return 0;
  const values = dimensionValues(config);
  return Object.values<MetricRow>(METRICS).reduce((sum, { group, dimensions, total }) => {
    const combinations = dimensions.reduce((product, name) => product * values[name].length, 1);
    return sum + (config.metrics.totalsOnly.has(group) ? 0 : combinations) + (total ? 1 : 0);
  }, 0);
}
