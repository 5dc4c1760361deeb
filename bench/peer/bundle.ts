import { App, Stack } from 'aws-cdk-lib';
import { Runtime } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { cpSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { packagePath } from '../../src/cli/package-path.js';

/**
 * What NodejsFunction makes of the same function by its defaults, in `dist/peer`: one CommonJS file, not minified, without
 * the SDK, which the runtime brings along; here it is found in node_modules. The path of the file, and its bytes.
 */
export function bundlePeer(): { readonly path: string; readonly bytes: number } {
  const outdir = mkdtempSync(join(tmpdir(), 'peer-'));
  try {
    const stack = new Stack(new App({ outdir }), 'Peer');
    // oxlint-disable-next-line no-new -- constructs add themselves to their scope
    new NodejsFunction(stack, 'Function', {
      entry: packagePath('bench/peer/handler.ts'),
      depsLockFilePath: packagePath('package-lock.json'),
      runtime: Runtime.NODEJS_24_X,
    });
    const asset = readdirSync(outdir).find((name) => name.startsWith('asset.'));
    if (asset === undefined) throw new Error('NodejsFunction made no asset');
    const folder = packagePath('dist/peer');
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(outdir, asset), folder, { recursive: true });
    cpSync(packagePath('dist/lambda/replicator.json'), join(folder, 'replicator.json'));
    // Above it stands our own package.json, for which such a file would be an ES module.
    writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }');
    const path = join(folder, 'index.js');
    return { path, bytes: statSync(path).size };
  } finally {
    rmSync(outdir, { recursive: true });
  }
}
