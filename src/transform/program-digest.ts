import { createHash } from 'node:crypto';
import type { CompiledStep } from './step.js';
import type { Values } from './variables.js';

/** Raised when the same rules would give another text than before; every replica is then written once more. */
const ENGINE_VERSION = 1;

/**
 * Hex SHA-256 over everything that decides what a chain does to a text: the steps by what they do, not by where they stand,
 * and the values of the variables they use. Undefined for no step. A contract decides whether to write, never what.
 */
export function digestOf(steps: readonly CompiledStep[], values: Values): string | undefined {
  if (steps.length === 0) return undefined;
  const used = Object.entries(values).filter(([name]) => steps.some(({ variables }) => variables.has(name)));
  const canonical = [ENGINE_VERSION, steps.map((step) => step.canonical), used];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}
