import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { parse } from 'yaml';

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), 'utf8');

interface Workflow {
  readonly permissions: object;
  readonly jobs: Readonly<
    Record<string, { readonly steps: readonly { readonly run?: string; readonly uses?: string }[] }>
  >;
}

const workflow = parse(read('.github/workflows/ci.yml')) as Workflow;
const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);
const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

test('CI runs every part of npm run check, and scripts that exist', () => {
  const run = steps.flatMap(
    (step) => /^npm (?:run )?(types|lint|format|unused|test|start)\b/.exec(step.run ?? '')?.[1] ?? [],
  );
  const parts = [...(scripts['check'] ?? '').matchAll(/npm (?:run )?(\w+)/g)].map(([, part]) => part);
  expect(parts.length).toBeGreaterThan(3);
  expect(run).toEqual(expect.arrayContaining(parts));
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(run));
});

test('CI may read the repository and nothing else, and uses no action but those of GitHub', () => {
  expect(workflow.permissions).toEqual({ contents: 'read' });
  const foreign = steps.filter(({ uses }) => uses !== undefined && !/^actions\/[\w-]+@v\d+$/.test(uses));
  expect(foreign).toEqual([]);
});

test('CI tests on the oldest Node that is promised and on the one that Lambda runs', () => {
  const { matrix } = (workflow.jobs['test'] as unknown as { strategy: { matrix: { node: number[] } } }).strategy;
  expect(matrix.node).toEqual([20, 22, 24]);
  expect(read('lib/replicator-function.ts')).toContain(`NODEJS_${Math.max(...matrix.node)}_X`);
});
