import { Duration } from 'aws-cdk-lib';
import { Rule, type EventPattern } from 'aws-cdk-lib/aws-events';
import { SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import { NATIVE_PATTERN, TRAIL_PATTERN, type ChangePattern } from '../src/core/change-patterns.js';
import type { ChangeQueue } from './change-queue.js';

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
      eventPattern: patternOf(NATIVE_PATTERN),
      targets: [new SqsQueue(queue, { deadLetterQueue: undeliveredNative, ...RETRY })],
    });
    this.fromTrail = new Rule(this, 'FromTrail', {
      description: 'Calls and service events of Secrets Manager, from CloudTrail',
      eventPattern: patternOf(TRAIL_PATTERN),
      targets: [new SqsQueue(queue, { deadLetterQueue: undeliveredFromTrail, ...RETRY })],
    });
  }
}

function patternOf({ source, 'detail-type': detailType, detail }: ChangePattern): EventPattern {
  return { source: [...source], detailType: [...detailType], detail };
}
