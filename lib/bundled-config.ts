import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseConfig } from '../src/core/check-config.js';
import type { ReplicationConfig } from '../src/core/config.js';
import { WrongProps } from './wrong-props.js';

/**
 * The configuration inside a bundle: what the function will read, so that permissions can never belong to another one.
 * Throws with what to run where the folder is not a bundle.
 */
export function bundledConfig(bundle: string): ReplicationConfig {
  readBundled(bundle, 'index.mjs');
  return parseConfig(JSON.parse(readBundled(bundle, 'replicator.json')));
}

function readBundled(bundle: string, file: string): string {
  try {
    return readFileSync(join(bundle, file), 'utf8');
  } catch (error) {
    throw new WrongProps(`SecretsReplicator: ${bundle} has no ${file}; run npm run build, which writes dist/lambda`, {
      cause: error,
    });
  }
}
