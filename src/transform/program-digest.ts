import { createHash } from 'node:crypto';
import type { Values } from './variables.js';

/** Raised when the same rules would give another text than before; every replica is then written once more. */
export const ENGINE_VERSION = 1;

/** Hex SHA-256 over everything that decides what a chain does to a text. `steps` are in canonical form: equal meaning, equal JSON. */
export function digestOf(steps: readonly unknown[], values: Values): string {
  return createHash('sha256')
    .update(JSON.stringify([ENGINE_VERSION, steps, Object.entries(values)]))
    .digest('hex');
}
