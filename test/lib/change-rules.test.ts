import { describe, expect, test } from '@jest/globals';
import { parseEvent } from '../../src/aws/event.js';
import { NATIVE_PATTERN, TRAIL_PATTERN } from '../../src/core/change-patterns.js';
import type { Region } from '../../src/core/names.js';
import { compilePattern } from '../../src/sandbox/event-pattern.js';
import { apiCall, labelUpdated } from '../support/change-events.js';

const REGION = 'us-east-1' as Region;
const rules = [NATIVE_PATTERN, TRAIL_PATTERN];
const delivered = (event: unknown) => rules.filter((pattern) => compilePattern(pattern)(event)).length;

const secret = { arn: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-aB3dE5', name: 'app/db' };
const current = labelUpdated({ ...secret, region: REGION, versionId: '0d1f6c9e-2f6a-4b0e-8a39-6c1f0b7d2e55' });
const call = (eventName: string, rest: object = {}) =>
  apiCall(REGION, eventName, { secretId: secret.arn, name: secret.name, versionStage: 'AWSCURRENT' }, rest);

/** Every name that a call or service event of Secrets Manager can have. */
const NAMES = `
  CreateSecret PutSecretValue UpdateSecret UpdateSecretVersionStage DeleteSecret RestoreSecret
  RotateSecret CancelRotateSecret TagResource UntagResource PutResourcePolicy DeleteResourcePolicy
  ReplicateSecretToRegions RemoveRegionsFromReplication StopReplicationToReplica GetSecretValue RotationStarted RotationSucceeded
  RotationFailed RotationAbandoned TestRotationSucceeded ReplicationStarted ReplicationSucceeded ReplicationFailed
  StartSecretVersionDelete`
  .trim()
  .split(/\s+/);

describe('the rules', () => {
  test('take the native event of a version that became current, once', () => {
    expect(delivered(current)).toBe(1);
    expect(parseEvent(current, REGION).kind).toBe('change');
  });

  test('leave a label other than AWSCURRENT', () => {
    expect(delivered({ ...current, detail: { ...current.detail, labelUpdated: 'BLUE' } })).toBe(0);
  });

  test('take of CloudTrail exactly what the function acts upon', () => {
    const acted = NAMES.filter((name) => parseEvent(call(name), REGION).kind === 'change');
    expect(acted).toHaveLength(9);
    expect(NAMES.filter((name) => delivered(call(name)) === 1)).toEqual(acted);
  });

  test('take what the service itself did', () => {
    const event = { ...call('RotationSucceeded'), 'detail-type': 'AWS Service Event via CloudTrail' };
    expect(delivered(event)).toBe(1);
  });

  test('leave failed calls and other services', () => {
    expect(delivered(call('PutSecretValue', { errorCode: 'AccessDenied' }))).toBe(0);
    expect(delivered(call('PutSecretValue', { eventSource: 'ssm.amazonaws.com' }))).toBe(0);
    expect(delivered({ ...current, source: 'my.app' })).toBe(0);
  });
});
