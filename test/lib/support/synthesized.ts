import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { STACK_CASES } from './stack-cases.js';

export type CaseName = keyof typeof STACK_CASES;

interface Resource {
  readonly Type: string;
  readonly Properties: Readonly<Record<string, unknown>>;
}

export interface Template {
  readonly Resources: Readonly<Record<string, Resource>>;
}

/** The folder that the set-up of these tests synthesized every case into. */
const FOLDER = process.env['SYNTHESIZED_STACKS'] ?? '';

/** The template of a case that must not be refused. */
export function templateOf(name: CaseName, stack = 'Replicator'): Template {
  const refusal = refusalOf(name);
  if (refusal !== undefined) throw new Error(refusal);
  return read(name, `${stack}.template.json`) as Template;
}

/** The sentence that a case was refused with. */
export function refusalOf(name: CaseName): string | undefined {
  const path = join(FOLDER, `${name}.error`);
  return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
}

/** Rules that were broken, of AwsSolutions and of the CDK's own check of templates. */
export function findingsOf(name: CaseName): readonly string[] {
  const { pluginReports } = read(name, 'validation-report.json') as Report;
  return pluginReports.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName));
}

/** What was acknowledged and why, by rule; a rule that names a resource is about that one only. */
export function acknowledgementsOf(name: CaseName): readonly (readonly [rule: string, reason: string])[] {
  const entries = Object.values(read(name, 'Replicator.metadata.json') as Record<string, readonly Entry[]>).flat();
  const acknowledged = entries.filter(({ type }) => type === 'aws:cdk:acknowledged-rules');
  return acknowledged.flatMap(({ data }) => Object.entries(data as Record<string, string>));
}

interface Entry {
  readonly type: string;
  readonly data?: unknown;
}

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly { readonly ruleName: string }[];
  }[];
}

function read(name: CaseName, file: string): unknown {
  return JSON.parse(readFileSync(join(FOLDER, name, file), 'utf8'));
}
