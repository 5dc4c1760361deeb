import { Duration, Size, Token } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { LogLevel } from '../src/core/settings.js';
import type { ReplicatorProps } from './replicator-props.js';

/** Those that mean something by being left out. */
type Optional = 'sourceKeyArns' | 'alarmTopic' | 'alarmEmails';
export type CheckedProps = Required<Omit<ReplicatorProps, Optional>> & Pick<ReplicatorProps, Optional>;

/** Concurrency 2 is the least an event source mapping takes (Lambda API reference, ScalingConfig). */
const CONCURRENCY = { least: 2, most: 1_000 };
const TIMEOUT_SECONDS = { least: 10, most: 900 };
/** Lambda quotas. */
const MEMORY_MIB = { least: 128, most: 10_240 };
const LOG_LEVELS: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];
const ADDRESS = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** Defaults filled in. Throws with the property, what was given, what is allowed and what to write instead. */
export function checkedProps(props: ReplicatorProps): CheckedProps {
  const { maxConcurrency = 2, timeout = Duration.seconds(60), memory = Size.mebibytes(512), logLevel = 'INFO' } = props;
  requireWhole('maxConcurrency', maxConcurrency, CONCURRENCY, 'leave it out for 2');
  requireWhole(
    'timeout',
    timeout.toSeconds(),
    TIMEOUT_SECONDS,
    'leave it out for 60 seconds, or write Duration.seconds(60)',
  );
  requireWhole('memory', memory.toMebibytes(), MEMORY_MIB, 'leave it out for 512 MiB, or write Size.mebibytes(512)');
  if (!LOG_LEVELS.includes(logLevel))
    refuse('logLevel', logLevel, `one of ${LOG_LEVELS.join(', ')}`, 'leave it out for INFO');
  for (const arn of props.sourceKeyArns ?? []) {
    if (Token.isUnresolved(arn) || KEY_ARN.test(arn)) continue;
    refuse(
      'sourceKeyArns',
      arn,
      'ARNs of keys, arn:aws:kms:<region>:<account>:key/<id>',
      'an alias has no rights of its own; give its key',
    );
  }
  for (const address of props.alarmEmails ?? []) {
    if (Token.isUnresolved(address) || ADDRESS.test(address)) continue;
    refuse('alarmEmails', address, 'e-mail addresses', 'name another subscriber on the topic itself');
  }
  return {
    ...props,
    maxConcurrency,
    timeout,
    memory,
    logLevel,
    dashboard: props.dashboard ?? true,
    logRetention: props.logRetention ?? RetentionDays.THREE_MONTHS,
  };
}

function requireWhole(
  name: string,
  given: number,
  { least, most }: { least: number; most: number },
  remedy: string,
): void {
  if (Token.isUnresolved(given) || (Number.isInteger(given) && given >= least && given <= most)) return;
  refuse(name, String(given), `a whole number from ${least} to ${most}`, remedy);
}

function refuse(name: string, given: string, allowed: string, remedy: string): never {
  throw new Error(`SecretsReplicator: ${name} is ${given}; it takes ${allowed}; ${remedy}`);
}
