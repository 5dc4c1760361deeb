import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { appContext } from '../lib/app-context.js';
import { ReplicaRoleStack } from '../lib/replica-role-stack.js';
import { ReplicatorStack } from '../lib/replicator-stack.js';
import { WrongProps } from '../lib/wrong-props.js';

/** The replicator's stack, or with `-c role=<destination>` that of the role for its account. docs/deployment.md has the context. */
const app = new App();
const root = fileURLToPath(new URL('..', import.meta.url));

try {
  const { config = resolve(root, 'replicator.yaml'), stack, role, props } = appContext(app.node.getAllContext() ?? {});
  build(resolve(config));
  const bundle = resolve(root, 'dist/lambda');
  // A construct adds itself to its scope.
  /* oxlint-disable no-new */
  if (role === undefined) new ReplicatorStack(app, stack ?? 'SecretsReplicator', { bundle, ...props });
  else new ReplicaRoleStack(app, stack ?? 'SecretsReplicatorRole', { bundle, ...role });
} catch (error) {
  if (!(error instanceof WrongProps)) throw error;
  console.error(error.message);
  process.exit(1);
}

/** Always anew: what is deployed is what the sources and the configuration say now. */
function build(config: string): void {
  const script = ['--import', 'tsx', resolve(root, 'scripts/build.ts'), '--only', 'lambda', '--config', config];
  try {
    execFileSync(process.execPath, script, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
  } catch {
    // The build has said what is wrong and where.
    process.exit(1);
  }
}
