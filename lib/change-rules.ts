import { Duration } from 'aws-cdk-lib';
import { Rule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { ChangeQueue } from './change-queue.js';

/** Secrets Manager tells by itself that a version became current, in a put as in a rotation or a rollback. */
const NATIVE: EventPattern = {
  source: ['aws.secretsmanager'],
  detailType: ['Secret Label Updated'],
  detail: { labelUpdated: ['AWSCURRENT'] },
};

/** Calls and service events after which a replica may be wrong. Needs a trail that records write events. */
const FROM_TRAIL: EventPattern = {
  source: ['aws.secretsmanager'],
  detailType: ['AWS API Call via CloudTrail', 'AWS Service Event via CloudTrail'],
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

/** EventBridge's own defaults, written down: it tries for a day before an event becomes a dead letter. */
const RETRY = { retryAttempts: 185, maxEventAge: Duration.hours(24) };

/** Which events count. Names are not filtered here: a pattern holds 2048 characters, and CloudTrail names a secret in three ways. */
export class ChangeRules extends Construct {
  readonly native: Rule;
  readonly fromTrail: Rule;

  constructor(scope: Construct, id: string, { queue, undeliveredNative, undeliveredFromTrail }: ChangeQueue) {
    super(scope, id);
    this.native = new Rule(this, 'Native', {
      description: 'Versions that became current, told by Secrets Manager itself',
      eventPattern: NATIVE,
      targets: [new SqsQueue(queue, { deadLetterQueue: undeliveredNative, ...RETRY })],
    });
    this.fromTrail = new Rule(this, 'FromTrail', {
      description: 'Calls and service events of Secrets Manager, from CloudTrail',
      eventPattern: FROM_TRAIL,
      targets: [new SqsQueue(queue, { deadLetterQueue: undeliveredFromTrail, ...RETRY })],
    });
  }
}
