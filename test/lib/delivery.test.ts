import { describe, expect, test } from '@jest/globals';
import { NATIVE_PATTERN, TRAIL_PATTERN } from '../../src/core/change-patterns.js';
import { parseSettings } from '../../src/core/settings.js';
import { allows, statementsOf } from './support/role-policy.js';
import { templateOf } from './support/synthesized.js';
import { onlyOne, propertiesOf, resolved } from './support/template-resources.js';

const template = templateOf('direct');
const [functionId = ''] = propertiesOf(template, 'AWS::Lambda::Function').keys();
const idOf = (part: string) => [...propertiesOf(template, 'AWS::SQS::Queue').keys()].find((id) => id.includes(part));

describe('direct delivery', () => {
  test('has rules that invoke the function, each with a queue for what it could not deliver', () => {
    const rules = [...propertiesOf(template, 'AWS::Events::Rule').values()];
    expect(rules.map(({ EventPattern }) => EventPattern)).toEqual([NATIVE_PATTERN, TRAIL_PATTERN]);
    expect(resolved(rules.map(({ Targets }) => Targets))).toMatchObject(
      ['UndeliveredNative', 'UndeliveredFromTrail'].map((queue) => [
        { Arn: `${functionId}.Arn`, DeadLetterConfig: { Arn: `${idOf(queue)}.Arn` } },
      ]),
    );
  });

  test('lets nothing but these rules invoke the function', () => {
    const permissions = [...propertiesOf(template, 'AWS::Lambda::Permission').values()];
    const rules = [...propertiesOf(template, 'AWS::Events::Rule').keys()];
    expect(resolved(permissions)).toMatchObject(
      rules.map((rule) => ({ Principal: 'events.amazonaws.com', SourceArn: `${rule}.Arn` })),
    );
  });

  test('tries an event again twice and then puts it with the dead letters, which the role may', () => {
    expect(resolved(onlyOne(template, 'AWS::Lambda::EventInvokeConfig'))).toMatchObject({
      MaximumRetryAttempts: 2,
      MaximumEventAgeInSeconds: 21_600,
      DestinationConfig: { OnFailure: { Destination: `${idOf('DeadLetters')}.Arn` } },
    });
    const bury = { action: 'sqs:SendMessage', resource: `${idOf('DeadLetters')}.Arn` };
    expect(allows(statementsOf(template), bury)).toBe(true);
  });

  test('bounds how many events are worked on at once', () => {
    expect(onlyOne(template, 'AWS::Lambda::Function')).toMatchObject({ ReservedConcurrentExecutions: 2 });
  });

  test('has no queue of changes, and nothing that speaks of one', () => {
    expect(propertiesOf(template, 'AWS::Lambda::EventSourceMapping').size).toBe(0);
    expect(JSON.stringify(template)).not.toContain('ChangesQueue');
    const { Variables } = onlyOne(template, 'AWS::Lambda::Function').Environment;
    const settings = parseSettings(resolved(Variables) as Record<string, string>);
    expect(settings).toMatchObject({ changeQueueUrl: undefined, deadLetterQueueUrl: idOf('DeadLetters') });
  });
});
