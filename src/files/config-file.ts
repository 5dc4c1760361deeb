import { dirname, isAbsolute, join } from 'node:path';
import { ConfigError, placeOf, type ConfigIssue } from '../core/config-issues.js';
import type { DestinationConfig, ReplicationConfig } from '../core/config.js';
import type { DestinationRules } from '../core/transformed.js';
import { isRecord, valueAt } from '../core/value-at.js';
import { compileConfig } from '../transform/compile-config.js';
import { ConfigFileError, type FileIssue, type FilePlace } from './file-issue.js';
import { MAX_CONFIG_BYTES, readConfigText } from './config-text.js';
import { sedfilesIn } from './sedfiles.js';
import { parseYaml, type YamlDocument } from './yaml-document.js';

/** A configuration from a file, checked to the last rule. */
export interface LoadedConfig {
  readonly config: ReplicationConfig;
  /** One for each destination, in the same order. */
  readonly rules: readonly DestinationRules[];
  /** JSON in the same schema that needs no file beside it: what the function reads. */
  readonly compiled: string;
  /** Where in the file the value at a path of the document stands. */
  readonly placeOf: (path: readonly PropertyKey[]) => FilePlace;
}

/** YAML or JSON; sedfiles are relative to its folder. Throws ConfigFileError with every issue of the file and its sedfiles. */
export function loadConfigFile(path: string): LoadedConfig {
  const document = documentIn(path);
  try {
    const compiled = compileConfig(document.content, sedfilesIn(dirname(path)));
    return {
      ...compiled,
      compiled: JSON.stringify(embedded(document.content, compiled.config.destinations)),
      placeOf: (at) => document.placeOf({ path: at }),
    };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigFileError(
      error.issues.map((issue) => located(issue, path, document)),
      { cause: error },
    );
  }
}

function documentIn(path: string): YamlDocument {
  const parsed = parseYaml(readConfigText(path, MAX_CONFIG_BYTES));
  if ('content' in parsed) return parsed;
  throw new ConfigFileError(parsed.map((issue) => ({ file: path, ...issue })));
}

/** An issue inside a sedfile stands in the sedfile; every other one in the configuration. */
function located(issue: ConfigIssue, path: string, document: YamlDocument): FileIssue {
  const step = issue.path.slice(0, -1);
  const sedfile = issue.script === undefined ? undefined : valueAt(document.content, [...step, 'sedfile']);
  if (typeof sedfile === 'string') {
    const file = isAbsolute(sedfile) ? sedfile : join(dirname(path), sedfile);
    // Rules are compiled with the text in the place of the file's name; whoever reads this has no key `sed`.
    const message = issue.message.replace(placeOf(issue.path), placeOf([...step, 'sedfile']));
    return { file, place: issue.script, message };
  }
  return { file: path, place: document.placeOf(issue), message: issue.message };
}

/** The document with the text of each sedfile in the place of its name, and without tests. */
function embedded(content: unknown, destinations: readonly DestinationConfig[]): unknown {
  const entries = destinations.map(({ index, transform }) => ({
    ...record(valueAt(content, ['destinations', index])),
    transform,
    tests: undefined,
  }));
  return { ...record(content), destinations: entries };
}

function record(value: unknown): object {
  return isRecord(value) ? value : {};
}
