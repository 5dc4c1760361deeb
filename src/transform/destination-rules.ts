import { ConfigError, placeOf, type ConfigIssue } from '../core/config-issues.js';
import type { DestinationConfig } from '../core/config.js';
import type { EmbeddedStep } from '../core/sedfile-steps.js';
import type { DestinationRules } from '../core/transformed.js';
import { chainBinder } from './chain.js';
import { attempt, collectIssues } from './collect-issues.js';
import { compileContract } from './contract.js';
import { compileRename } from './rename.js';
import { compileSedStep } from './sed-step.js';
import type { CompiledStep, CompileJsonStep, StepPlace } from './step.js';
import { AUTOMATIC_VARIABLES } from './variables.js';

/** Compiles a destination's rules, once per process. Throws ConfigError with every issue of this destination. */
export function compileRules(config: DestinationConfig, compileJsonStep?: CompileJsonStep): DestinationRules {
  const issues = automaticNames(config);
  const known = [...AUTOMATIC_VARIABLES, ...Object.keys(config.variables)];
  const replicaName = attempt(issues, () => compileRename(config));
  const compileStep = (step: EmbeddedStep, place: StepPlace): CompiledStep => {
    if ('sed' in step) return compileSedStep(step, place, known);
    if (compileJsonStep === undefined) throw new TypeError('a JSON step and nothing to compile it with');
    return compileJsonStep(step, place, known);
  };
  const steps = attempt(issues, () =>
    collectIssues(config.transform.map((step, position) => () => compileStep(step, placeOfStep(config, position)))),
  );
  const contract = attempt(issues, () => compileContract(config, known));
  if (issues.length > 0 || replicaName === undefined || steps === undefined || contract === undefined)
    throw new ConfigError(issues);
  return { replicaName, bind: chainBinder(steps, contract, config.variables) };
}

function automaticNames({ index, variables }: DestinationConfig): ConfigIssue[] {
  return AUTOMATIC_VARIABLES.filter((name) => Object.hasOwn(variables, name)).map((name) => {
    const path = ['destinations', index, 'variables', name];
    return { path, message: `${placeOf(path)} is set by the replicator; give yours another name`, key: true };
  });
}

function placeOfStep({ id, index }: DestinationConfig, position: number): StepPlace {
  return { name: `${id}.transform[${position}]`, path: ['destinations', index, 'transform', position] };
}
