import type { DataPoint, DimensionName, MetricGroup, MetricRow } from './metrics.js';

/** Where metrics go and in how much detail, whoever publishes them. */
export interface MetricSettings {
  readonly namespace: string;
  /** Groups of which only what an alarm watches is published, and that without dimensions. */
  readonly totalsOnly: ReadonlySet<MetricGroup>;
}

/** Points of one metric and one set of dimensions. */
export interface Series {
  readonly metric: MetricRow;
  readonly dimensions: Readonly<Partial<Record<DimensionName, string>>>;
  /** Each distinct value with how often it was measured, so that percentiles survive. */
  readonly counts: Map<number, number>;
}

/** Points grouped by metric and dimensions. */
export function seriesOf(points: readonly DataPoint[], { totalsOnly }: MetricSettings): Series[] {
  return grouped(
    points.flatMap((point) => {
      if (!totalsOnly.has(point.metric.group)) return [point];
      return point.metric.total ? [{ ...point, dimensions: {} }] : [];
    }),
  );
}

/** What an alarm watches and has dimensions, once more without. */
export function totalsOf(series: readonly Series[]): Series[] {
  return grouped(
    series
      .filter(hasTotal)
      .flatMap(({ metric, counts }) => [...counts].map(([value, count]) => ({ metric, dimensions: {}, value, count }))),
  );
}

export function hasTotal({ metric, dimensions }: Series): boolean {
  return metric.total && Object.keys(dimensions).length > 0;
}

function grouped(points: readonly DataPoint[]): Series[] {
  const tally = new PointTally();
  tally.add(points);
  return tally.series;
}

/** Points as they are measured. Equal ones are one with a count, so that a run of many hours holds what differs and not what happened. */
export class PointTally {
  readonly #series = new Map<string, Series>();

  add(points: readonly DataPoint[]): void {
    for (const { metric, dimensions, value, count = 1 } of points) {
      const key = JSON.stringify([metric.name, dimensions]);
      const found = this.#series.get(key) ?? { metric, dimensions, counts: new Map<number, number>() };
      found.counts.set(value, (found.counts.get(value) ?? 0) + count);
      this.#series.set(key, found);
    }
  }

  get series(): Series[] {
    return [...this.#series.values()];
  }

  get points(): DataPoint[] {
    return this.series.flatMap(({ metric, dimensions, counts }) =>
      [...counts].map(([value, count]) => ({ metric, dimensions, value, count })),
    );
  }
}
