import { expect, test } from '@jest/globals';
import { linesOf, type Widget } from '../../scripts/dashboard/widget-data.js';
import { reconciled, seedInSync } from '../support/reconciled.js';
import { World } from '../support/world.js';
import { FAILING, foreign, healthy, queued } from './support/alarm-scenarios.js';
import { shownMetrics, widgetsOf, type ShownMetric } from './support/dashboard-body.js';
import { templateOf } from './support/synthesized.js';
import { onlyOne, propertiesOf, resolved } from './support/template-resources.js';

const template = templateOf('one-region');

/** Every metric that the function published in any of the scenarios, once. */
async function published() {
  const scenarios = [healthy, foreign, ...Object.values(FAILING)];
  const worlds = await Promise.all(scenarios.map(async (scenario) => scenario(queued)));
  return worlds.flatMap((world) => world.sandbox.metrics.points('SecretsReplicator'));
}

test('each metric on it is published by the function, with exactly these dimensions', async () => {
  const points = await published();
  const isPublished = ({ name, dimensions }: ShownMetric) =>
    points.some(
      (point) =>
        point.name === name &&
        Object.keys(point.dimensions).join() === Object.keys(dimensions).join() &&
        Object.entries(dimensions).every(([key, value]) => value === undefined || point.dimensions[key] === value),
    );
  const own = shownMetrics(template).filter(({ namespace }) => namespace === 'SecretsReplicator');
  expect(own.length).toBeGreaterThan(15);
  expect(own.filter((shown) => !isPublished(shown))).toEqual([]);
  const [first] = own;
  expect(first && isPublished({ ...first, name: 'ReplicationSuccess', dimensions: {} })).toBe(false);
});

/** What SQS, Lambda and CloudWatch Logs publish (their pages on metrics), by namespace. */
const PUBLISHED: Readonly<Record<string, readonly string[]>> = {
  'AWS/SQS': [
    'ApproximateNumberOfMessagesVisible',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateAgeOfOldestMessage',
  ],
  'AWS/Lambda': ['Invocations', 'Duration', 'Throttles', 'AsyncEventsReceived', 'AsyncEventAge'],
  'AWS/Logs': ['IncomingBytes'],
};
/** The resources of each kind that the platform publishes for, as its dimension. */
const RESOURCES = {
  'AWS/SQS': ['AWS::SQS::Queue', (id: string) => ({ QueueName: `${id}.QueueName` })],
  'AWS/Lambda': ['AWS::Lambda::Function', (id: string) => ({ FunctionName: id })],
  'AWS/Logs': ['AWS::Logs::LogGroup', (id: string) => ({ LogGroupName: id })],
} as const;

test.each(['one-region', 'direct'] as const)(
  'the other metrics of %s are of its queues, its function and its log',
  (name) => {
    const of = templateOf(name);
    const shown = shownMetrics(of).filter(({ namespace }) => namespace !== 'SecretsReplicator');
    for (const { namespace, name: metric } of shown) expect(PUBLISHED[namespace]).toContain(metric);
    for (const [namespace, [type, dimensionsOf]] of Object.entries(RESOURCES)) {
      const wanted = [...propertiesOf(of, type).keys()].map((id) => JSON.stringify(dimensionsOf(id)));
      const found = shown
        .filter((one) => one.namespace === namespace)
        .map(({ dimensions }) => JSON.stringify(dimensions));
      expect(new Set(found)).toEqual(new Set(wanted));
    }
  },
);

/** What people look for on it, by the metric that a widget shows. */
const LOOKED_FOR: Readonly<Record<string, string>> = {
  'success rate': 'ReplicationFailure',
  'how long': 'ReplicationDuration Average',
  'how long the slowest': 'ReplicationDuration p99',
  lag: 'ReplicationLag Average',
  'lag of the slowest': 'ReplicationLag p99',
  totals: 'ReplicationDuration SampleCount',
  'errors by cause': 'ReplicationFailure SEARCH',
  'throttled calls': 'ThrottlingEvent',
  retries: 'RetryAttempt',
  freshness: 'OldestUnsyncedAge',
  'in sync': 'InSync',
  'the queue': 'ApproximateAgeOfOldestMessage',
  'dead letters': 'ApproximateNumberOfMessagesVisible',
  breaker: 'CircuitOpen',
  cost: 'Invocations',
};

test.each(Object.entries(LOOKED_FOR))('shows %s', (_, wanted) => {
  const shown = shownMetrics(template).map(({ name, statistic }) => `${name} ${statistic}`);
  expect(shown.filter((one) => one.startsWith(wanted))).not.toEqual([]);
});

test('counts replicas as the runs that compared everything found them, whatever others saw', async () => {
  const world = new World({ destinations: [{ region: 'us-west-2' }] });
  const from = world.clock.now();
  seedInSync(world, 30, 'us-west-2');
  for (const request of [{}, {}, {}, { destinations: ['us-west-2'] }]) await reconciled(world, request);
  world.clock.advance(60_000);
  const widget = widgetsOf(template).find(({ properties: { title } }) => title === 'Cost: replicas');
  const lines = await linesOf(world.sandbox, widget as unknown as Widget, { from, to: world.clock.now() });
  expect(lines.map(({ label, series }) => [label, ...series.values()])).toEqual([['replicas', 30]]);
});

test('is called by stack and region, since names of dashboards count in the whole account', () => {
  expect(onlyOne(template, 'AWS::CloudWatch::Dashboard').DashboardName).toMatch(
    /^Replicator-SecretsReplicator-Dashboard-[0-9A-F]{8}-us-east-1$/,
  );
});

test('has no more widgets for many destinations than for one', () => {
  expect(widgetsOf(templateOf('many'))).toHaveLength(widgetsOf(template).length);
  expect(widgetsOf(template).length).toBeLessThan(25);
});

test('shows every alarm', () => {
  const [alarms] = widgetsOf(template);
  const all = [...propertiesOf(template, 'AWS::CloudWatch::Alarm').keys()].map((id) => `${id}.Arn`);
  expect(all.length).toBeGreaterThan(8);
  expect(resolved(alarms?.properties)).toMatchObject({ alarms: all });
});

test('shows what the platform publishes where the function publishes nothing', () => {
  const namespaces = shownMetrics(templateOf('cross-account')).map(({ namespace }) => namespace);
  expect(new Set(namespaces)).toEqual(new Set(['AWS/SQS', 'AWS/Lambda', 'AWS/Logs']));
});

test('can be switched off', () => {
  expect(propertiesOf(templateOf('own-topic'), 'AWS::CloudWatch::Dashboard').size).toBe(0);
});
