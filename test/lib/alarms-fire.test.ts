import { describe, expect, test } from '@jest/globals';
import type { World } from '../support/world.js';
import { alarmState, type AlarmDefinition } from './support/alarm-evaluator.js';
import { FAILING, healthy, publishQueues } from './support/alarm-scenarios.js';
import { STACK_CASES } from './support/stack-cases.js';
import { stackOf, synthesized } from './support/synthesized.js';
import { propertiesOf, resolved } from './support/template-resources.js';

const { template } = stackOf(synthesized({ watched: STACK_CASES['one-region'] }).watched);

/** `SecretsReplicatorAlarmsThrottling1A2B3C4D` is the alarm Throttling, `…ChangesQueue1A2B3C4D` the queue Queue. */
function idsOf(type: 'AWS::CloudWatch::Alarm' | 'AWS::SQS::Queue', scope: string): ReadonlyMap<string, string> {
  const ids = [...propertiesOf(template, type).keys()];
  return new Map(ids.map((id) => [new RegExp(`${scope}(\\w+)[0-9A-F]{8}$`).exec(id)?.[1] ?? id, id]));
}

const alarms = [...idsOf('AWS::CloudWatch::Alarm', 'Alarms')].map(([id, logicalId]) => {
  const properties = propertiesOf(template, 'AWS::CloudWatch::Alarm').get(logicalId);
  return [id, resolved(properties) as AlarmDefinition] as const;
});
const queues = idsOf('AWS::SQS::Queue', 'Changes');
const nameOf = (queue: string) => `${queues.get(queue) ?? 'no queue'}.QueueName`;

async function stateIn(world: World, alarm: AlarmDefinition) {
  publishQueues(world, nameOf);
  return alarmState(world.sandbox, alarm, world.clock.now());
}

describe('each alarm of the stack', () => {
  test('has a scenario in which it must fire', () => {
    expect(alarms.length).toBeGreaterThan(8);
    expect(Object.keys(FAILING)).toEqual(expect.arrayContaining(alarms.map(([id]) => id)));
  });

  test.each(alarms)('%s fires on what the function published when things went wrong', async (id, alarm) => {
    const world = await FAILING[id]?.();
    expect(world && (await stateIn(world, alarm))).toBe('ALARM');
  });

  test('is quiet while all is well', async () => {
    const world = await healthy();
    const states = await Promise.all(alarms.map(async ([id, alarm]) => [id, await stateIn(world, alarm)]));
    expect(states).toEqual(alarms.map(([id]) => [id, 'OK']));
  });
});

test('an alarm on a metric that nobody publishes does not fire, and so fails here', async () => {
  const [, alarm] = alarms.find(([id]) => id === 'ReplicationFailures') ?? [];
  if (alarm === undefined) throw new Error('the stack has no such alarm');
  const world = await FAILING['ReplicationFailures']?.();
  const elsewhere: AlarmDefinition[] = [
    { ...alarm, MetricName: 'ReplicationFailures' },
    { ...alarm, Namespace: 'Replicator' },
    { ...alarm, Dimensions: [{ Name: 'DestRegion', Value: 'us-east-2' }] },
  ];
  for (const wrong of elsewhere) expect(world && (await stateIn(world, wrong))).toBe('OK');
});
