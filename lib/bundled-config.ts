import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../src/core/check-config.js';
import { ConfigError } from '../src/core/config-issues.js';
import type { ReplicationConfig } from '../src/core/config.js';
import { WrongProps } from './wrong-props.js';

/**
 * The configuration inside a bundle: what the function will read, so that permissions can never belong to another one.
 * Throws with what to run where the folder is not a bundle.
 */
export function bundledConfig(bundle: string): ReplicationConfig {
  readBundled(bundle, 'index.mjs');
  const compiled = readBundled(bundle, 'replicator.json');
  try {
    return parseConfig(JSON.parse(compiled));
  } catch (error) {
    const why = error instanceof ConfigError ? error.message : 'it is no JSON';
    throw new WrongProps(
      `SecretsReplicator: replicator.json in ${bundle} is no compiled configuration: ${why}; write it with secrets-replicator check <file> --output`,
      { cause: error },
    );
  }
}

function readBundled(bundle: string, file: string): string {
  try {
    return readFileSync(join(bundle, file), 'utf8');
  } catch (error) {
    throw new WrongProps(
      `SecretsReplicator: ${bundle} has no ${file}; run npm run build, which writes dist/lambda, or copy that of the package`,
      {
        cause: error,
      },
    );
  }
}
