import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderWith } from '../../support/folder.js';
import type { StackCase } from './stack-case.js';

const SYNTHESIZE = fileURLToPath(new URL('synthesize.ts', import.meta.url));

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

export interface Synthesized {
  readonly template: Template;
  /** Rules that were broken, of AwsSolutions and of the CDK's own check of templates. */
  readonly findings: readonly string[];
}

export interface SynthesizeOptions {
  /** Run the CDK's own check of templates too; it takes seconds to start. */
  readonly checkTemplates?: boolean;
}

/** Every case synthesized, in one process, or the sentence that it was refused with. */
export function synthesized<Name extends string>(
  cases: Readonly<Record<Name, StackCase>>,
  { checkTemplates = false }: SynthesizeOptions = {},
): Readonly<Record<Name, Synthesized | string>> {
  const folder = folderWith({ 'cases.json': JSON.stringify(cases) });
  const env = { ...process.env, NODE_OPTIONS: '', ...(checkTemplates ? {} : { CDK_VALIDATION: 'false' }) };
  const { status, stderr } = spawnSync(process.execPath, ['--import', 'tsx', SYNTHESIZE, folder], {
    env,
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const names = Object.keys(cases) as Name[];
  return Object.fromEntries(names.map((name) => [name, outcomeOf(folder, name)])) as Record<Name, Synthesized | string>;
}

/** For a case that must not be refused. */
export function stackOf(outcome: Synthesized | string): Synthesized {
  if (typeof outcome === 'string') throw new Error(outcome);
  return outcome;
}

function outcomeOf(folder: string, name: string): Synthesized | string {
  const refusal = join(folder, `${name}.error`);
  if (existsSync(refusal)) return readFileSync(refusal, 'utf8');
  const json = (file: string): unknown => JSON.parse(readFileSync(join(folder, name, file), 'utf8'));
  const { pluginReports } = json('validation-report.json') as Report;
  return {
    template: json('Replicator.template.json') as Template,
    findings: pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName)),
  };
}

interface Report {
  readonly pluginReports: readonly { readonly violations: readonly { readonly ruleName: string }[] }[];
}
