import { Aws, Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  Architecture,
  Code,
  Function,
  LoggingFormat,
  RecursiveLoop,
  Runtime,
  type FunctionProps,
} from 'aws-cdk-lib/aws-lambda';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { grantsFor } from '../src/core/access/function-access.js';
import type { ReplicationConfig } from '../src/core/config.js';
import { RULES_TTL, rulesObjectAt } from '../src/core/rules-object.js';
import { ENVIRONMENT } from '../src/core/settings.js';
import type { ChangeQueue } from './change-queue.js';
import type { CheckedProps } from './checked-props.js';
import { grantTo } from './grant.js';

/** Messages in one invocation: as many secrets as the function works on at once. */
const BATCH_SIZE = 10;
/** What a mapping needs of its queue (Lambda developer guide, SQS), and what the function does with a message that comes back. */
const RECEIVE = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ChangeMessageVisibility'];
/** Lambda's own numbers for an event that no queue holds, written down: it tries again after one minute and after two. */
const DIRECT_RETRIES = 2;
const DIRECT_MAX_AGE = Duration.hours(6);

export interface ReplicatorFunctionProps extends CheckedProps {
  readonly config: ReplicationConfig;
  readonly changes: ChangeQueue;
  /** Of the queues. Undefined: SQS encrypts with a key of its own. */
  readonly key: IKey | undefined;
}

/** The function over the bundle, its role and its log. */
export class ReplicatorFunction extends Construct {
  readonly function: Function;
  readonly role: Role;
  readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: ReplicatorFunctionProps) {
    super(scope, id);
    const { queue, deadLetters } = props.changes;
    const { maxConcurrency } = props;
    this.logGroup = new LogGroup(this, 'Log', { retention: props.logRetention, removalPolicy: RemovalPolicy.RETAIN });
    this.role = this.#createRole(props);
    this.function = new Function(this, 'Function', {
      description: `Replicates secrets of ${props.config.source.region}`,
      code: Code.fromAsset(props.bundle),
      handler: 'index.handler',
      runtime: Runtime.NODEJS_24_X,
      architecture: Architecture.ARM_64,
      memorySize: props.memory.toMebibytes(),
      timeout: props.timeout,
      // A long reconcile hands itself on through the queue. Lambda would take that for a loop and end it after 16 invocations.
      recursiveLoop: RecursiveLoop.ALLOW,
      role: this.role,
      logGroup: this.logGroup,
      // Our records are whole lines of JSON on standard output; in the JSON format Lambda would filter them by a level of its own.
      loggingFormat: LoggingFormat.TEXT,
      environment: {
        [ENVIRONMENT.logLevel]: props.logLevel,
        ...(queue === undefined ? {} : { [ENVIRONMENT.changeQueueUrl]: queue.queueUrl }),
        [ENVIRONMENT.deadLetterQueueUrl]: deadLetters.queueUrl,
        // The statement UpdateReplicas asks for our tag.
        [ENVIRONMENT.ownershipEnforced]: 'true',
        ...rulesEnvironment(props.rulesObject),
      },
      ...(queue === undefined ? invokedDirectly(deadLetters, maxConcurrency) : {}),
    });
    if (queue === undefined) return;
    // The CDK's event source grants more than ReceiveChanges, and puts the stack's name into the mapping's id.
    const source = { batchSize: BATCH_SIZE, maxConcurrency, reportBatchItemFailures: true };
    this.function.addEventSourceMapping('Changes', { eventSourceArn: queue.queueArn, ...source });
  }

  #createRole({ config, changes, key, sourceKeyArns, rulesObject }: ReplicatorFunctionProps): Role {
    const role = new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
      description: 'May do what the configuration of the replicator needs',
    });
    role.addToPolicy(allow('WriteLog', ['logs:CreateLogStream', 'logs:PutLogEvents'], this.logGroup.logGroupArn));
    role.addToPolicy(
      allow('BuryDeadLetters', ['sqs:SendMessage', 'sqs:GetQueueAttributes'], changes.deadLetters.queueArn),
    );
    if (changes.queue !== undefined) {
      role.addToPolicy(allow('ReceiveChanges', RECEIVE, changes.queue.queueArn));
      role.addToPolicy(allow('HandOnReconcile', ['sqs:SendMessage'], changes.queue.queueArn));
    }
    if (key !== undefined) {
      role.addToPolicy(allow('UseQueueKey', ['kms:GenerateDataKey', 'kms:Decrypt'], key.keyArn));
    }
    const place = { partition: Aws.PARTITION, account: Aws.ACCOUNT_ID };
    const object = rulesObject === undefined ? undefined : rulesObjectAt(rulesObject.uri);
    grantTo(
      role,
      grantsFor({
        config,
        place,
        ...(sourceKeyArns === undefined ? {} : { sourceKeyArns }),
        ...(object === undefined ? {} : { rulesObject: { ...rulesObject, ...object } }),
      }),
    );
    return role;
  }
}

/** One event an invocation. Without a queue nothing but a reserved concurrency bounds how many run at once. */
function invokedDirectly(deadLetters: Queue, maxConcurrency: number): Partial<FunctionProps> {
  return {
    retryAttempts: DIRECT_RETRIES,
    maxEventAge: DIRECT_MAX_AGE,
    // The CDK's own destination would grant more than BuryDeadLetters.
    onFailure: { bind: () => ({ destination: deadLetters.queueArn }) },
    reservedConcurrentExecutions: maxConcurrency,
  };
}

function rulesEnvironment(given: ReplicatorFunctionProps['rulesObject']): Record<string, string> {
  if (given === undefined) return {};
  const ttl = given.ttl === undefined ? {} : { [RULES_TTL]: String(given.ttl.toSeconds()) };
  return { [ENVIRONMENT.config]: given.uri, ...ttl };
}

function allow(sid: string, actions: string[], resource: string): PolicyStatement {
  return new PolicyStatement({ sid, effect: Effect.ALLOW, actions, resources: [resource] });
}
