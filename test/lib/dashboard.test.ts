import { expect, test } from '@jest/globals';
import { FAILING, foreign, healthy } from './support/alarm-scenarios.js';
import { shownMetrics, widgetsOf, type ShownMetric } from './support/dashboard-body.js';
import { STACK_CASES } from './support/stack-cases.js';
import { stackOf, synthesized } from './support/synthesized.js';
import { onlyOne, propertiesOf, resolved } from './support/template-resources.js';

const regions = ['us-west-1', 'us-west-2', 'eu-west-1', 'eu-west-2', 'eu-north-1', 'ap-south-1', 'sa-east-1'];
const many = { ...STACK_CASES['one-region'].config, destinations: regions.map((region) => ({ region })) };
const cases = synthesized({
  one: STACK_CASES['one-region'],
  many: { config: many },
  silent: STACK_CASES['cross-account'],
  off: STACK_CASES['own-topic'],
});
const { template } = stackOf(cases.one);

/** Every metric that the function published in any of the scenarios, once. */
async function published() {
  const scenarios = [healthy, foreign, ...Object.values(FAILING)];
  const worlds = await Promise.all(scenarios.map(async (scenario) => scenario()));
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

test('its other metrics are those of the queues of the stack', () => {
  const names = [...propertiesOf(template, 'AWS::SQS::Queue').keys()].map((id) => `${id}.QueueName`);
  const queues = shownMetrics(template).filter(({ namespace }) => namespace === 'AWS/SQS');
  expect(new Set(queues.map(({ dimensions }) => dimensions['QueueName']))).toEqual(new Set(names));
  expect(shownMetrics(template).filter(({ namespace }) => !/^(AWS\/SQS|SecretsReplicator)$/.test(namespace))).toEqual(
    [],
  );
});

test('is called by stack and region, since names of dashboards count in the whole account', () => {
  expect(onlyOne(template, 'AWS::CloudWatch::Dashboard').DashboardName).toMatch(
    /^Replicator-SecretsReplicator-Dashboard-[0-9A-F]{8}-us-east-1$/,
  );
});

test('has no more widgets for many destinations than for one', () => {
  expect(widgetsOf(stackOf(cases.many).template)).toHaveLength(widgetsOf(template).length);
  expect(widgetsOf(template).length).toBeLessThan(25);
});

test('shows every alarm', () => {
  const [alarms] = widgetsOf(template);
  const all = [...propertiesOf(template, 'AWS::CloudWatch::Alarm').keys()].map((id) => `${id}.Arn`);
  expect(all.length).toBeGreaterThan(8);
  expect(resolved(alarms?.properties)).toMatchObject({ alarms: all });
});

test('shows alarms and queues only where nothing else is published', () => {
  const namespaces = shownMetrics(stackOf(cases.silent).template).map(({ namespace }) => namespace);
  expect(new Set(namespaces)).toEqual(new Set(['AWS/SQS']));
});

test('can be switched off', () => {
  expect(propertiesOf(stackOf(cases.off).template, 'AWS::CloudWatch::Dashboard').size).toBe(0);
});
