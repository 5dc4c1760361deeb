/** The part of EventBridge's pattern language that we use. A type, not an interface, so that it is also a plain record. */
export type ChangePattern = {
  readonly source: readonly string[];
  readonly 'detail-type': readonly string[];
  readonly detail: Readonly<Record<string, (string | { exists: boolean })[]>>;
};

/**
 * Which events count. The stack's rules and the demonstration's are these; what a rule lets through is decided once more,
 * in detail, by the reader of events. This one Secrets Manager sends by itself, in a put as in a rotation or a rollback.
 */
export const NATIVE_PATTERN: ChangePattern = {
  source: ['aws.secretsmanager'],
  'detail-type': ['Secret Label Updated'],
  detail: { labelUpdated: ['AWSCURRENT'] },
};

/** Needs a trail that records write events. */
export const TRAIL_PATTERN: ChangePattern = {
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
