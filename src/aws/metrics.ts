import { CloudWatchClient, PutMetricDataCommand, type MetricDatum } from '@aws-sdk/client-cloudwatch';
import { seriesOf, totalsOf, type MetricSettings, type Series } from '../core/metric-series.js';
import type { DataPoint } from '../core/metrics.js';
import type { ClientConfig } from './client-config.js';
import { failureOf } from './failures.js';

/** Most metrics in one request, and most distinct values of one metric in it (CloudWatch API reference, PutMetricData). */
const MAX_METRICS_PER_REQUEST = 1_000;
export const MAX_VALUES_PER_METRIC = 150;
/** Largest request is 1 MB (same place); some is left for what stands around the metrics. */
const MAX_REQUEST_BYTES = 950_000;

/** Sends what an invocation measured: equal points travel once with their count, so percentiles survive; one request as a rule. */
export class CloudWatchPublisher {
  readonly #client: CloudWatchClient;
  readonly #settings: MetricSettings;

  constructor(home: ClientConfig, settings: MetricSettings) {
    this.#client = new CloudWatchClient({ ...home, disableRequestCompression: true });
    this.#settings = settings;
  }

  /** Rejects with ReplicatorError; what was not sent is lost, so the caller logs it. */
  async publish(points: readonly DataPoint[], at: Date, signal: AbortSignal): Promise<void> {
    for (const MetricData of requests(metricData(points, at, this.#settings))) {
      const command = new PutMetricDataCommand({ Namespace: this.#settings.namespace, MetricData });
      try {
        await this.#client.send(command, { abortSignal: signal });
      } catch (thrown) {
        throw failureOf(thrown, 'PutMetricData', await this.#client.config.region());
      }
    }
  }
}

/** As few lists as the limits of a request allow. */
function requests(data: readonly MetricDatum[]): readonly MetricDatum[][] {
  const lists: MetricDatum[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const datum of data) {
    // Names and regions are ASCII, so characters are bytes; a comma stands between two.
    const size = JSON.stringify(datum).length + 1;
    bytes += size;
    const list = lists.at(-1);
    if (list !== undefined && list.length < MAX_METRICS_PER_REQUEST && bytes <= MAX_REQUEST_BYTES) list.push(datum);
    else {
      lists.push([datum]);
      bytes = size;
    }
  }
  return lists;
}

/** What an alarm watches appears once more without dimensions. */
export function metricData(points: readonly DataPoint[], at: Date, settings: MetricSettings): MetricDatum[] {
  const series = seriesOf(points, settings);
  return [...series, ...totalsOf(series)].flatMap((one) => datums(one, at));
}

function datums({ metric, dimensions, counts }: Series, at: Date): MetricDatum[] {
  const entries = [...counts];
  const result: MetricDatum[] = [];
  for (let start = 0; start < entries.length; start += MAX_VALUES_PER_METRIC) {
    const part = entries.slice(start, start + MAX_VALUES_PER_METRIC);
    result.push({
      MetricName: metric.name,
      Unit: metric.unit,
      Timestamp: at,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Values: part.map(([value]) => value),
      Counts: part.map(([, count]) => count),
    });
  }
  return result;
}
