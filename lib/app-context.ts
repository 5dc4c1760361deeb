import { Duration, SecretValue, Size } from 'aws-cdk-lib';
import type { LogLevel } from '../src/core/settings.js';
import type { Delivery, ReplicatorProps } from './replicator-props.js';
import { WrongProps } from './wrong-props.js';

type Props = Omit<ReplicatorProps, 'bundle'>;
type Given = Readonly<Record<string, unknown>>;

/** What `-c name=value` may say of the ready stack, each as a property; docs/deployment.md has the same table. */
const PROPS: Readonly<Record<string, (text: string, given: Given) => Props>> = {
  delivery: (text) => ({ delivery: text as Delivery }),
  maxConcurrency: (text) => ({ maxConcurrency: number('maxConcurrency', text) }),
  timeout: (text) => ({ timeout: Duration.seconds(number('timeout', text)) }),
  memory: (text) => ({ memory: Size.mebibytes(number('memory', text)) }),
  logLevel: (text) => ({ logLevel: text as LogLevel }),
  trail: (text) => ({ trail: flag('trail', text) }),
  encryptionKey: (text) => ({ encryptionKey: onlyNew('encryptionKey', text) }),
  sourceKeys: (text) => ({ sourceKeyArns: listed(text) }),
  alarmEmail: (text) => ({ alarmEmails: listed(text) }),
  alarmTopic: (text) => ({ alarmTopic: onlyNew('alarmTopic', text) }),
  alarmWebhook: (url, given) => ({ alarmWebhook: { url, token: SecretValue.secretsManager(secretName(given)) } }),
  rulesObject: (uri, given) => ({ rulesObject: { uri, ...rulesOptions(given) } }),
  dashboard: (text) => ({ dashboard: flag('dashboard', text) }),
};

/** What `-c name=value` may say beside that. */
const OTHERS = ['config', 'stack', 'role', 'functionRole', 'alarmWebhookSecret', 'rulesTtl', 'rulesKey'] as const;
export const CONTEXT_NAMES: readonly string[] = [...OTHERS, ...Object.keys(PROPS)];

/** Settings of the CDK and of its tools have a mark of punctuation in their names. */
const WORD = /^[A-Za-z]+$/;
/** CloudFormation API reference, CreateStack. */
const STACK_NAME = /^[A-Za-z][A-Za-z0-9-]{0,127}$/;

export interface AppContext {
  /** Path of the configuration; undefined: the one of this repository. */
  readonly config: string | undefined;
  readonly stack: string | undefined;
  /** Name of a destination whose account's role is wanted, and the ARN of the function's. Undefined: the replicator. */
  readonly role: { readonly destination: string; readonly functionRoleArn: string } | undefined;
  readonly props: Props;
}

/** The context of the ready app. Throws WrongProps for a name that nobody reads, and for a value that is none. */
export function appContext(given: Given): AppContext {
  for (const name of Object.keys(given)) {
    if (WORD.test(name) && !CONTEXT_NAMES.includes(name)) throw unknown(name);
  }
  const text = (name: string) => textOf(given[name]);
  const [stack, destination] = [text('stack'), text('role')];
  if (stack !== undefined && !STACK_NAME.test(stack)) {
    throw wrong('stack', stack, 'a letter and up to 127 letters, digits and dashes');
  }
  const props = Object.entries(PROPS).map(([name, read]) => {
    const value = text(name);
    return value === undefined ? {} : read(value, given);
  });
  return {
    config: text('config'),
    stack,
    role: destination === undefined ? undefined : { destination, functionRoleArn: text('functionRole') ?? '' },
    props: Object.assign({}, ...props) as Props,
  };
}

function flag(name: string, text: string): boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  throw wrong(name, text, 'true or false');
}

function number(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw wrong(name, text, 'a whole number');
}

function onlyNew(name: string, text: string): 'new' {
  if (text === 'new') return text;
  throw wrong(name, text, 'new; for one of yours, use the construct SecretsReplicator in a stack of your own');
}

const listed = (text: string) => text.split(',').filter(Boolean);

/** On the command line everything is text; in cdk.json a number or a truth value may be one. */
function textOf(value: unknown): string | undefined {
  if (value === undefined || typeof value === 'string') return value;
  return JSON.stringify(value);
}

function secretName({ alarmWebhookSecret }: Given): string {
  const name = textOf(alarmWebhookSecret);
  if (name !== undefined) return name;
  throw new WrongProps(
    'alarmWebhook needs -c alarmWebhookSecret=<name of a secret>, whose value is sent as the header Authorization',
  );
}

function rulesOptions({ rulesTtl, rulesKey }: Given) {
  const [ttl, keyArn] = [textOf(rulesTtl), textOf(rulesKey)];
  return {
    ...(ttl === undefined ? {} : { ttl: Duration.seconds(number('rulesTtl', ttl)) }),
    ...(keyArn === undefined ? {} : { keyArn }),
  };
}

function wrong(name: string, found: string, allowed: string): WrongProps {
  return new WrongProps(`-c ${name}=${found} is not understood; it takes ${allowed}`);
}

function unknown(name: string): WrongProps {
  return new WrongProps(`-c ${name}=… is nothing that this app reads; it reads ${CONTEXT_NAMES.toSorted().join(', ')}`);
}
