import type { LogLevel } from '../../../src/core/settings.js';

/** A stack to synthesize, as plain JSON. */
export interface StackCase {
  /** The compiled configuration that lies in the bundle. */
  readonly config: unknown;
  readonly timeoutSeconds?: number;
  readonly maxConcurrency?: number;
  readonly logLevel?: LogLevel;
  readonly sourceKeyArns?: readonly string[];
  readonly env?: { readonly region: string };
  readonly dashboard?: boolean;
  readonly alarmEmails?: readonly string[];
  readonly alarmTopicArn?: string;
  /** The role for this destination's account instead of the replicator. */
  readonly role?: { readonly destination: string; readonly functionRoleArn: string };
  /** Adds a queue that breaks the rules, to see that they are applied. */
  readonly flawed?: boolean;
}
