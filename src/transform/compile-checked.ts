import type { CheckedConfig } from '../core/check-config.js';
import type { DestinationConfig, ReplicationConfig } from '../core/config.js';
import { ConfigError, type ConfigIssue } from '../core/config-issues.js';
import type { DestinationRules } from '../core/transformed.js';
import { compileRules } from './destination-rules.js';
import type { CompileJsonStep } from './step.js';

/** A configuration with every rule compiled. */
export interface CompiledConfig {
  readonly config: ReplicationConfig;
  /** One for each destination, in the same order. */
  readonly rules: readonly DestinationRules[];
}

/** `compileJsonStep` may be left out where no destination has a JSON step. Throws ConfigError with every issue, also of the rules. */
export function compileChecked(
  { config, destinations, issues }: CheckedConfig,
  compileJsonStep: CompileJsonStep | undefined,
): CompiledConfig {
  const found: ConfigIssue[] = [...issues];
  const rules = destinations.flatMap((destination) => rulesOf(destination, compileJsonStep, found));
  if (config === undefined || found.length > 0) throw new ConfigError(found);
  return { config, rules };
}

function rulesOf(
  destination: DestinationConfig,
  compileJsonStep: CompileJsonStep | undefined,
  found: ConfigIssue[],
): DestinationRules[] {
  try {
    return [compileRules(destination, compileJsonStep)];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    found.push(...error.issues);
    return [];
  }
}
