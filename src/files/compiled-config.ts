import { dirname } from 'node:path';
import type { CheckedConfig } from '../core/check-config.js';
import { completeConfig, completeDestinations, type DestinationConfig } from '../core/config.js';
import { ConfigError, type ConfigIssue } from '../core/config-issues.js';
import type { ConfigShape } from '../core/config-schema.js';
import { noSedfiles } from '../core/sedfile-steps.js';
import { compileChecked, type CompiledConfig } from '../transform/compile-checked.js';
import { isProven } from './config-proof.js';
import { MAX_COMPILED_BYTES, readConfigText } from './config-text.js';
import { ConfigFileError, type FileIssue } from './file-issue.js';
import { sedfilesIn } from './sedfiles.js';

/**
 * JSON only, so that the function carries no YAML; sedfiles are relative to its folder. What a start seldom needs is loaded
 * on demand: the schema for a file that no build has proven, JSON paths for one that has rules on them. Rejects with
 * ConfigFileError with every issue.
 */
export async function readCompiledConfig(path: string): Promise<CompiledConfig> {
  const text = readConfigText(path, MAX_COMPILED_BYTES);
  const document = documentIn(text, path);
  try {
    if (!isProven(path, text)) return await compileDocument(document, sedfilesIn(dirname(path)));
    return await compileLean(proven(document as ConfigShape));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigFileError(
      error.issues.map((issue) => inFile(issue, path)),
      { cause: error },
    );
  }
}

/** A document that no build has proven. Rejects with ConfigError. */
export async function compileDocument(document: unknown, readSedfile = noSedfiles): Promise<CompiledConfig> {
  const { checkConfig } = await import('../core/check-config.js');
  return compileLean(checkConfig(document, readSedfile));
}

async function compileLean(checked: CheckedConfig): Promise<CompiledConfig> {
  return compileChecked(checked, checked.destinations.some(hasJsonStep) ? await jsonCompiler() : undefined);
}

function proven(shape: ConfigShape): CheckedConfig {
  const { destinations, issues } = completeDestinations(shape.destinations.entries(), noSedfiles);
  return { config: completeConfig(shape, destinations), destinations, issues };
}

async function jsonCompiler() {
  const { compileJsonStep } = await import('../transform/json-step.js');
  return compileJsonStep;
}

const hasJsonStep = ({ transform }: DestinationConfig) => transform.some((step) => 'json' in step);

function documentIn(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The engine's own message quotes the text, and a rule may stand there.
    const message = text.trim() === '' ? 'is empty' : 'is not JSON';
    throw new ConfigFileError([{ file: path, place: undefined, message }]);
  }
}

function inFile({ message, script }: ConfigIssue, file: string): FileIssue {
  const place = script === undefined ? '' : ` (line ${script.line}, column ${script.column} of the script)`;
  return { file, place: undefined, message: message + place };
}
