/**
 * Which events count, as EventBridge patterns. The stack's rules and the demonstration's are these; what a rule lets
 * through is decided once more, in detail, by the reader of events.
 */
export const NATIVE_PATTERN = {
  source: ['aws.secretsmanager'],
  'detail-type': ['Secret Label Updated'],
  detail: { labelUpdated: ['AWSCURRENT'] },
};

export const TRAIL_PATTERN = {
  source: ['aws.secretsmanager'],
  'detail-type': ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'],
  detail: {
    eventSource: ['secretsmanager.amazonaws.com'],
    errorCode: [{ exists: false }],
    eventName: [
      'CreateSecret',
      'PutSecretValue',
      'UpdateSecret',
      'UpdateSecretVersionStage',
      'RotationSucceeded',
      'DeleteSecret',
      'RestoreSecret',
      'TagResource',
      'UntagResource',
    ],
  },
};
