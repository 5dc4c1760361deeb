import { describe, expect, test } from '@jest/globals';
import { compilePattern } from '../../src/sandbox/event-pattern.js';
import { STACK_CASES } from './support/stack-cases.js';
import { templateOf } from './support/synthesized.js';
import { onlyOne, propertiesOf, resolved } from './support/template-resources.js';

const template = templateOf('everything-on');
const rules = [...propertiesOf(template, 'AWS::Events::Rule')].filter(([id]) => id.includes('Webhook'));
const alarms = [...propertiesOf(template, 'AWS::CloudWatch::Alarm').keys()];
/** Longest name of an alarm (CloudWatch API reference, PutMetricAlarm), and the room of a pattern (EventBridge quotas). */
const NAME_CHARACTERS = 255;
const PATTERN_CHARACTERS = 2_048;

const stateChange = (alarmName: string) => ({
  source: 'aws.cloudwatch',
  'detail-type': 'CloudWatch Alarm State Change',
  detail: { alarmName, state: { value: 'ALARM', reason: 'Threshold Crossed' } },
});

describe('the webhook', () => {
  test('is told of each alarm of the stack by one rule, and of no other', () => {
    const patterns = rules.map(([, { EventPattern }]) => compilePattern(resolved(EventPattern) as never));
    const told = (name: string) => patterns.filter((matches) => matches(stateChange(name))).length;
    expect(alarms.map(told)).toEqual(alarms.map(() => 1));
    expect(told('SomebodyElses')).toBe(0);
  });

  test('has rules that are never too long, however long the names of the alarms become', () => {
    for (const [, { EventPattern }] of rules) {
      const names = alarms.reduce(
        (text, id) => text.replaceAll(`"${id}"`, `"${'n'.repeat(NAME_CHARACTERS)}"`),
        JSON.stringify(resolved(EventPattern)),
      );
      expect(names.length).toBeLessThanOrEqual(PATTERN_CHARACTERS);
    }
  });

  test('is sent one sentence of text, with what the alarm says to run', () => {
    for (const [, { Targets }] of rules) {
      expect(Targets).toMatchObject([
        {
          InputTransformer: {
            InputPathsMap: { 'detail-configuration-description': '$.detail.configuration.description' },
            InputTemplate: expect.stringMatching(/^\{"text":"<detail-alarmName> is <detail-state-value>: .*"\}$/),
          },
        },
      ]);
    }
  });

  test('has a queue for what could not be posted, which an alarm watches', () => {
    const queue = [...propertiesOf(template, 'AWS::SQS::Queue').keys()].find((id) => id.includes('Webhook'));
    for (const [, { Targets }] of rules) {
      expect(resolved(Targets)).toMatchObject([{ DeadLetterConfig: { Arn: `${queue}.Arn` } }]);
    }
    const watching = [...propertiesOf(template, 'AWS::CloudWatch::Alarm').values()].map(({ Dimensions = [] }) =>
      resolved(Dimensions),
    );
    expect(watching).toContainEqual([{ Name: 'QueueName', Value: `${queue}.QueueName` }]);
  });

  test('has its token from a secret, which is nowhere in the template', () => {
    expect(onlyOne(template, 'AWS::Events::Connection').AuthParameters).toEqual({
      ApiKeyAuthParameters: {
        ApiKeyName: 'Authorization',
        ApiKeyValue: '{{resolve:secretsmanager:alarm-webhook:SecretString:::}}',
      },
    });
    expect(onlyOne(template, 'AWS::Events::ApiDestination').InvocationEndpoint).toBe(
      STACK_CASES['everything-on'].webhookUrl,
    );
  });
});
