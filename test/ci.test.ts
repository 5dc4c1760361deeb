import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { findSecrets } from '../scripts/secret-scan/patterns.js';

const path = (relative: string) => fileURLToPath(new URL(`../${relative}`, import.meta.url));
const read = (relative: string) => readFileSync(path(relative), 'utf8');

interface Step {
  readonly run?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly if?: string;
  readonly needs?: string;
  readonly uses?: string;
  readonly environment?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, string>>;
  readonly strategy?: { readonly matrix: { readonly node: readonly number[] } };
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency?: { readonly group: string; readonly 'cancel-in-progress': boolean };
  readonly jobs: Readonly<Record<string, Job>>;
}

const workflows = Object.fromEntries(
  readdirSync(path('.github/workflows')).map((file) => [
    file.replace('.yml', ''),
    parse(read(`.github/workflows/${file}`)) as Workflow,
  ]),
);
const workflow = (name: string): Workflow => {
  const found = workflows[name];
  if (found === undefined) throw new Error(`there is no workflow ${name}`);
  return found;
};
const stepsOf = ({ jobs }: Workflow) => Object.values(jobs).flatMap(({ steps = [] }) => steps);
const runsOf = (name: string) => stepsOf(workflow(name)).flatMap(({ run }) => run ?? []);
const { scripts } = JSON.parse(read('package.json')) as { readonly scripts: Readonly<Record<string, string>> };

/** Actions of others that may run here: what GitHub itself keeps, and AWS's own for credentials. */
const ACTIONS = /^(?:actions\/[\w-]+|aws-actions\/configure-aws-credentials)@v\d+$/;

/** Everything that a job may do beyond nothing. A job that is not here may read the repository. */
const PERMISSIONS: Readonly<Record<string, object>> = {
  'diff diff': { contents: 'read', 'id-token': 'write' },
  'diff comment': { 'pull-requests': 'write' },
  'deploy staging': { contents: 'read', 'id-token': 'write' },
  'deploy production': { contents: 'read', 'id-token': 'write' },
  'deploy-to deploy': { contents: 'read', 'id-token': 'write' },
  'release publish': { contents: 'write', 'id-token': 'write', attestations: 'write' },
};

describe('CI', () => {
  test('runs every part of npm run check, and scripts that exist', () => {
    const run = runsOf('ci').flatMap(
      (command) => /^npm (?:run )?(types|lint|format|unused|secrets|test|start)\b/.exec(command)?.[1] ?? [],
    );
    const parts = [...(scripts['check'] ?? '').matchAll(/npm (?:run )?(\w+)/g)].map(([, part]) => part);
    expect(parts.length).toBeGreaterThan(3);
    expect(run).toEqual(expect.arrayContaining([...parts, 'secrets']));
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(run));
  });

  test('audits what is installed, scans for secrets and synthesizes what would be deployed', () => {
    const run = runsOf('ci').join('\n');
    for (const command of ['npm audit --omit=dev', 'npm run secrets', 'npx cdk synth']) expect(run).toContain(command);
  });

  test('tests on the oldest Node that is promised and on the one that Lambda runs', () => {
    const nodes = workflow('ci').jobs['test']?.strategy?.matrix.node ?? [];
    expect(nodes).toEqual([20, 22, 24]);
    expect(read('lib/replicator-function.ts')).toContain(`NODEJS_${Math.max(...nodes)}_X`);
  });
});

describe('every workflow', () => {
  test('may do nothing but what each job says, and no job more than this', () => {
    for (const [name, { permissions, jobs }] of Object.entries(workflows)) {
      expect({ name, permissions }).toEqual({ name, permissions: name === 'ci' ? { contents: 'read' } : {} });
      for (const [id, job] of Object.entries(jobs)) {
        const wanted = PERMISSIONS[`${name} ${id}`] ?? (name === 'ci' ? undefined : { contents: 'read' });
        expect({ job: `${name} ${id}`, permissions: job.permissions }).toEqual({
          job: `${name} ${id}`,
          permissions: wanted,
        });
      }
    }
  });

  test('uses no action but those of GitHub and of AWS, and leaves no credentials in the checkout', () => {
    const steps = Object.values(workflows).flatMap(stepsOf);
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(8);
    expect(used.filter((action) => !ACTIONS.test(action))).toEqual([]);
    const checkouts = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout'));
    expect(checkouts.filter((step) => step.with?.['persist-credentials'] !== false)).toEqual([]);
  });

  test('never runs the code of a fork with rights of ours', () => {
    for (const { on } of Object.values(workflows)) {
      expect(Object.keys(on)).not.toContain('pull_request_target');
      expect(Object.keys(on)).not.toContain('workflow_run');
    }
    expect(workflow('diff').jobs['diff']?.if).toContain('head.repo.full_name == github.repository');
  });

  test('puts nothing into a shell that somebody else may have written', () => {
    const pasted = Object.values(workflows)
      .flatMap(stepsOf)
      .filter(({ run = '' }) => run.includes('${{'));
    expect(pasted).toEqual([]);
  });

  test('that changes something does it one at a time and is not broken off', () => {
    for (const name of ['deploy', 'release']) {
      expect(workflow(name).concurrency).toEqual({ group: name, 'cancel-in-progress': false });
    }
  });
});

