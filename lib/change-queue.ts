import { Duration, Validations } from 'aws-cdk-lib';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';

/** Deliveries before a message becomes a dead letter; fewer than 5 would give up on throttled workers (Lambda developer guide, SQS). */
const MAX_RECEIVES = 5;
/** Times the function's timeout that a message stays invisible (same place). */
const VISIBILITY_FACTOR = 6;
/** The longest that SQS keeps a message. */
const RETENTION = Duration.days(14);

/** Changes on their way to the function, and the three places where one ends that could not be applied or delivered. */
export class ChangeQueue extends Construct {
  readonly queue: Queue;
  /** What the function gave up on. */
  readonly deadLetters: Queue;
  /** What EventBridge could not put into the queue, by rule. */
  readonly undeliveredNative: Queue;
  readonly undeliveredFromTrail: Queue;

  constructor(scope: Construct, id: string, functionTimeout: Duration) {
    super(scope, id);
    this.deadLetters = this.#encrypted('DeadLetters');
    this.undeliveredNative = this.#undelivered('UndeliveredNative');
    this.undeliveredFromTrail = this.#undelivered('UndeliveredFromTrail');
    this.queue = new Queue(this, 'Queue', {
      ...ENCRYPTED,
      visibilityTimeout: Duration.seconds(functionTimeout.toSeconds() * VISIBILITY_FACTOR),
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVES },
    });
  }

  #undelivered(id: string): Queue {
    const queue = this.#encrypted(id);
    Validations.of(queue).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'This is the dead-letter queue of a rule target, which the check does not know.',
    });
    return queue;
  }

  #encrypted(id: string): Queue {
    return new Queue(this, id, ENCRYPTED);
  }
}

/** Events name secrets and hold no values, so the service's own key is enough (docs/decisions/0005). */
const ENCRYPTED = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: RETENTION };
