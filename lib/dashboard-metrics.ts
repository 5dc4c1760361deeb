import { Duration } from 'aws-cdk-lib';
import { MathExpression, Metric, type IMetric } from 'aws-cdk-lib/aws-cloudwatch';
import type { DestinationConfig } from '../src/core/config.js';
import { METRICS, type DimensionName, type MetricKey, type MetricRow, type Statistic } from '../src/core/metrics.js';

const PERIOD = Duration.minutes(5);

/** The rows of the product's metrics as what a dashboard shows, in one namespace. */
export class DashboardMetrics {
  readonly #namespace: string;

  constructor(namespace: string) {
    this.#namespace = namespace;
  }

  /** Over all dimensions. Throws for a row that is published with its dimensions only. */
  total(key: MetricKey, statistic: Statistic | 'SampleCount', label: string): IMetric {
    const { name: metricName, total }: MetricRow = METRICS[key];
    if (!total) throw new Error(`the metric ${metricName} is not published without dimensions`);
    return new Metric({ namespace: this.#namespace, metricName, statistic, label, period: PERIOD });
  }

  /** Of one destination's region; `what` tells the line from others of that region. */
  inRegion(key: MetricKey, DestRegion: string, statistic: Statistic, what: string = statistic): IMetric {
    const { name: metricName, dimensions }: MetricRow = METRICS[key];
    if (dimensions.join() !== 'DestRegion')
      throw new Error(`the metric ${metricName} is not published by region alone`);
    const dimensionsMap = { DestRegion };
    const label = `${DestRegion} ${what}`;
    return new Metric({ namespace: this.#namespace, metricName, dimensionsMap, statistic, label, period: PERIOD });
  }

  /** A line for each combination of values that was published, called by these dimensions. */
  by(key: MetricKey, ...called: readonly DimensionName[]): IMetric {
    const { name, dimensions }: MetricRow = METRICS[key];
    const unknown = called.filter((dimension) => !dimensions.includes(dimension));
    if (unknown.length > 0) throw new Error(`the metric ${name} has no dimension ${unknown.join()}`);
    const schema = [`"${this.#namespace}"`, ...dimensions].join(',');
    const label = called.map((dimension) => `\${PROP('Dim.${dimension}')}`).join(' ');
    return new MathExpression({
      expression: `SEARCH('{${schema}} MetricName="${name}"', 'Sum', ${PERIOD.toSeconds()})`,
      usingMetrics: {},
      label,
      period: PERIOD,
    });
  }

  /**
   * Replicas written for each hundred that were tried. Each that was written has exactly one duration, which unlike the
   * success itself is published without dimensions. Nothing is shown for a time in which nothing was tried.
   */
  successRate(): IMetric {
    const written = this.total('replicationDuration', 'SampleCount', 'written');
    const failed = this.total('replicationFailure', 'Sum', 'failed');
    return new MathExpression({
      expression: 'IF(FILL(written,0)+FILL(failed,0)>0, 100*FILL(written,0)/(FILL(written,0)+FILL(failed,0)))',
      usingMetrics: { written, failed },
      label: 'success, %',
      period: PERIOD,
    });
  }

  /** Replicas at all destinations, as the runs that compared everything found them. */
  replicas(destinations: readonly DestinationConfig[]): IMetric {
    const regions = [...new Set(destinations.map(({ region }) => region))];
    const found = Object.fromEntries(
      regions.map((region, index) => [`region${index + 1}`, this.inRegion('replicas', region, 'Average')]),
    );
    // The destinations of a region tell their numbers under one name.
    const parts = regions.map((region, index) => {
      const count = destinations.filter((destination) => destination.region === region).length;
      return `region${index + 1}*${count}`;
    });
    return new MathExpression({
      expression: parts.join('+'),
      usingMetrics: found,
      label: 'replicas',
      period: PERIOD,
    });
  }
}
