import { Duration, Validations } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { CheckedProps } from './checked-props.js';

/** Deliveries before a message becomes a dead letter; fewer than 5 would give up on throttled workers (Lambda developer guide, SQS). */
const MAX_RECEIVES = 5;
/** Times the function's timeout that a message stays invisible (same place). */
const VISIBILITY_FACTOR = 6;
/** The longest that SQS keeps a message. */
const RETENTION = Duration.days(14);

export interface ChangeQueueProps extends Pick<CheckedProps, 'delivery' | 'timeout'> {
  /** Undefined: SQS encrypts with a key of its own. */
  readonly key: IKey | undefined;
}

/** Changes on their way to the function, and the three places where one ends that could not be applied or delivered. */
export class ChangeQueue extends Construct {
  /** Undefined: rules invoke the function themselves. */
  readonly queue: Queue | undefined;
  /** What the function gave up on. */
  readonly deadLetters: Queue;
  /** What EventBridge could not deliver, by rule. */
  readonly undeliveredNative: Queue;
  readonly undeliveredFromTrail: Queue;

  constructor(scope: Construct, id: string, { delivery, timeout, key }: ChangeQueueProps) {
    super(scope, id);
    this.undeliveredNative = deadLetterQueueOfRule(this, 'UndeliveredNative', key);
    this.undeliveredFromTrail = deadLetterQueueOfRule(this, 'UndeliveredFromTrail', key);
    if (delivery === 'direct') {
      this.deadLetters = unpaired(this, 'DeadLetters', key, 'This is where Lambda puts events that it gave up on.');
      return;
    }
    this.deadLetters = new Queue(this, 'DeadLetters', encrypted(key));
    this.queue = new Queue(this, 'Queue', {
      ...encrypted(key),
      visibilityTimeout: Duration.seconds(timeout.toSeconds() * VISIBILITY_FACTOR),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVES },
    });
  }
}

export function deadLetterQueueOfRule(scope: Construct, id: string, key: IKey | undefined): Queue {
  return unpaired(scope, id, key, 'This is the dead-letter queue of a rule target.');
}

/** A dead-letter queue that no queue names. */
function unpaired(scope: Construct, id: string, key: IKey | undefined, is: string): Queue {
  const queue = new Queue(scope, id, encrypted(key));
  Validations.of(queue).acknowledge({ id: 'AwsSolutions-SQS3', reason: `${is} The check knows those of queues only.` });
  return queue;
}

/** Events name secrets and hold no values, so the service's own key is enough (docs/decisions/0005). */
function encrypted(key: IKey | undefined): QueueProps {
  const common = { enforceSSL: true, retentionPeriod: RETENTION };
  return key === undefined
    ? { encryption: QueueEncryption.SQS_MANAGED, ...common }
    : { encryption: QueueEncryption.KMS, encryptionMasterKey: key, ...common };
}
