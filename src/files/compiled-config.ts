import { dirname } from 'node:path';
import { ConfigError, type ConfigIssue } from '../core/config-issues.js';
import { compileConfig, type CompiledConfig } from '../transform/compile-config.js';
import { MAX_COMPILED_BYTES, readConfigText } from './config-text.js';
import { ConfigFileError, type FileIssue } from './file-issue.js';
import { sedfilesIn } from './sedfiles.js';

/** JSON only, so that the function carries no YAML; sedfiles are relative to its folder. Throws ConfigFileError with every issue. */
export function readCompiledConfig(path: string): CompiledConfig {
  const document = documentIn(path);
  try {
    return compileConfig(document, sedfilesIn(dirname(path)));
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    throw new ConfigFileError(
      error.issues.map((issue) => inFile(issue, path)),
      { cause: error },
    );
  }
}

function documentIn(path: string): unknown {
  const text = readConfigText(path, MAX_COMPILED_BYTES);
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
