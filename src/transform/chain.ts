import { globMatches } from '../core/glob.js';
import type { BoundTransform, TransformPlace } from '../core/transformed.js';
import type { Contract } from './contract.js';
import { pipeline } from './pipeline.js';
import { digestOf } from './program-digest.js';
import type { CompiledStep } from './step.js';
import { differsBySecret, valuesAt, type Values } from './variables.js';

/** Bound chains kept per destination: one for every set of steps that some secret's name selects. */
const MAX_CACHED_CHAINS = 256;

/** Binds a chain to a secret; secrets that share steps and values share the bound chain. */
export function chainBinder(
  steps: readonly CompiledStep[],
  contract: Contract,
  own: Values,
): (place: TransformPlace) => BoundTransform {
  const cache = new Map<string, BoundTransform>();
  return (place) => {
    const chosen = steps.filter(({ names }) => appliesTo(names, place.sourceName));
    const variables = new Set([...contract.variables, ...chosen.flatMap((step) => [...step.variables])]);
    const values = valuesAt(variables, place, own);
    if (differsBySecret(variables)) return bindChain(chosen, contract, { values, own });
    const key = JSON.stringify([chosen.map((step) => steps.indexOf(step)), values]);
    const cached = cache.get(key);
    if (cached !== undefined) return cached;
    if (cache.size >= MAX_CACHED_CHAINS) cache.clear();
    const bound = bindChain(chosen, contract, { values, own });
    cache.set(key, bound);
    return bound;
  };
}

function appliesTo(names: readonly string[] | undefined, sourceName: string): boolean {
  return names === undefined || names.some((glob) => globMatches(glob, sourceName));
}

function bindChain(
  steps: readonly CompiledStep[],
  contract: Contract,
  { values, own }: { readonly values: Values; readonly own: Values },
): BoundTransform {
  const bound = steps.map((step) => ({ step, run: step.bind(values) }));
  return pipeline(bound, digestOf(steps, own), (run) => contract.check(run, values));
}
