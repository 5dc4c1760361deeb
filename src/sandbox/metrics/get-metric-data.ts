import type { Call, Fields } from '../call.js';
import { ServiceError } from '../service-error.js';
import { dimensionKey, readDimensions } from './dimensions.js';
import type { MetricPoint, Metrics } from './metrics.js';

interface Query {
  readonly Id: string;
  readonly Label?: string;
  readonly Expression?: string;
  readonly MetricStat?: {
    readonly Metric: { readonly Namespace: string; readonly MetricName: string; readonly Dimensions?: unknown };
    readonly Period: number;
    readonly Stat: string;
    readonly Unit?: string;
  };
}

/** One metric a query, aggregated by period. Metric math is refused by name, not answered with nothing. */
export function getMetricData(metrics: Metrics, call: Call): Fields {
  const queries = (call.input['MetricDataQueries'] as Query[] | undefined) ?? [];
  const startMs = Number(call.input['StartTime']) * 1000;
  const endMs = Number(call.input['EndTime']) * 1000;
  if (!(startMs < endMs)) throw new ServiceError('ValidationError', 'StartTime has to be before EndTime.');
  const isAscending = call.input['ScanBy'] === 'TimestampAscending';
  return { MetricDataResults: queries.map((query) => result(metrics, call, query, { startMs, endMs, isAscending })) };
}

function result(
  metrics: Metrics,
  call: Call,
  query: Query,
  range: { startMs: number; endMs: number; isAscending: boolean },
): Fields {
  const stat = query.MetricStat;
  if (stat === undefined) {
    throw new ServiceError(
      'ValidationError',
      `Query ${query.Id}: the stand-in computes no expressions, only MetricStat.`,
    );
  }
  const key = dimensionKey(readDimensions(stat.Metric.Dimensions));
  const points = metrics
    .points(stat.Metric.Namespace)
    .filter(
      (point) =>
        point.account === call.caller.account &&
        point.region === call.region &&
        point.name === stat.Metric.MetricName &&
        point.at >= range.startMs &&
        point.at < range.endMs &&
        dimensionKey(point.dimensions) === key,
    );
  const periods = [...byPeriod(points, stat.Period * 1000)].sort(([a], [b]) => (range.isAscending ? a - b : b - a));
  return {
    Id: query.Id,
    Label: query.Label ?? stat.Metric.MetricName,
    Timestamps: periods.map(([at]) => at / 1000),
    Values: periods.map(([, members]) => statistic(stat.Stat, members)),
    StatusCode: 'Complete',
  };
}

function byPeriod(points: readonly MetricPoint[], periodMs: number): Map<number, MetricPoint[]> {
  const periods = new Map<number, MetricPoint[]>();
  for (const point of points) {
    const at = Math.floor(point.at / periodMs) * periodMs;
    periods.set(at, [...(periods.get(at) ?? []), point]);
  }
  return periods;
}

function statistic(name: string, points: readonly MetricPoint[]): number {
  const samples = points.flatMap(({ values, counts }) => values.map((value, i) => ({ value, count: counts[i] ?? 1 })));
  const count = samples.reduce((total, sample) => total + sample.count, 0);
  const sum = samples.reduce((total, sample) => total + sample.value * sample.count, 0);
  if (name === 'Sum') return sum;
  if (name === 'SampleCount') return count;
  if (name === 'Average') return sum / count;
  if (name === 'Minimum') return Math.min(...samples.map(({ value }) => value));
  if (name === 'Maximum') return Math.max(...samples.map(({ value }) => value));
  const percentile = /^p(\d{1,2}(?:\.\d+)?|100)$/.exec(name);
  if (percentile === null) throw new ServiceError('ValidationError', `The stand-in has no statistic "${name}".`);
  return rank(samples, (count * Number(percentile[1])) / 100);
}

function rank(samples: readonly { value: number; count: number }[], wanted: number): number {
  const sorted = [...samples].sort((a, b) => a.value - b.value);
  let seen = 0;
  for (const { value, count } of sorted) {
    seen += count;
    if (seen >= wanted) return value;
  }
  return sorted.at(-1)?.value ?? 0;
}
