import type { Fields } from '../call.js';
import { textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { resolve } from './resolve.js';
import { commit, demandWritable, type Scope } from './scope.js';

/** Tags on one secret (quotas page). */
const MAX_TAGS = 50;

/** Merges; it does not replace what is there under other keys. */
export function tagResource(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandWritable(secret);
  commit(scope, secret, { ...secret, tags: withTags(secret.tags, input['Tags']), changedAt: scope.now });
  return {};
}

export function untagResource(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandWritable(secret);
  const gone = new Set(input['TagKeys'] as string[]);
  const tags = Object.fromEntries(Object.entries(secret.tags).filter(([key]) => !gone.has(key)));
  commit(scope, secret, { ...secret, tags, changedAt: scope.now });
  return {};
}

/** The tags with a request's list merged in. */
export function withTags(tags: Readonly<Record<string, string>>, list: unknown): Readonly<Record<string, string>> {
  if (!Array.isArray(list)) return tags;
  const merged: Record<string, string> = { ...tags };
  for (const { Key, Value } of list as { Key?: string; Value?: string }[]) {
    if (Key === undefined) throw new ServiceError('InvalidParameterException', 'Every tag needs a Key.');
    if (Key.startsWith('aws:')) {
      throw new ServiceError('InvalidParameterException', 'Tag keys that start with aws: are reserved.');
    }
    merged[Key] = Value ?? '';
  }
  if (Object.keys(merged).length > MAX_TAGS) {
    throw new ServiceError('InvalidParameterException', `A secret holds at most ${MAX_TAGS} tags.`);
  }
  return merged;
}
