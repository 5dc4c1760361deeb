import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EmfPublisher } from '../../src/aws/emf.js';
import { metricData } from '../../src/aws/metrics.js';
import type { MetricSettings } from '../../src/core/metric-series.js';
import { METRIC_GROUPS, METRICS, point, type DataPoint, type MetricKey } from '../../src/core/metrics.js';
import { readEmf, type Kept } from '../support/emf.js';

const AT = new Date('2026-11-02T08:15:42Z');

async function throughLog(points: readonly DataPoint[], settings: MetricSettings): Promise<Kept[]> {
  const lines: string[] = [];
  await new EmfPublisher((line) => lines.push(line), settings).publish(points, AT);
  return lines.flatMap(readEmf);
}

function throughApi(points: readonly DataPoint[], settings: MetricSettings): Kept[] {
  return metricData(points, AT, settings).flatMap(
    ({ MetricName = '', Unit = '', Dimensions = [], Values = [], Counts = [] }) =>
      Values.flatMap((value, index) =>
        Array.from({ length: Counts[index] ?? 0 }, () => ({
          namespace: settings.namespace,
          name: MetricName,
          unit: Unit,
          at: AT.getTime(),
          dimensions: Object.fromEntries(Dimensions.map(({ Name = '', Value = '' }) => [Name, Value])),
          value,
        })),
      ),
  );
}

const sorted = (kept: readonly Kept[]) => kept.map((one) => JSON.stringify(one)).toSorted();

const regions = fc.constantFrom('us-west-2', 'eu-west-1');
const somePoint = fc
  .tuple(
    fc.constantFrom(...(Object.keys(METRICS) as MetricKey[])),
    fc.nat(300),
    regions,
    fc.constantFrom('sed', 'none'),
  )
  .map(([key, value, DestRegion, TransformMode]) => point(key, value, { DestRegion, TransformMode }));
const someSettings = fc
  .subarray([...METRIC_GROUPS])
  .map((groups): MetricSettings => ({ namespace: 'Prod/Secrets', totalsOnly: new Set(groups) }));

describe('metrics through the log', () => {
  test('are the very points that the API would have been given', () =>
    fc.assert(
      fc.asyncProperty(fc.array(somePoint, { maxLength: 400 }), someSettings, async (points, settings) => {
        expect(sorted(await throughLog(points, settings))).toEqual(sorted(throughApi(points, settings)));
      }),
      { numRuns: 60 },
    ));

  test('more values than a record takes are told in several', async () => {
    const points = Array.from({ length: 1_001 }, () => point('replicationLag', 7, { DestRegion: 'us-west-2' }));
    await expect(throughLog(points, { namespace: 'N', totalsOnly: new Set() })).resolves.toHaveLength(1_001);
  });

  test('a line that breaks the format is refused by its reader', () => {
    const broken = {
      _aws: { Timestamp: 1, CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['A']], Metrics: [] }] },
    };
    const metric = { Name: 'M', Unit: 'Count' };
    const directive = { Namespace: 'N', Dimensions: [['A']], Metrics: [metric] };
    const wrong = { ...broken, _aws: { Timestamp: 1, CloudWatchMetrics: [directive] }, M: 1 };
    expect(() => readEmf(JSON.stringify(wrong))).toThrow('A is a text');
  });
});
