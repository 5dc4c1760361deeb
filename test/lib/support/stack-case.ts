import type { Delivery } from '../../../lib/replicator-props.js';
import type { LogLevel } from '../../../src/core/settings.js';

/** A stack to synthesize, as plain JSON. */
export interface StackCase {
  /** The compiled configuration that lies in the bundle. */
  readonly config: unknown;
  readonly delivery?: Delivery;
  readonly timeoutSeconds?: number;
  readonly memoryMebibytes?: number;
  readonly maxConcurrency?: number;
  readonly logLevel?: LogLevel;
  readonly trail?: boolean;
  /** `new`, or the ARN of a key of another stack's. */
  readonly key?: string;
  readonly sourceKeyArns?: readonly string[];
  readonly env?: { readonly region: string; readonly account?: string };
  readonly dashboard?: boolean;
  readonly alarmEmails?: readonly string[];
  readonly alarmTopicArn?: string;
  /** Its token is in the secret `alarm-webhook`. */
  readonly webhookUrl?: string;
  readonly rulesObject?: { readonly uri: string; readonly ttlSeconds?: number; readonly keyArn?: string };
  /** The role for this destination's account instead of the replicator. */
  readonly role?: { readonly destination: string; readonly functionRoleArn: string };
  /** Adds a queue that breaks the rules, to see that they are applied. */
  readonly flawed?: boolean;
  /** A second construct in the same stack and a second stack in the same app. */
  readonly twice?: boolean;
  /** Whether the CDK's own check of templates is run too; it takes a second. */
  readonly checked?: boolean;
}
