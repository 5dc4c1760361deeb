import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { metricData } from '../../src/aws/metrics.js';
import { ALARMS, METRIC_GROUPS, METRICS, point, type MetricKey, type MetricRow } from '../../src/core/metrics.js';
import { reconcileAlarms } from '../../src/core/reconcile-alarms.js';
import { templateOf } from './support/synthesized.js';
import { propertiesOf, resolved } from './support/template-resources.js';

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

  describe.each(['everything-on', 'direct'] as const)('of %s', (name) => {
    const manual = readFileSync(new URL('../../docs/operations.md', import.meta.url), 'utf8');
    const sections = new Map(
      manual.split(/^## /m).map((section) => [section.split('\n', 1)[0]?.toLowerCase().replaceAll(' ', '-'), section]),
    );
    const texts = [...propertiesOf(templateOf(name), 'AWS::CloudWatch::Alarm').values()].map(({ AlarmDescription }) =>
      String(resolved(AlarmDescription)),
    );

    test('each say what they mean, what to run and which heading of docs/operations.md they have', () => {
      expect(texts.length).toBeGreaterThan(12);
      for (const text of texts) {
        const [, command, heading] = /^[A-Z].+\. Run: (.+)\. See docs\/operations\.md#([\w-]+)\.$/.exec(text) ?? [text];
        // Where the text has a name of this stack the manual has a variable.
        const named = (command ?? '')
          .replaceAll(/(?<=--queue-url )\S+/g, '$QUEUE')
          .replaceAll(/(?<=logs tail )\S+/g, '$LOG');
        expect({ heading, section: sections.get(heading)?.replaceAll(/\s+/g, ' ') }).toEqual({
          heading,
          section: expect.stringContaining(named),
        });
      }
    });

    test('fit into what CloudWatch takes, and into a text of JSON, which the webhook makes of them', () => {
      // CloudWatch API reference, PutMetricAlarm; a name of the stack may be 100 characters longer than here.
      for (const text of texts) expect(text.length).toBeLessThan(1_024 - 200);
      for (const text of texts) expect(JSON.stringify(text)).toBe(`"${text}"`);
    });
  });
});
