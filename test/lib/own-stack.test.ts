import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { isProven } from '../../src/files/config-proof.js';
import { folderWith } from '../support/folder.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(ROOT, 'docs/deployment.md'), 'utf8');
/** The only block of a language on the page. */
const block = (language: string) => new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'm').exec(page)?.[1] ?? '';

const CONFIG = `version: 1
source: { region: eu-central-1, select: { include: ["own/*"] } }
destinations: [{ region: eu-west-1 }]
`;
/** The example's stack around the example. */
const around = ([imports = '', construct = '']: readonly string[]) => `
import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
${imports}
class Own extends Stack {
  constructor(app) {
    super(app, 'Own');
    const key = new Key(this, 'Key');
    const topic = new Topic(this, 'Topic', { masterKey: key });
    ${construct}
  }
}
const app = new App({ outdir: 'out' });
new Own(app);
app.synth();
`;

test('the construct is used in a stack of one’s own, outside of a clone, as docs/deployment.md says', () => {
  execFileSync(process.execPath, ['--import', 'tsx', 'scripts/build.ts', '--only', 'cdk'], { cwd: ROOT });
  const folder = folderWith({
    'package.json': '{ "type": "module" }',
    'replicator.yaml': CONFIG,
    'app.js': around(block('ts').split('\n\n')),
  });
  mkdirSync(join(folder, 'node_modules/.bin'), { recursive: true });
  symlinkSync(ROOT, join(folder, 'node_modules/secrets-replicator'));
  symlinkSync(join(ROOT, 'node_modules/aws-cdk-lib'), join(folder, 'node_modules/aws-cdk-lib'));
  const [install, copy = '', check = ''] = block('sh').trim().split('\n');
  expect(install).toBe('npm install secrets-replicator');

  const run = (command: string) => execFileSync('bash', ['-c', command], { cwd: folder, encoding: 'utf8' });
  run(copy);
  run(check.replace('npx secrets-replicator', `"${process.execPath}" "${join(ROOT, 'bin/secrets-replicator.mjs')}"`));
  run(`CDK_VALIDATION=false "${process.execPath}" app.js`);

  const compiled = readFileSync(join(folder, 'replicator/replicator.json'), 'utf8');
  expect(isProven(join(folder, 'replicator/replicator.json'), compiled)).toBe(true);
  expect(readFileSync(join(folder, 'out/Own.template.json'), 'utf8')).toContain(':secret:own/*-??????');
  expect(readFileSync(join(folder, 'out/Own.metadata.json'), 'utf8')).toContain(
    "stack Own says no region, and anywhere but in eu-central-1 no event reaches it; write env: { region: 'eu-central-1' }",
  );
  const asset = readdirSync(join(folder, 'out')).find((name) => name.startsWith('asset.')) ?? 'no asset';
  expect(readFileSync(join(folder, 'out', asset, 'replicator.json'), 'utf8')).toBe(compiled);
});
