import type { Duration, SecretValue, Size } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { LogLevel } from '../src/core/settings.js';

/** `queue`: EventBridge puts events into a queue, which the function works off. `direct`: EventBridge invokes the function. */
export type Delivery = 'queue' | 'direct';

/** What a replicator is made from. Everything but the bundle has a default that suits thousands of secrets. */
export interface ReplicatorProps {
  /**
   * Folder with `index.mjs` and `replicator.json`, as `npm run build` writes it to `dist/lambda`, or a copy of the package's
   * with a configuration of your own. Deployed exactly as it is; rules, permissions and alarms are derived from the configuration inside.
   */
  readonly bundle: string;
  /**
   * How events come to the function. `direct` suits a few hundred secrets that change now and then: no queue to pay and to
   * look after, but no batches, two retries within minutes instead of five deliveries, and a reconcile that has to end within
   * one `timeout`. It reserves `maxConcurrency` of the account's concurrency, of which Lambda wants 100 left over.
   * @default queue
   */
  readonly delivery?: Delivery;
  /**
   * What is worked on at once, 2 to 1000: batches of 10 changes, or single ones where delivery is direct.
   * @default 2: about 50 writes a second, which is all that Secrets Manager takes per account and region
   */
  readonly maxConcurrency?: number;
  /**
   * Longest run of the function, 10 to 900 seconds, whole seconds. The queue delivers a failed change again after six times this.
   * @default 60 seconds, room for the default attempts of a throttled call and for five minutes until the queue's next one
   */
  readonly timeout?: Duration;
  /**
   * Memory of the function, 128 to 10240 MiB. Processor time of invocations is in proportion: 1769 MiB are one core.
   * @default 512 MiB
   */
  readonly memory?: Size;
  /**
   * How long log lines are kept.
   * @default three months
   */
  readonly logRetention?: RetentionDays;
  /**
   * Least severe log line that is written.
   * @default INFO
   */
  readonly logLevel?: LogLevel;
  /**
   * ARNs of the customer-managed keys that source secrets are encrypted with.
   * @default any key of the account, used through Secrets Manager and for the selected secrets only
   */
  readonly sourceKeyArns?: readonly string[];
  /**
   * Whether a trail is made that records write events of this region, without which EventBridge hears of values only and not
   * of deletions, tags and descriptions. The second trail of an account is charged by the event.
   * @default false: a trail that the account has anyway serves as well
   */
  readonly trail?: boolean;
  /**
   * The key of queues and of a topic made here: one of yours, or `new` for one made here. The policy of a key that another
   * stack made has to let `events.amazonaws.com` and `cloudwatch.amazonaws.com` call `kms:Decrypt` and `kms:GenerateDataKey*`.
   * @default none: SQS encrypts with a key of its own, and a topic made here has one for itself
   */
  readonly encryptionKey?: IKey | 'new';
  /**
   * The topic that alarms notify when they fire and when it is over: one of yours, which has to let `cloudwatch.amazonaws.com`
   * publish and use its key, or `new` for one made here.
   * @default one made here if there are alarmEmails, otherwise alarms notify nobody
   */
  readonly alarmTopic?: ITopic | 'new';
  /**
   * Addresses subscribed to that topic; each confirms by a link in a first message.
   * @default none
   */
  readonly alarmEmails?: readonly string[];
  /**
   * Where changes of alarms are posted to, beside the topic. EventBridge keeps the token in a secret whose name begins with
   * `events!connection/`, which `source.select` has to leave out.
   * @default none
   */
  readonly alarmWebhook?: AlarmWebhookProps;
  /**
   * An object in S3 whose rules take the place of the bundled ones while the function runs. Whoever may write it decides what
   * replicas hold, so its bucket should keep versions and let few people write.
   * @default none: rules change by a deployment
   */
  readonly rulesObject?: RulesObjectProps;
  /**
   * Whether a dashboard is made; CloudWatch charges for each by the month.
   * @default true
   */
  readonly dashboard?: boolean;
}

/** A compiled configuration, `replicator.json` of a build, that differs from the bundle's in rules only. */
export interface RulesObjectProps {
  /** `s3://<bucket>/<key>`, of a bucket in the account and region of the function. */
  readonly uri: string;
  /**
   * How long the function works with it before it asks whether it changed, 1 second to a day, whole seconds.
   * @default 60 seconds
   */
  readonly ttl?: Duration;
  /**
   * ARN of the customer-managed key that it is encrypted with.
   * @default none: S3's own keys, or `aws/s3`
   */
  readonly keyArn?: string;
}

/** Where alarms are posted to: a chat's incoming webhook, or anything else that takes `{ "text": … }`. */
export interface AlarmWebhookProps {
  /** Begins with https. Where the address itself is secret: `SecretValue.secretsManager('…').unsafeUnwrap()`, which stays a reference in the template. */
  readonly url: string;
  /** Sent with every post: `SecretValue.secretsManager('name of a secret')`. EventBridge keeps it in a secret of the connection. */
  readonly token: SecretValue;
  /**
   * Header that carries the token.
   * @default Authorization
   */
  readonly header?: string;
}
