import { expect, test } from '@jest/globals';
import { PointTally, seriesOf } from '../../src/core/metric-series.js';
import { point, type DataPoint } from '../../src/core/metrics.js';

const SETTINGS = { namespace: 'N', totalsOnly: new Set<never>() };
const lag = (value: number, DestRegion = 'eu-west-1'): DataPoint => point('replicationLag', value, { DestRegion });

test('a tally holds what differs, however often it was measured', () => {
  const tally = new PointTally();
  for (let index = 0; index < 10_000; index += 1) tally.add([lag(index % 7), lag(1, 'us-west-2')]);
  expect(tally.points).toHaveLength(8);
  expect(tally.points).toContainEqual({ ...lag(1, 'us-west-2'), count: 10_000 });
});

test('the series of a tally are those of the points it was given', () => {
  const points = [lag(5), lag(7), lag(5), lag(5, 'us-west-2'), point('inSync', 1, { DestRegion: 'eu-west-1' })];
  const tally = new PointTally();
  for (const one of points) tally.add([one]);
  expect(seriesOf(tally.points, SETTINGS)).toEqual(seriesOf(points, SETTINGS));
});
