import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, SecretValue, Size, Stack, Validations } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ReplicaRoleStack } from '../../../lib/replica-role-stack.js';
import type { ReplicatorProps } from '../../../lib/replicator-props.js';
import { ReplicatorStack } from '../../../lib/replicator-stack.js';
import { SecretsReplicator } from '../../../lib/replicator.js';
import type { StackCase } from './stack-case.js';
import { STACK_CASES } from './stack-cases.js';

/**
 * Run as a process of its own, `node --import tsx synthesize.ts <folder>`: the CDK loads several times faster there than
 * inside a test. Writes an assembly for each case into the folder, or why there is none.
 */
const folder = process.argv[2] ?? '';
const { context } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8')) as {
  readonly context: Record<string, unknown>;
};

for (const [name, one] of Object.entries<StackCase>(STACK_CASES)) {
  try {
    synthesize(name, one);
  } catch (error) {
    writeFileSync(join(folder, `${name}.error`), error instanceof Error ? error.message : String(error));
  }
}
// A finding makes the CDK set another one; what was found is in the report.
process.exitCode = 0;

function synthesize(name: string, one: StackCase): void {
  const bundle = join(folder, 'bundles', name);
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(bundle, 'index.mjs'), 'export const handler = () => undefined;\n');
  if (one.config !== undefined) writeFileSync(join(bundle, 'replicator.json'), JSON.stringify(one.config));
  const app = new App({ outdir: join(folder, name), context });
  if (one.checked === true) Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  declare(app, bundle, one);
  process.env['CDK_VALIDATION'] = String(one.checked ?? false);
  app.synth();
}

/** A construct adds itself to its scope. */
function declare(app: App, bundle: string, one: StackCase): void {
  const env = one.env === undefined ? {} : { env: one.env };
  if (one.role !== undefined) {
    // oxlint-disable-next-line no-new
    new ReplicaRoleStack(app, 'Replicator', { bundle, ...one.role, ...env });
    return;
  }
  const props = { bundle, ...propsOf(app, one) };
  const stack = new ReplicatorStack(app, 'Replicator', { ...props, ...env });
  if (one.flawed === true) stack.exportValue(new Queue(stack, 'Flawed').queueArn);
  if (one.twice === true) {
    /* oxlint-disable no-new */
    new SecretsReplicator(stack, 'Second', props);
    new ReplicatorStack(app, 'Other', props);
  }
}

function propsOf(app: App, one: StackCase): Omit<ReplicatorProps, 'bundle'> {
  const { timeoutSeconds, memoryMebibytes, key, alarmTopicArn, webhookUrl, rulesObject, ...plain } = one;
  const {
    config: _config,
    env: _env,
    role: _role,
    flawed: _flawed,
    twice: _twice,
    checked: _checked,
    ...props
  } = plain;
  const token = SecretValue.secretsManager('alarm-webhook');
  const others = () => new Stack(app, 'Others');
  return {
    ...props,
    ...(timeoutSeconds === undefined ? {} : { timeout: Duration.seconds(timeoutSeconds) }),
    ...(memoryMebibytes === undefined ? {} : { memory: Size.mebibytes(memoryMebibytes) }),
    ...(rulesObject === undefined ? {} : { rulesObject: rulesOf(rulesObject) }),
    ...(webhookUrl === undefined ? {} : { alarmWebhook: { url: webhookUrl, token } }),
    ...(alarmTopicArn === undefined ? {} : { alarmTopic: Topic.fromTopicArn(others(), 'Topic', alarmTopicArn) }),
    ...(key === undefined ? {} : { encryptionKey: key === 'new' ? key : Key.fromKeyArn(others(), 'Key', key) }),
  };
}

function rulesOf({
  ttlSeconds,
  ...rest
}: NonNullable<StackCase['rulesObject']>): NonNullable<ReplicatorProps['rulesObject']> {
  return { ...rest, ...(ttlSeconds === undefined ? {} : { ttl: Duration.seconds(ttlSeconds) }) };
}
