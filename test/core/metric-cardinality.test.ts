import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/core/check-config.js';
import { dimensionValues, mostMetrics } from '../../src/core/metric-cardinality.js';
import { seriesOf, totalsOf } from '../../src/core/metric-series.js';
import { METRIC_GROUPS, METRICS, point, type DimensionName, type MetricKey } from '../../src/core/metrics.js';

const REGIONS = ['us-west-2', 'eu-west-1', 'eu-central-1', 'ap-southeast-2', 'ca-central-1'];

function configOf(regions: readonly string[], metrics: object = {}) {
  const destinations = regions.map((region) => ({ region }));
  return parseConfig({ version: 1, source: { region: 'us-east-1' }, destinations, metrics });
}

type Values = Readonly<Partial<Record<DimensionName, string>>>;

/** Every point that could differ from another by its dimensions. */
function everyPoint(config: ReturnType<typeof configOf>) {
  const values = dimensionValues(config);
  return (Object.keys(METRICS) as MetricKey[]).flatMap((key) => {
    const combinations = METRICS[key].dimensions.reduce<Values[]>(
      (some, name) => some.flatMap((one) => values[name].map((value) => ({ ...one, [name]: value }))),
      [{}],
    );
    return combinations.map((dimensions) => point(key, 1, dimensions));
  });
}

describe('the number of distinct metrics', () => {
  test.each([
    ['one region', configOf(REGIONS.slice(0, 1))],
    ['five regions', configOf(REGIONS)],
    ['no detail of attempts', configOf(REGIONS, { totalsOnly: ['attempts'] })],
    ['totals alone', configOf(REGIONS, { totalsOnly: METRIC_GROUPS })],
  ])('has a bound, which every combination together reaches: %s', (_, config) => {
    const series = seriesOf(everyPoint(config), config.metrics);
    expect(series.length + totalsOf(series).length).toBe(mostMetrics(config));
  });

  test('grows with regions alone, and evenly', () => {
    const [one = 0, two = 0, three = 0] = [1, 2, 3].map((count) => mostMetrics(configOf(REGIONS.slice(0, count))));
    expect(three - two).toBe(two - one);
    const destinations = [{ region: 'us-west-2' }, { name: 'again', region: 'us-west-2', rename: 's/^/b-/' }];
    expect(mostMetrics(parseConfig({ version: 1, source: { region: 'us-east-1' }, destinations }))).toBe(one);
  });

  test('is that of the totals where only what alarms watch is wanted, and none without a publisher', () => {
    const totals = Object.values(METRICS).filter(({ total }) => total).length;
    expect(mostMetrics(configOf(REGIONS, { totalsOnly: METRIC_GROUPS }))).toBe(totals);
    expect(mostMetrics(configOf(REGIONS, { publisher: 'none' }))).toBe(0);
  });
});
