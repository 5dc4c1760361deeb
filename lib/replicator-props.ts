import type { Duration, Size } from 'aws-cdk-lib';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { LogLevel } from '../src/core/settings.js';

/** What a replicator is made from. Everything but the bundle has a default that suits thousands of secrets. */
export interface ReplicatorProps {
  /**
   * Folder with `index.mjs` and `replicator.json`, as `npm run build` writes it to `dist/lambda`. Deployed exactly as it
   * is; rules, permissions and alarms are derived from the configuration inside.
   */
  readonly bundle: string;
  /**
   * Batches of 10 changes worked on at once, 2 to 1000.
   * @default 2: about 50 writes a second, which is all that Secrets Manager takes per account and region
   */
  readonly maxConcurrency?: number;
  /**
   * Longest run on one batch, 10 to 900 seconds, whole seconds. The queue delivers a failed change again after six times this.
   * @default 60 seconds, room for the default attempts of a throttled call and for five minutes until the queue's next one
   */
  readonly timeout?: Duration;
  /**
   * Memory of the function, 128 to 10240 MiB. Processor time is in proportion: 1769 MiB are one core.
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
   * Whether a dashboard is made; CloudWatch charges for each by the month.
   * @default true
   */
  readonly dashboard?: boolean;
}
