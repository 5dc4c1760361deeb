import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { ReplicaRoleStack } from '../lib/replica-role-stack.js';
import { ReplicatorStack } from '../lib/replicator-stack.js';

/**
 * Context: `config`, the configuration file (default replicator.yaml); `stack`, the stack's name where one account has several;
 * `alarmEmail`, who hears of alarms, several with commas; `dashboard`, `false` for none.
 * With `role`, a destination's name, and `functionRole`, the function's role, instead the role for that destination's account.
 */
const app = new App();
const root = fileURLToPath(new URL('..', import.meta.url));
const context = (name: string, otherwise: string) => String(app.node.tryGetContext(name) ?? otherwise);

// Always built anew: what is deployed is what the sources and the configuration say now.
const build = ['--import', 'tsx', resolve(root, 'scripts/build.ts'), '--only', 'lambda'];
const config = resolve(context('config', resolve(root, 'replicator.yaml')));
try {
  execFileSync(process.execPath, [...build, '--config', config], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
} catch {
  // The build has said what is wrong and where.
  process.exit(1);
}

const bundle = resolve(root, 'dist/lambda');
const destination = context('role', '');
// A construct adds itself to its scope.
/* oxlint-disable no-new */
if (destination === '') {
  const alarmEmails = context('alarmEmail', '').split(',').filter(Boolean);
  const dashboard = context('dashboard', 'true') !== 'false';
  new ReplicatorStack(app, context('stack', 'SecretsReplicator'), { bundle, alarmEmails, dashboard });
} else {
  const functionRoleArn = context('functionRole', '');
  new ReplicaRoleStack(app, context('stack', 'SecretsReplicatorRole'), { bundle, destination, functionRoleArn });
}
