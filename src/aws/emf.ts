import { hasTotal, seriesOf, type MetricSettings, type Series } from '../core/metric-series.js';
import type { DataPoint } from '../core/metrics.js';

/** Most values of one metric in one record (CloudWatch user guide, embedded metric format specification). */
const MAX_VALUES_PER_RECORD = 100;

/**
 * Metrics through the function's own log, in CloudWatch's embedded metric format: no call, no permission, paid for as log.
 * `write` takes a line; the log must get it as it is, so it goes past the logger.
 */
export class EmfPublisher {
  readonly #write: (line: string) => void;
  readonly #settings: MetricSettings;

  constructor(write: (line: string) => void, settings: MetricSettings) {
    this.#write = write;
    this.#settings = settings;
  }

  publish(points: readonly DataPoint[], at: Date): Promise<void> {
    for (const record of emfRecords(points, at, this.#settings)) this.#write(JSON.stringify(record));
    return Promise.resolve();
  }
}

/** A record for each set of dimension values, and as many as its longest metric needs. */
function emfRecords(points: readonly DataPoint[], at: Date, settings: MetricSettings): object[] {
  const together = new Map<string, Series[]>();
  for (const one of seriesOf(points, settings)) {
    const key = JSON.stringify(one.dimensions);
    together.set(key, [...(together.get(key) ?? []), one]);
  }
  return [...together.values()].flatMap((series) => {
    const values = series.map(({ counts }) =>
      [...counts].flatMap(([value, count]) => Array<number>(count).fill(value)),
    );
    const parts = Math.ceil(Math.max(...values.map(({ length }) => length)) / MAX_VALUES_PER_RECORD);
    return Array.from({ length: parts }, (_, part) => {
      const start = part * MAX_VALUES_PER_RECORD;
      const sliced = series.map((one, index) => ({
        ...one,
        values: (values[index] ?? []).slice(start, start + MAX_VALUES_PER_RECORD),
      }));
      return record(
        sliced.filter((one) => one.values.length > 0),
        at,
        settings.namespace,
      );
    });
  });
}

type Valued = Series & { readonly values: readonly number[] };

/** A metric with a total names the empty set of dimensions beside its own, so its values stand there once. */
function record(series: readonly Valued[], at: Date, namespace: string): object {
  const dimensions = series[0]?.dimensions ?? {};
  const names = Object.keys(dimensions);
  const [plain, watched] = [series.filter((one) => !hasTotal(one)), series.filter(hasTotal)];
  return {
    _aws: {
      Timestamp: at.getTime(),
      CloudWatchMetrics: [directive(namespace, [names], plain), directive(namespace, [names, []], watched)].filter(
        ({ Metrics }) => Metrics.length > 0,
      ),
    },
    ...dimensions,
    ...Object.fromEntries(series.map(({ metric, values }) => [metric.name, values.length === 1 ? values[0] : values])),
  };
}

function directive(Namespace: string, Dimensions: readonly (readonly string[])[], series: readonly Valued[]) {
  return { Namespace, Dimensions, Metrics: series.map(({ metric: { name: Name, unit: Unit } }) => ({ Name, Unit })) };
}
