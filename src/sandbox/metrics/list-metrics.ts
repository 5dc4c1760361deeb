import type { Call, Fields } from '../call.js';
import { dimensionKey } from './dimensions.js';
import type { MetricPoint, Metrics } from './metrics.js';

/** Each metric once, however many points it has. */
export function listMetrics(metrics: Metrics, call: Call): Fields {
  const { Namespace: namespace, MetricName: name, Dimensions: dimensions } = call.input;
  const wanted = (dimensions as { Name: string; Value?: string }[] | undefined) ?? [];
  const found = new Map<string, MetricPoint>();
  for (const point of metrics.points(namespace as string | undefined)) {
    const isHere = point.account === call.caller.account && point.region === call.region;
    const isNamed = name === undefined || point.name === name;
    if (isHere && isNamed && hasAll(point, wanted)) {
      found.set(`${point.namespace}/${point.name}/${dimensionKey(point.dimensions)}`, point);
    }
  }
  return { Metrics: [...found.values()].map(entry) };
}

function hasAll(point: MetricPoint, wanted: readonly { Name: string; Value?: string }[]): boolean {
  return wanted.every(({ Name, Value }) => {
    const own = point.dimensions[Name];
    return own !== undefined && (Value === undefined || Value === own);
  });
}

function entry({ namespace, name, dimensions }: MetricPoint): Fields {
  return {
    Namespace: namespace,
    MetricName: name,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
  };
}
