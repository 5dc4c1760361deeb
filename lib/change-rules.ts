import { Rule, type EventPattern, type IRuleTarget } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { NATIVE_PATTERN, TRAIL_PATTERN, type ChangePattern } from '../src/core/change-patterns.js';
import type { ChangeQueue } from './change-queue.js';
import { QueueTarget, RULE_RETRY } from './queue-target.js';

/** Which events count. Names are not filtered here: a pattern holds 2048 characters, and CloudTrail names a secret in three ways. */
export class ChangeRules extends Construct {
  readonly native: Rule;
  readonly fromTrail: Rule;

  constructor(scope: Construct, id: string, changes: ChangeQueue, replicator: IFunction) {
    super(scope, id);
    this.native = new Rule(this, 'Native', {
      description: 'Versions that became current, told by Secrets Manager itself',
      eventPattern: patternOf(NATIVE_PATTERN),
      targets: [targetOf(changes, replicator, changes.undeliveredNative)],
    });
    this.fromTrail = new Rule(this, 'FromTrail', {
      description: 'Calls and service events of Secrets Manager, from CloudTrail',
      eventPattern: patternOf(TRAIL_PATTERN),
      targets: [targetOf(changes, replicator, changes.undeliveredFromTrail)],
    });
  }
}

function targetOf({ queue }: ChangeQueue, replicator: IFunction, undelivered: Queue): IRuleTarget {
  return queue === undefined
    ? new LambdaFunction(replicator, { deadLetterQueue: undelivered, ...RULE_RETRY })
    : new QueueTarget(queue, undelivered);
}

function patternOf({ source, 'detail-type': detailType, detail }: ChangePattern): EventPattern {
  return { source: [...source], detailType: [...detailType], detail };
}
