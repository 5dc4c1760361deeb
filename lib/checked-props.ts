import { Duration, Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import {
  BUCKET,
  KEY_ARN,
  RULES_TTL_SECONDS,
  RULES_URI_TAKES,
  rulesObjectAt,
  type NamedRulesObject,
} from '../src/core/rules-object.js';
import type { LogLevel } from '../src/core/settings.js';
import { requireKinds } from './prop-kinds.js';
import type { Delivery, ReplicatorProps, RulesObjectProps } from './replicator-props.js';
import { refuse } from './wrong-props.js';

/** Those that mean something by being left out. */
type Optional = 'sourceKeyArns' | 'encryptionKey' | 'alarmTopic' | 'alarmEmails' | 'alarmWebhook' | 'rulesObject';
export type CheckedProps = Required<Omit<ReplicatorProps, Optional>> & Pick<ReplicatorProps, Optional>;

/** Concurrency 2 is the least an event source mapping takes (Lambda API reference, ScalingConfig). */
const CONCURRENCY = { least: 2, most: 1_000 };
const TIMEOUT_SECONDS = { least: 10, most: 900 };
/** Lambda quotas. */
const MEMORY_MIB = { least: 128, most: 10_240 };
const LOG_LEVELS: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];
const DELIVERIES: readonly Delivery[] = ['queue', 'direct'];
const ADDRESS = /^[^@\s]+@[^@\s]+\.[^@\s]+$/;
const HTTPS = /^https:\/\/[^\s/]+/;

/** Defaults filled in. Throws with the property, what was given, what is allowed and what to write instead. */
export function checkedProps(props: ReplicatorProps): CheckedProps {
  requireKinds(props);
  const { maxConcurrency = 2, timeout = Duration.seconds(60), memory = Size.mebibytes(512) } = props;
  const { logLevel = 'INFO', delivery = 'queue' } = props;
  requireWhole('maxConcurrency', maxConcurrency, CONCURRENCY, 'leave it out for 2');
  requireWhole(
    'timeout',
    timeout.toSeconds({ integral: false }),
    TIMEOUT_SECONDS,
    'leave it out for 60 seconds, or write Duration.seconds(60)',
  );
  requireWhole(
    'memory',
    memory.toMebibytes({ rounding: SizeRoundingBehavior.NONE }),
    MEMORY_MIB,
    'leave it out for 512 MiB, or write Size.mebibytes(512)',
  );
  requireOneOf('logLevel', logLevel, LOG_LEVELS, 'leave it out for INFO');
  requireOneOf('delivery', delivery, DELIVERIES, 'leave it out for queue');
  requireTexts(props);
  if (props.rulesObject !== undefined) requireRulesObject(props.rulesObject);
  return {
    ...props,
    delivery,
    maxConcurrency,
    timeout,
    memory,
    logLevel,
    trail: props.trail ?? false,
    dashboard: props.dashboard ?? true,
    logRetention: props.logRetention ?? RetentionDays.THREE_MONTHS,
  };
}

/** The object that the configuration names, where props name none. Throws where both do and differ: commands go by the configuration. */
export function withRulesObject(props: ReplicatorProps, named: NamedRulesObject | undefined): ReplicatorProps {
  if (named === undefined) return props;
  const { uri, ttlSeconds, keyArn } = named;
  if (props.rulesObject === undefined) {
    const ttl = ttlSeconds === undefined ? {} : { ttl: Duration.seconds(ttlSeconds) };
    return { ...props, rulesObject: { uri, ...ttl, ...(keyArn === undefined ? {} : { keyArn }) } };
  }
  if (props.rulesObject.uri === uri) return props;
  const allowed = `nothing but ${uri}, which the configuration names`;
  return refuse('rulesObject.uri', props.rulesObject.uri, allowed, 'name it in one place');
}

function requireTexts({ sourceKeyArns = [], alarmEmails = [], alarmWebhook }: ReplicatorProps): void {
  for (const arn of sourceKeyArns.filter((given) => !fits(given, KEY_ARN))) {
    const allowed = 'ARNs of keys, arn:aws:kms:<region>:<account>:key/<id>';
    refuse('sourceKeyArns', arn, allowed, 'an alias has no rights of its own; give its key');
  }
  for (const address of alarmEmails.filter((given) => !fits(given, ADDRESS))) {
    refuse('alarmEmails', address, 'e-mail addresses', 'name another subscriber on the topic itself');
  }
  // The address may be as good as a password, so it is not repeated.
  if (alarmWebhook !== undefined && !fits(alarmWebhook.url, HTTPS)) {
    refuse('alarmWebhook.url', 'no such address', 'an address that begins with https://', 'give that of the webhook');
  }
}

function requireRulesObject({ uri, ttl, keyArn }: RulesObjectProps): void {
  const object = rulesObjectAt(uri);
  if (object === undefined || !fits(object.bucket, BUCKET)) {
    refuse('rulesObject.uri', uri, RULES_URI_TAKES, 'give the object of a bucket in the region of the stack');
  }
  const seconds = ttl?.toSeconds({ integral: false }) ?? RULES_TTL_SECONDS.usual;
  const remedy = 'leave it out for 60 seconds, or write Duration.seconds(60)';
  requireWhole('rulesObject.ttl', seconds, RULES_TTL_SECONDS, remedy);
  if (keyArn !== undefined && !fits(keyArn, KEY_ARN)) {
    refuse(
      'rulesObject.keyArn',
      keyArn,
      'the ARN of a key, arn:aws:kms:<region>:<account>:key/<id>',
      'leave it out for the keys of S3',
    );
  }
}

/** What is known only after deployment fits. */
function fits(given: string, form: RegExp): boolean {
  return Token.isUnresolved(given) || form.test(given);
}

function requireOneOf(name: string, given: string, allowed: readonly string[], remedy: string): void {
  if (!allowed.includes(given)) refuse(name, given, `one of ${allowed.join(', ')}`, remedy);
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
