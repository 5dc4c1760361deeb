import { describe, expect, test } from '@jest/globals';
import { parseEvent } from '../../src/aws/event.js';
import type { Region } from '../../src/core/names.js';

const ARN = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/orders/db-Q7wEr2';
const VERSION = '0d1f6c9e-2f6a-4b0e-8a39-6c1f0b7d2e55';

const native = (detail: object = {}, envelope: object = {}) => ({
  version: '0',
  id: 'native-1',
  'detail-type': 'Secret Label Updated',
  source: 'aws.secretsmanager',
  account: '111122223333',
  time: '2026-11-02T08:15:42Z',
  region: 'eu-west-1',
  resources: [ARN],
  detail: { name: 'app/orders/db', labelUpdated: 'AWSCURRENT', versionId: VERSION, ...detail },
  ...envelope,
});

const trail = (eventName: string, detail: object = {}, type = 'AWS API Call via CloudTrail') => ({
  ...native(),
  id: 'trail-1',
  'detail-type': type,
  resources: [],
  detail: {
    eventSource: 'secretsmanager.amazonaws.com',
    eventName,
    requestParameters: { secretId: 'app/orders/db', clientRequestToken: VERSION },
    responseElements: { arn: ARN },
    ...detail,
  },
});

const parse = (event: unknown) => parseEvent(event, 'eu-west-1' as Region);

function change(event: unknown) {
  const parsed = parse(event);
  if (parsed.kind !== 'change') throw new Error(`expected a change, got ${JSON.stringify(parsed)}`);
  return parsed.change;
}

describe('the native event', () => {
  test('names secret, version and time', () => {
    expect(change(native())).toEqual({
      secret: ARN,
      region: 'eu-west-1',
      account: '111122223333',
      versions: [VERSION],
      firstAt: Date.parse('2026-11-02T08:15:42Z'),
      lastAt: Date.parse('2026-11-02T08:15:42Z'),
      existed: true,
      eventIds: ['native-1'],
    });
  });

  test('without resources is known by its name', () => {
    expect(change(native({}, { resources: [] })).secret).toBe('app/orders/db');
  });

  test('of another label is ignored', () => {
    expect(parse(native({ labelUpdated: 'blue' }))).toEqual({ kind: 'ignored', reason: 'OtherLabel' });
  });

  test('of another region is ignored', () => {
    expect(parse(native({}, { region: 'us-east-1' }))).toEqual({ kind: 'ignored', reason: 'OtherRegion' });
  });
});

describe('the place of the id in a CloudTrail event', () => {
  const partial = 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:app/orders/db';
  test.each([
    ['responseElements.arn', { responseElements: { arn: ARN } }, ARN],
    ['responseElements.aRN of older records', { responseElements: { aRN: ARN } }, ARN],
    ['requestParameters.secretId as a full ARN', { responseElements: null, requestParameters: { secretId: ARN } }, ARN],
    [
      'requestParameters.secretId as a partial ARN',
      { responseElements: null, requestParameters: { secretId: partial } },
      partial,
    ],
    [
      'requestParameters.secretId as a name',
      { responseElements: null, requestParameters: { secretId: 'app/orders/db' } },
      'app/orders/db',
    ],
    [
      'a name that looks like one with a suffix',
      { responseElements: null, requestParameters: { secretId: 'app/db-abc123' } },
      'app/db-abc123',
    ],
    [
      'additionalEventData.SecretId',
      { responseElements: null, requestParameters: null, additionalEventData: { SecretId: ARN } },
      ARN,
    ],
    [
      'serviceEventDetails.secretId',
      { responseElements: null, requestParameters: null, serviceEventDetails: { secretId: ARN } },
      ARN,
    ],
  ])('may be %s', (_place, detail, expected) => {
    expect(change(trail('PutSecretValue', detail)).secret).toBe(expected);
  });

  test('is requestParameters.name where a secret is created', () => {
    const event = trail('CreateSecret', { responseElements: null, requestParameters: { name: 'app/orders/db' } });
    expect(change(event).secret).toBe('app/orders/db');
  });

  test('nowhere makes the event invalid, not ignored', () => {
    expect(parse(trail('PutSecretValue', { responseElements: null, requestParameters: null }))).toMatchObject({
      kind: 'invalid',
    });
  });
});

describe('the version in a CloudTrail event', () => {
  test.each([
    ['a put names its token', 'PutSecretValue', {}, [VERSION]],
    [
      'a put with labels of its own names none',
      'PutSecretValue',
      { requestParameters: { secretId: ARN, clientRequestToken: VERSION, versionStages: ['x'] } },
      [],
    ],
    [
      'a stage move names where AWSCURRENT went',
      'UpdateSecretVersionStage',
      { requestParameters: { secretId: ARN, versionStage: 'AWSCURRENT', moveToVersionId: VERSION } },
      [VERSION],
    ],
    [
      'a stage move that does not tell its label may be one of AWSCURRENT, and names none',
      'UpdateSecretVersionStage',
      { requestParameters: null },
      [],
    ],
    ['an update may carry a token and no version', 'UpdateSecret', {}, []],
    ['a creation may carry a token and no version', 'CreateSecret', {}, []],
  ])('%s', (_name, eventName, detail, versions) => {
    expect(change(trail(eventName, detail)).versions).toEqual(versions);
  });

  test('a stage move of another label is ignored', () => {
    const event = trail('UpdateSecretVersionStage', {
      requestParameters: { secretId: ARN, versionStage: 'AWSPENDING' },
    });
    expect(parse(event)).toEqual({ kind: 'ignored', reason: 'OtherLabel' });
  });
});

describe('which events count', () => {
  test.each([
    'CreateSecret',
    'PutSecretValue',
    'UpdateSecret',
    'DeleteSecret',
    'RestoreSecret',
    'TagResource',
    'UntagResource',
  ])('the call %s', (eventName) => {
    expect(parse(trail(eventName))).toMatchObject({ kind: 'change' });
  });

  test('the service event RotationSucceeded', () => {
    const detail = { requestParameters: null, responseElements: null, additionalEventData: { SecretId: ARN } };
    expect(change(trail('RotationSucceeded', detail, 'AWS Service Event via CloudTrail')).secret).toBe(ARN);
  });

  test.each([
    ['a failed call', trail('PutSecretValue', { errorCode: 'AccessDenied', responseElements: null }), 'FailedCall'],
    ['a call that changes nothing we keep', trail('PutResourcePolicy'), 'IrrelevantCall'],
    ['the start of a rotation', trail('RotationStarted', {}, 'AWS Service Event via CloudTrail'), 'IrrelevantCall'],
    ['a call of another service', trail('PutSecretValue', { eventSource: 'kms.amazonaws.com' }), 'OtherService'],
    ['an event of another service', { ...native(), source: 'aws.ec2' }, 'OtherService'],
    ['an unknown kind of event', { ...native(), 'detail-type': 'Something Else' }, 'IrrelevantCall'],
  ])('%s is ignored with its reason', (_name, event, reason) => {
    expect(parse(event)).toEqual({ kind: 'ignored', reason });
  });

  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'hello'],
    ['a list', []],
    ['an object without a detail', { source: 'aws.secretsmanager' }],
    ['an event without region', native({}, { region: undefined })],
    ['an event without time', native({}, { time: 'yesterday' })],
  ])('%s is invalid with a sentence', (_name, event) => {
    expect(parse(event)).toEqual({ kind: 'invalid', message: expect.stringMatching(/^the event /) });
  });
});
