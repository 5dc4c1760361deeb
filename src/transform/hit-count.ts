import type { CountShape } from '../core/step-schema.js';
import { ReplicatorError } from '../core/failure.js';

/** `hit 3 times, and must hit exactly 2 times`; undefined when the count is as expected. */
export function countMisses(hits: number, expected: CountShape): string | undefined {
  const least = Number.parseInt(String(expected), 10);
  const atLeast = typeof expected === 'string';
  if (atLeast ? hits >= least : hits === least) return undefined;
  return `hit ${times(hits)}, and must hit ${atLeast ? 'at least' : 'exactly'} ${times(least)}`;
}

/** Throws ReplicatorError ContractBroken when a rule hit too often or too rarely. */
export function checkRuleHits(hits: number, expected: CountShape | undefined, file: string): void {
  const miss = expected === undefined ? undefined : countMisses(hits, expected);
  if (miss !== undefined) throw new ReplicatorError('ContractBroken', `${file} ${miss}`);
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}
