import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, Duration, Stack, Validations } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { AwsSolutionsChecks } from 'cdk-nag';
import { ReplicaRoleStack } from '../../../lib/replica-role-stack.js';
import { ReplicatorStack } from '../../../lib/replicator-stack.js';
import type { StackCase } from './stack-case.js';

/**
 * Run as a process of its own, `node --import tsx synthesize.ts <folder>`: the CDK loads several times faster there than
 * inside a test. Reads cases.json in the folder and writes an assembly for each case beside it, or why there is none.
 */
const folder = process.argv[2] ?? '';
const { context } = JSON.parse(readFileSync(new URL('../../../cdk.json', import.meta.url), 'utf8')) as {
  readonly context: Record<string, unknown>;
};
const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as Record<string, StackCase>;

for (const [name, one] of Object.entries(cases)) {
  try {
    synthesize(name, one);
  } catch (error) {
    writeFileSync(join(folder, `${name}.error`), error instanceof Error ? error.message : String(error));
  }
}
// A finding makes the CDK set another one; what was found is in the report.
process.exitCode = 0;

function synthesize(
  name: string,
  { config, timeoutSeconds, role, alarmTopicArn, flawed = false, ...props }: StackCase,
): void {
  const bundle = join(folder, 'bundles', name);
  mkdirSync(bundle, { recursive: true });
  writeFileSync(join(bundle, 'index.mjs'), 'export const handler = () => undefined;\n');
  if (config !== undefined) writeFileSync(join(bundle, 'replicator.json'), JSON.stringify(config));
  const app = new App({ outdir: join(folder, name), context });
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));
  const timeout = timeoutSeconds === undefined ? {} : { timeout: Duration.seconds(timeoutSeconds) };
  if (role !== undefined) {
    // A construct adds itself to its scope.
    // oxlint-disable-next-line no-new
    new ReplicaRoleStack(app, 'Replicator', { bundle, ...role });
    app.synth();
    return;
  }
  const given = alarmTopicArn === undefined ? {} : { alarmTopic: topicIn(new Stack(app, 'Topics'), alarmTopicArn) };
  const stack = new ReplicatorStack(app, 'Replicator', { bundle, ...props, ...timeout, ...given });
  if (flawed) stack.exportValue(new Queue(stack, 'Flawed').queueArn);
  app.synth();
}

function topicIn(stack: Stack, arn: string) {
  return Topic.fromTopicArn(stack, 'Topic', arn);
}
