import { describe, expect, test } from '@jest/globals';
import { MAX_VALUES_PER_METRIC, metricData } from '../../src/aws/metrics.js';
import { attemptPoints } from '../../src/core/attempt.js';
import type { MetricSettings } from '../../src/core/metric-series.js';
import { METRICS, point } from '../../src/core/metrics.js';

const AT = new Date('2026-11-02T08:15:42Z');
const ALL: MetricSettings = { namespace: 'Test', totalsOnly: new Set() };
const WHERE = { SourceRegion: 'us-east-1', DestRegion: 'us-west-2', TransformMode: 'sed' };

describe('data points on their way to CloudWatch', () => {
  test('equal values travel once with their count', () => {
    const points = [3, 5, 3].map((value) => point('replicationLag', value, WHERE));
    expect(metricData(points, AT, ALL)).toEqual([
      {
        MetricName: 'ReplicationLag',
        Unit: 'Milliseconds',
        Timestamp: AT,
        Dimensions: [{ Name: 'DestRegion', Value: 'us-west-2' }],
        Values: [3, 5],
        Counts: [2, 1],
      },
    ]);
  });

  test('what an alarm watches appears once more without dimensions', () => {
    const data = metricData([point('replicationFailure', 1, { ...WHERE, ErrorType: 'Throttled' })], AT, ALL);
    expect(data.map(({ Dimensions }) => Dimensions?.length)).toEqual([3, 0]);
  });

  test('of a group without detail only what an alarm watches is left', () => {
    const points = [
      point('retryAttempt', 1, { Operation: 'PutSecretValue', Success: 'true' }),
      point('retryAttemptNumber', 2, { Operation: 'PutSecretValue', Success: 'true' }),
      point('replicationLag', 9, WHERE),
    ];
    const data = metricData(points, AT, { ...ALL, totalsOnly: new Set(['attempts']) });
    expect(data.map(({ MetricName, Dimensions }) => [MetricName, Dimensions?.length])).toEqual([
      ['RetryAttempt', 0],
      ['ReplicationLag', 1],
    ]);
  });

  test('different dimensions are different metrics', () => {
    const data = metricData(
      ['us-west-2', 'eu-west-1'].map((DestRegion) => point('replicationLag', 1, { DestRegion })),
      AT,
      ALL,
    );
    expect(data).toHaveLength(2);
  });

  test(`more than ${MAX_VALUES_PER_METRIC} distinct values are told in several data`, () => {
    const points = Array.from({ length: MAX_VALUES_PER_METRIC + 1 }, (_value, index) =>
      point('replicationLag', index, WHERE),
    );
    expect(metricData(points, AT, ALL).map(({ Values }) => Values?.length)).toEqual([MAX_VALUES_PER_METRIC, 1]);
  });

  test('only the dimensions of the row are published, never a name of a secret', () => {
    const all = Object.values(METRICS).flatMap(({ dimensions }) => dimensions);
    expect(all).not.toContain('SecretName');
    expect(point('replicationLag', 1, WHERE).dimensions).toEqual({ DestRegion: 'us-west-2' });
  });
});

describe('attempts as data points', () => {
  const call = { operation: 'PutSecretValue', region: 'us-west-2' } as const;

  test('a first success is nobody’s news', () => {
    expect(attemptPoints({ ...call, attempt: 1, failure: undefined })).toEqual([]);
  });

  test('a retry counts, with its number and whether it helped', () => {
    const points = attemptPoints({ ...call, attempt: 3, failure: undefined });
    expect(points.map(({ metric, value, dimensions }) => [metric.name, value, dimensions])).toEqual([
      ['RetryAttempt', 1, { Operation: 'PutSecretValue', Success: 'true' }],
      ['RetryAttemptNumber', 3, { Operation: 'PutSecretValue', Success: 'true' }],
    ]);
  });

  test('throttling counts from the first attempt on', () => {
    expect(attemptPoints({ ...call, attempt: 1, failure: 'Throttled' }).map(({ metric }) => metric.name)).toEqual([
      'ThrottlingEvent',
    ]);
  });
});
