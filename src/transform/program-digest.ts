import { createHash } from 'node:crypto';
import type { CompiledStep } from './step.js';
import type { Values } from './variables.js';

/** Raised when the same rules would give another text than before; every replica is then written once more. */
const ENGINE_VERSION = 1;

/**
 * Hex SHA-256 over everything that decides what a chain does to a text: the steps by what they do, not by where they stand,
 * and the values of the destination's own variables that they use. Automatic variables follow from source and replica, so
 * that one digest stands for the same rules at every secret. Undefined for no step. A contract decides whether to write,
 * never what.
 */
export function digestOf(steps: readonly CompiledStep[], own: Values): string | undefined {
  if (steps.length === 0) return undefined;
  const names = new Set(steps.flatMap(({ variables }) => [...variables]).filter((name) => Object.hasOwn(own, name)));
  const used = [...names].sort().map((name) => [name, own[name]]);
  const canonical = [ENGINE_VERSION, steps.map((step) => step.canonical), used];
  return createHash('sha256').update(JSON.stringify(canonical)).digest('hex');
}
