import type { ReplicatorProps } from './replicator-props.js';
import { refuse } from './wrong-props.js';

interface Kind {
  readonly holds: (given: unknown) => boolean;
  readonly takes: string;
  readonly write: string;
}

const having =
  (member: string) =>
  (given: unknown): boolean =>
    typeof given === 'object' && given !== null && member in given;
const orNew = (holds: (given: unknown) => boolean) => (given: unknown) => given === 'new' || holds(given);
const flag = (name: string): Kind => ({
  holds: (given) => typeof given === 'boolean',
  takes: 'true or false',
  write: `write ${name}: true`,
});
const list = (item: string): Kind => ({ holds: Array.isArray, takes: 'a list', write: `write ['${item}']` });

/** What only the compiler would notice, and not everybody has one: a text in the place of a topic would be an alarm that tells nobody. */
const KINDS: Readonly<Partial<Record<keyof ReplicatorProps, Kind>>> = {
  timeout: { holds: having('toSeconds'), takes: 'a Duration', write: 'write Duration.seconds(60)' },
  memory: { holds: having('toMebibytes'), takes: 'a Size', write: 'write Size.mebibytes(512)' },
  encryptionKey: {
    holds: orNew(having('keyArn')),
    takes: "a key, or 'new'",
    write: "write Key.fromKeyArn(this, 'Key', '<ARN>')",
  },
  alarmTopic: {
    holds: orNew(having('topicArn')),
    takes: "a topic, or 'new'",
    write: "write Topic.fromTopicArn(this, 'Topic', '<ARN>')",
  },
  alarmEmails: list('ops@example.com'),
  sourceKeyArns: list('arn:aws:kms:<region>:<account>:key/<id>'),
  trail: flag('trail'),
  dashboard: flag('dashboard'),
};

/** Throws with the property whose value is of another kind than its type says, and what to write instead. */
export function requireKinds(props: ReplicatorProps): void {
  for (const [name, { holds, takes, write }] of Object.entries(KINDS)) {
    const given: unknown = props[name as keyof ReplicatorProps];
    if (given !== undefined && !holds(given)) refuse(name, shown(given), takes, write);
  }
  const { ttl } = props.rulesObject ?? {};
  if (ttl !== undefined && !having('toSeconds')(ttl)) {
    refuse('rulesObject.ttl', shown(ttl), 'a Duration', 'write Duration.seconds(60)');
  }
  // A token that is a text is one that stands in the sources, so it is not repeated.
  if (props.alarmWebhook !== undefined && !having('unsafeUnwrap')(props.alarmWebhook.token)) {
    const write = "write SecretValue.secretsManager('<name of a secret>')";
    refuse('alarmWebhook.token', 'no SecretValue', 'a SecretValue', write);
  }
}

function shown(given: unknown): string {
  return typeof given === 'string' || typeof given === 'number' || typeof given === 'boolean'
    ? String(given)
    : 'something else';
}