describe('a deployment', () => {
  const { jobs } = workflow('deploy');

  test('comes after the checks, and production after staging, each in an environment of its own', () => {
    expect(jobs['check']?.uses).toBe('./.github/workflows/ci.yml');
    expect(workflow('ci').on).toHaveProperty('workflow_call');
    expect([jobs['staging']?.needs, jobs['production']?.needs]).toEqual(['check', 'staging']);
    expect([jobs['staging']?.with, jobs['production']?.with]).toEqual([
      { environment: 'staging' },
      { environment: 'production' },
    ]);
    expect(workflow('deploy-to').jobs['deploy']?.environment).toBe('${{ inputs.environment }}');
  });

  test('takes its role by OIDC and stores no key', () => {
    const text = ['deploy', 'deploy-to', 'diff'].map((name) => read(`.github/workflows/${name}.yml`)).join('\n');
    expect(text).not.toMatch(/aws-access-key-id|secrets\./);
    expect(stepsOf(workflow('deploy-to')).map(({ with: given }) => given?.['role-to-assume'])).toContain(
      '${{ vars.DEPLOY_ROLE_ARN }}',
    );
  });

  test('ends with the question whether what was deployed is ready', () => {
    const last = runsOf('deploy-to').at(-1);
    expect(last).toContain('{"action":"health"}');
    expect(last).toContain(".ready'");
  });
});

test('a pull request gets its diff from a job that runs none of its code', () => {
  const { diff, comment } = workflow('diff').jobs;
  expect(diff?.steps?.flatMap(({ run }) => run ?? []).join('\n')).toContain('npx cdk diff');
  expect(comment?.needs).toBe('diff');
  expect(comment?.steps?.some(({ uses = '' }) => uses.startsWith('actions/checkout'))).toBe(false);
});

test('the diff is that of the deployed configuration and stack, by a role that may only look, and its mistakes are told', () => {
  const command = runsOf('diff').find((run) => run.includes('npx cdk diff')) ?? '';
  expect(command).toContain('--method=template');
  const given = /-c "(config=\S+)" -c "(stack=\S+)"/.exec(command)?.slice(1) ?? [];
  expect(given).toEqual(['config=${CONFIG:-replicator.yaml}', 'stack=${STACK:-SecretsReplicator}']);
  expect(command).toContain('|| { cat diff.txt; exit 1; }');
});

test('a release carries a list of its parts and a proof of where it was made', () => {
  const run = runsOf('release').join('\n');
  expect(run).toContain('npm sbom --sbom-format=cyclonedx');
  // npm refuses a proof of another repository than the package names, and of none.
  expect(run.indexOf('repository.url=git+https://github.com/$GITHUB_REPOSITORY.git')).toBeGreaterThan(0);
  expect(run.indexOf('npm pack')).toBeGreaterThan(run.indexOf('repository.url='));
  expect(run).toMatch(/npm publish .*--provenance/);
  expect(
    stepsOf(workflow('release'))
      .flatMap(({ uses }) => uses ?? [])
      .join(' '),
  ).toContain('attest-build-provenance');
  expect(workflow('release').jobs['publish']?.environment).toBe('release');
});

test('docs/delivery.md names every workflow and every variable that they read', () => {
  const page = read('docs/delivery.md');
  const text = Object.keys(workflows)
    .map((name) => read(`.github/workflows/${name}.yml`))
    .join('\n');
  const variables = [...text.matchAll(/\b(?:vars|secrets)\.(\w+)/g)].map(([, name = '']) => name);
  for (const name of [...variables, 'ci', 'diff', 'deploy', 'release']) expect(page).toContain(`\`${name}\``);
});

describe('the scan for secrets', () => {
  // Put together here, so that it does not find its own test.
  const PLANTED: Readonly<Record<string, string>> = {
    'an access key id of AWS': ['AKIA', 'Z2345672345672XY'].join(''),
    'a secret access key of AWS': ['aws_secret_access_key = ', 'a'.repeat(40)].join(''),
    'a private key': ['-----BEGIN RSA PRIVATE', ' KEY-----\n', 'A'.repeat(64)].join(''),
    'a token of GitHub': ['ghp_', 'a'.repeat(36)].join(''),
    'a token of npm': ['npm_', 'a'.repeat(36)].join(''),
  };

  test.each(Object.entries(PLANTED))('finds %s and its line', (kind, planted) => {
    expect(findSecrets(`first\nsecond ${planted}\n`)).toEqual([{ line: 2, kind }]);
  });

  test('passes over keys that say they are examples, and over prose', () => {
    expect(findSecrets('AKIAIOSFODNN7EXAMPLE and -----BEGIN PRIVATE KEY----- and ghp_…')).toEqual([]);
  });
});
