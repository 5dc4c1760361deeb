import { Duration } from 'aws-cdk-lib';
import type { IRule, IRuleTarget, RuleTargetConfig } from 'aws-cdk-lib/aws-events';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Queue } from 'aws-cdk-lib/aws-sqs';

/** EventBridge's own defaults, written down: it tries for a day before an event becomes a dead letter. */
export const RULE_RETRY = { retryAttempts: 185, maxEventAge: Duration.hours(24) };

/**
 * A queue as the target of rules, each of which may do nothing but send to it. The CDK's own target forgets the rule, and
 * lets every rule of the account send, as soon as the queue has a key.
 */
export class QueueTarget implements IRuleTarget {
  constructor(
    private readonly queue: Queue,
    private readonly undelivered: Queue,
  ) {}

  bind(rule: IRule): RuleTargetConfig {
    admit(this.queue, rule);
    admit(this.undelivered, rule);
    return {
      arn: this.queue.queueArn,
      targetResource: this.queue,
      deadLetterConfig: { arn: this.undelivered.queueArn },
      retryPolicy: {
        maximumRetryAttempts: RULE_RETRY.retryAttempts,
        maximumEventAgeInSeconds: RULE_RETRY.maxEventAge.toSeconds(),
      },
    };
  }
}

function admit(queue: Queue, rule: IRule): void {
  queue.addToResourcePolicy(
    new PolicyStatement({
      principals: [new ServicePrincipal('events.amazonaws.com')],
      actions: ['sqs:SendMessage'],
      resources: [queue.queueArn],
      conditions: { ArnEquals: { 'aws:SourceArn': rule.ruleArn } },
    }),
  );
}
