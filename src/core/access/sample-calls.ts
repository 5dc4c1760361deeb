import type { Grant } from './grant.js';

/** Calls as IAM sees them, so that a policy can be asked about them without making one. */
export interface SampleCalls {
  readonly grant: Grant;
  readonly resource: string;
  /** Condition keys of the request, as if the configuration were followed. */
  readonly context: readonly ContextEntry[];
}

export interface ContextEntry {
  readonly key: string;
  readonly values: readonly string[];
  readonly type: 'string' | 'stringList' | 'boolean';
}

/** For each grant its actions on the first of its resources: calls that the policy has to allow. */
export function sampleCalls(grants: readonly Grant[]): readonly SampleCalls[] {
  return grants.flatMap((grant) => {
    const [resource] = grant.resources;
    if (grant.effect === 'Deny' || resource === undefined) return [];
    return [{ grant, resource: filled(resource), context: contextOf(grant) }];
  });
}

/** Something that the pattern matches; `*` alone stays, since it means a call without a resource. */
function filled(pattern: string): string {
  if (pattern === '*') return pattern;
  return pattern.replaceAll('??????', 'AbCdEf').replaceAll('?', 'x').replaceAll('*', 'doctor');
}

function contextOf({ conditions = {} }: Grant): readonly ContextEntry[] {
  return Object.entries(conditions).flatMap(([operator, keys]) =>
    // What must not be there is left out.
    operator.includes('Not') ? [] : Object.entries(keys).map(([key, allowed]) => entryOf(operator, key, allowed)),
  );
}

function entryOf(operator: string, key: string, allowed: string | readonly string[]): ContextEntry {
  const values = typeof allowed === 'string' ? [allowed] : allowed;
  if (operator.startsWith('For')) return { key, values, type: 'stringList' };
  const [first = ''] = values;
  return { key, values: [filled(first)], type: operator.startsWith('Bool') ? 'boolean' : 'string' };
}
