import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { metricData } from '../../src/aws/metrics.js';
import { ALARMS, METRIC_GROUPS, METRICS, point, type MetricKey, type MetricRow } from '../../src/core/metrics.js';
import { reconcileAlarms } from '../../src/core/reconcile-alarms.js';
import { templateOf } from './support/synthesized.js';
import { propertiesOf } from './support/template-resources.js';

describe('the alarms', () => {
  const alarms = propertiesOf(templateOf('three-regions'), 'AWS::CloudWatch::Alarm');
  const own = [...alarms.values()].filter(({ Namespace }) => Namespace === 'Prod/Secrets');

  test('on our own metrics watch exactly what the publisher sends', () => {
    const keys = Object.keys(METRICS) as MetricKey[];
    const sent = metricData(
      keys.map((key) => point(key, 1, {})),
      new Date(0),
      { namespace: 'Prod/Secrets', totalsOnly: new Set(METRIC_GROUPS) },
    );
    const totals = sent.filter(({ Dimensions }) => Dimensions?.length === 0).map(({ MetricName }) => MetricName);
    expect(own).toHaveLength(ALARMS.length + reconcileAlarms(60).length);
    for (const { MetricName, Dimensions = [] } of own) {
      expect(Dimensions).toEqual([]);
      expect(totals).toContain(MetricName);
      expect(Object.values<MetricRow>(METRICS).find(({ name }) => name === MetricName)?.total).toBe(true);
    }
  });

  test('tell of dead letters, of events not delivered and of changes that wait', () => {
    const queues = [...alarms.values()]
      .filter(({ Namespace }) => Namespace === 'AWS/SQS')
      .map(({ MetricName }) => MetricName);
    expect(queues.sort()).toEqual([
      'ApproximateAgeOfOldestMessage',
      'ApproximateNumberOfMessagesVisible',
      'ApproximateNumberOfMessagesVisible',
      'ApproximateNumberOfMessagesVisible',
    ]);
  });

  test('on our own metrics are absent where nothing is published', () => {
    const silent = propertiesOf(templateOf('cross-account'), 'AWS::CloudWatch::Alarm');
    expect(new Set([...silent.values()].map(({ Namespace }) => Namespace))).toEqual(new Set(['AWS/SQS']));
  });

  test.each(['everything-on', 'direct'] as const)(
    'of %s each have a heading in docs/operations.md, which their text names',
    (name) => {
      const manual = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
      const anchors = [...manual.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
        heading.toLowerCase().replaceAll(' ', '-'),
      );
      const descriptions = [...propertiesOf(templateOf(name), 'AWS::CloudWatch::Alarm').values()];
      expect(descriptions.length).toBeGreaterThan(12);
      for (const { AlarmDescription } of descriptions) {
        const named = /docs\/operations\.md#([\w-]+)/.exec(AlarmDescription)?.[1];
        expect(anchors).toContain(named);
      }
    },
  );
});
