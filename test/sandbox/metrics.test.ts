import {
  CloudWatchClient,
  ListMetricsCommand,
  type MetricDatum,
  PutMetricDataCommand,
} from '@aws-sdk/client-cloudwatch';
import { expect, test } from '@jest/globals';
import { START, world } from './world.js';

function putting() {
  const { options, sandbox } = world();
  const client = new CloudWatchClient(options);
  const put = (MetricData: MetricDatum[], Namespace = 'Test') =>
    client.send(new PutMetricDataCommand({ Namespace, MetricData }));
  return { client, put, sandbox };
}

const many = <T>(count: number, make: (i: number) => T): T[] => Array.from({ length: count }, (_, i) => make(i));

test.each<[string, MetricDatum[]]>([
  ['more than 1,000 metrics', many(1_001, () => ({ MetricName: 'm', Value: 1 }))],
  ['more than 150 distinct values', [{ MetricName: 'm', Values: many(151, (i) => i) }]],
  [
    'more than 30 dimensions',
    [{ MetricName: 'm', Value: 1, Dimensions: many(31, (i) => ({ Name: `d${i}`, Value: 'v' })) }],
  ],
  ['a dimension without a value', [{ MetricName: 'm', Value: 1, Dimensions: [{ Name: 'd', Value: '' }] }]],
  ['a value that is no number', [{ MetricName: 'm', Value: Number.NaN }]],
  ['an infinite value', [{ MetricName: 'm', Value: Number.POSITIVE_INFINITY }]],
  ['values and counts of different lengths', [{ MetricName: 'm', Values: [1, 2], Counts: [1] }]],
  ['a point older than two weeks', [{ MetricName: 'm', Value: 1, Timestamp: new Date(START - 15 * 86_400_000) }]],
  ['a point more than two hours ahead', [{ MetricName: 'm', Value: 1, Timestamp: new Date(START + 3 * 3_600_000) }]],
])('a request with %s is refused as a whole', async (_name, data) => {
  const { put, sandbox } = putting();
  await expect(put([{ MetricName: 'good', Value: 1 }, ...data])).rejects.toMatchObject({
    name: expect.stringMatching(/^InvalidParameterValue/),
  });
  expect(sandbox.metrics.points()).toEqual([]);
});

test('a namespace of AWS itself is refused', async () => {
  const { put } = putting();
  await expect(put([{ MetricName: 'm', Value: 1 }], 'AWS/Test')).rejects.toMatchObject({
    name: expect.stringMatching(/^InvalidParameterValue/),
  });
});

test('a metric is listed once, however many points it has', async () => {
  const { client, put } = putting();
  const Dimensions = [{ Name: 'Region', Value: 'x' }];
  await put([
    { MetricName: 'm', Value: 1, Dimensions },
    { MetricName: 'm', Value: 2, Dimensions },
    { MetricName: 'm', Value: 3 },
  ]);
  const { Metrics } = await client.send(new ListMetricsCommand({ Namespace: 'Test' }));
  expect(Metrics?.map((metric) => metric.Dimensions)).toEqual([Dimensions, []]);
});
