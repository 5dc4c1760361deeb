import { describe, expect, test } from '@jest/globals';
import type { World } from '../support/world.js';
import { alarmState, type AlarmDefinition } from './support/alarm-evaluator.js';
import { direct, FAILING, healthy, publishQueues, queued } from './support/alarm-scenarios.js';
import { templateOf, type Template } from './support/synthesized.js';
import { propertiesOf, resolved } from './support/template-resources.js';

/** `SecretsReplicatorAlarmsThrottling1A2B3C4D` is the alarm Throttling, `…ChangesQueue1A2B3C4D` the queue Queue. */
const shortId = (id: string) => /(?:Alarms|Changes|Webhook)(\w+)[0-9A-F]{8}$/.exec(id)?.[1] ?? id;

function alarmsOf(template: Template): readonly (readonly [id: string, alarm: AlarmDefinition])[] {
  const alarms = [...propertiesOf(template, 'AWS::CloudWatch::Alarm')];
  return alarms.map(([id, properties]) => [shortId(id), resolved(properties) as AlarmDefinition]);
}

async function stateIn(world: World, template: Template, alarm: AlarmDefinition) {
  const queues = [...propertiesOf(template, 'AWS::SQS::Queue').keys()];
  publishQueues(world, (queue) => `${queues.find((id) => shortId(id) === queue) ?? 'no queue'}.QueueName`);
  return alarmState(world.sandbox, alarm, world.clock.now());
}

/** Together they have every alarm there is. */
const STACKS = [
  ['everything-on', queued],
  ['direct', direct],
] as const;

describe.each(STACKS)('each alarm of the stack %s', (name, delivered) => {
  const template = templateOf(name);
  const alarms = alarmsOf(template);

  test('has a scenario in which it must fire', () => {
    expect(alarms.length).toBeGreaterThan(12);
    expect(Object.keys(FAILING)).toEqual(expect.arrayContaining(alarms.map(([id]) => id)));
  });

  test.each(alarms)('%s fires on what was published when things went wrong', async (id, alarm) => {
    const world = await FAILING[id]?.(delivered);
    expect(world && (await stateIn(world, template, alarm))).toBe('ALARM');
  });

  test('is quiet while all is well', async () => {
    const world = await healthy(delivered);
    const states = await Promise.all(alarms.map(async ([id, alarm]) => [id, await stateIn(world, template, alarm)]));
    expect(states).toEqual(alarms.map(([id]) => [id, 'OK']));
  });
});

test('there is no scenario of an alarm that no stack has', () => {
  const all = STACKS.flatMap(([name]) => alarmsOf(templateOf(name)).map(([id]) => id));
  expect(new Set(Object.keys(FAILING))).toEqual(new Set(all));
});

test('an alarm on a metric that nobody publishes does not fire, and so fails here', async () => {
  const template = templateOf('everything-on');
  const [, alarm] = alarmsOf(template).find(([id]) => id === 'ReplicationFailures') ?? [];
  if (alarm === undefined) throw new Error('the stack has no such alarm');
  const world = await FAILING['ReplicationFailures']?.(queued);
  const elsewhere: AlarmDefinition[] = [
    { ...alarm, MetricName: 'ReplicationFailures' },
    { ...alarm, Namespace: 'Replicator' },
    { ...alarm, Dimensions: [{ Name: 'DestRegion', Value: 'us-east-2' }] },
  ];
  for (const wrong of elsewhere) expect(world && (await stateIn(world, template, wrong))).toBe('OK');
});
