import { Duration } from 'aws-cdk-lib';
import { Rule, RuleTargetInput, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { ReconcileConfig } from '../src/core/config.js';

/** Asks the function to compare everything, every so often. A rule needs no role, and a run that is late or double does no harm. */
export class ReconcileSchedule extends Construct {
  readonly rule: Rule;

  constructor(scope: Construct, id: string, { everyMinutes }: ReconcileConfig, replicator: IFunction) {
    super(scope, id);
    const period = Duration.minutes(everyMinutes);
    const event = RuleTargetInput.fromObject({ action: 'reconcile' });
    this.rule = new Rule(this, 'Rule', {
      description: 'Compares every source with its replicas',
      schedule: Schedule.rate(period),
      // An event older than its period is overtaken by the next one.
      targets: [new LambdaFunction(replicator, { event, retryAttempts: 2, maxEventAge: period })],
    });
  }
}
