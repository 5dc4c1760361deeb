import { checkConfig, type DestinationConfig, type ReplicationConfig } from '../core/config.js';
import { ConfigError, type ConfigIssue } from '../core/config-issues.js';
import type { ReadSedfile } from '../core/sedfile-steps.js';
import type { DestinationRules } from '../core/transformed.js';
import { compileRules } from './destination-rules.js';

/** A configuration with every rule compiled. */
export interface CompiledConfig {
  readonly config: ReplicationConfig;
  /** One for each destination, in the same order. */
  readonly rules: readonly DestinationRules[];
}

/** Throws ConfigError with every issue: of shape, of sense, and of the rules of each destination whose shape is right. */
export function compileConfig(document: unknown, readSedfile: ReadSedfile): CompiledConfig {
  const { config, destinations, issues } = checkConfig(document, readSedfile);
  const found: ConfigIssue[] = [...issues];
  const rules = destinations.flatMap((destination) => rulesOf(destination, found));
  if (config === undefined || found.length > 0) throw new ConfigError(found);
  return { config, rules };
}

function rulesOf(destination: DestinationConfig, found: ConfigIssue[]): DestinationRules[] {
  try {
    return [compileRules(destination)];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    found.push(...error.issues);
    return [];
  }
}
