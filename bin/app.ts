import { execFileSync } from 'node:child_process';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { App } from 'aws-cdk-lib';
import { ReplicatorStack } from '../lib/replicator-stack.js';

/** Context: `config`, the configuration file (default replicator.yaml); `stack`, the stack's name where one account has several. */
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

// A construct adds itself to its scope.
// oxlint-disable-next-line no-new
new ReplicatorStack(app, context('stack', 'SecretsReplicator'), { bundle: resolve(root, 'dist/lambda') });
