import type { FailureCode } from './failure.js';
import { point, type DataPoint } from './metrics.js';

/** Every call that is attempted again. */
export const OPERATIONS = [
  'DescribeSecret',
  'GetSecretValue',
  'BatchGetSecretValue',
  'ListSecrets',
  'ListSecretVersionIds',
  'CreateSecret',
  'PutSecretValue',
  'UpdateSecretVersionStage',
  'RestoreSecret',
  'UpdateSecret',
  'DeleteSecret',
  'TagResource',
  'UntagResource',
] as const;
export type Operation = (typeof OPERATIONS)[number];

/** One finished try of one call; the first try is attempt 1. */
export interface Attempt {
  readonly operation: Operation;
  readonly region: string;
  readonly attempt: number;
  /** Undefined: it succeeded. */
  readonly failure: FailureCode | undefined;
}

/** A first try that went well is nobody's news; every retry and every throttling is. */
export function attemptPoints({ operation, region, attempt, failure }: Attempt): DataPoint[] {
  const dimensions = { Operation: operation, Region: region, Success: String(failure === undefined) };
  return [
    ...(attempt > 1 ? [point('retryAttempt', 1, dimensions), point('retryAttemptNumber', attempt, dimensions)] : []),
    ...(failure === 'Throttled' ? [point('throttlingEvent', 1, dimensions)] : []),
  ];
}
