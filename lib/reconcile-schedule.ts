import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { ReconcileConfig } from '../src/core/config.js';

const RETRIES = 2;
/** Share of the period within which a run may begin, so that the stacks of an organisation do not all list at the full hour. */
const WINDOW = 0.1;

/** Asks the function to compare everything, every so often. A run that is late or double does no harm. */
export class ReconcileSchedule extends Construct {
  readonly schedule: CfnSchedule;
  readonly role: Role;

  constructor(
    scope: Construct,
    id: string,
    { everyMinutes }: ReconcileConfig,
    replicator: IFunction,
    deadLetters: Queue,
  ) {
    super(scope, id);
    this.role = this.#createRole(replicator, deadLetters);
    // The L1 construct leaves the name to CloudFormation; the L2 one would fix it.
    this.schedule = new CfnSchedule(this, 'Schedule', {
      description: 'Compares every source with its replicas',
      scheduleExpression: `rate(${everyMinutes} minutes)`,
      flexibleTimeWindow: { mode: 'FLEXIBLE', maximumWindowInMinutes: Math.max(1, Math.floor(everyMinutes * WINDOW)) },
      target: {
        arn: replicator.functionArn,
        roleArn: this.role.roleArn,
        input: JSON.stringify({ action: 'reconcile' }),
        // A request older than its period is overtaken by the next one.
        retryPolicy: {
          maximumRetryAttempts: RETRIES,
          maximumEventAgeInSeconds: Duration.minutes(everyMinutes).toSeconds(),
        },
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    });
    // Its first run may be at once, and must not come before the role may invoke.
    this.schedule.node.addDependency(this.role);
  }

  #createRole(replicator: IFunction, deadLetters: Queue): Role {
    const { partition, region, account } = Stack.of(this);
    const group = `arn:${partition}:scheduler:${region}:${account}:schedule-group/default`;
    const ours = { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID, 'aws:SourceArn': group } };
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com').withConditions(ours),
      description: 'May ask the replicator for a reconcile',
    });
    role.addToPolicy(
      new PolicyStatement({ sid: 'Invoke', actions: ['lambda:InvokeFunction'], resources: [replicator.functionArn] }),
    );
    role.addToPolicy(
      new PolicyStatement({ sid: 'BuryRequests', actions: ['sqs:SendMessage'], resources: [deadLetters.queueArn] }),
    );
    deadLetters.encryptionMasterKey?.grant(role, 'kms:GenerateDataKey', 'kms:Decrypt');
    return role;
  }
}
