import type { Fields } from '../call.js';
import { optionalNumber, optionalText } from '../fields.js';
import { listEntry } from './describe.js';
import { matches, readFilters } from './filters.js';
import { decodeName, decodeToken, encodeName, encodeToken, type Page, page } from './paging.js';
import type { Scope } from './scope.js';
import type { SecretState } from './state.js';

const MAX_RESULTS = 100;

/** In order of creation unless SortBy says otherwise; ascending by default (the documentation names no default). */
export function listSecrets(scope: Scope, input: Fields): Fields {
  const filters = readFilters(input['Filters']);
  const planned = input['IncludePlannedDeletion'] === true;
  const accept = (secret: SecretState): boolean =>
    (planned || secret.deletedAt === undefined) && matches(secret, filters);
  const sortBy = optionalText(input, 'SortBy') ?? 'created-date';
  const found = pageFor(scope, input, sortBy, accept);
  return { SecretList: found.secrets.map(listEntry), NextToken: found.nextToken };
}

function pageFor(scope: Scope, input: Fields, sortBy: string, accept: (secret: SecretState) => boolean): Page {
  if (sortBy === 'created-date') return byCreation(scope, input, accept);
  if (sortBy === 'name' && input['SortOrder'] !== 'desc') return byName(scope, input, accept);
  return sorted(scope, input, sortBy, accept);
}

/** Ascending: what a page costs does not depend on how many secrets there are. */
function byName(scope: Scope, input: Fields, accept: (secret: SecretState) => boolean): Page {
  const limit = optionalNumber(input, 'MaxResults') ?? MAX_RESULTS;
  const secrets: SecretState[] = [];
  for (const entry of scope.store.walkByName(decodeName(optionalText(input, 'NextToken')))) {
    const secret = scope.call.stale ? entry.previous : scope.store.live(entry);
    if (secret === undefined || !accept(secret)) continue;
    const last = secrets.at(-1);
    if (secrets.length === limit && last !== undefined) return { secrets, nextToken: encodeName(last.name) };
    secrets.push(secret);
  }
  return { secrets, nextToken: undefined };
}

function byCreation(scope: Scope, input: Fields, accept: (secret: SecretState) => boolean): Page {
  return page(scope.store, {
    after: decodeToken('list', optionalText(input, 'NextToken')),
    limit: optionalNumber(input, 'MaxResults') ?? MAX_RESULTS,
    descending: input['SortOrder'] === 'desc',
    accept,
    kind: 'list',
    stale: scope.call.stale,
  });
}

const KEYS: Readonly<Record<string, (secret: SecretState) => string | number>> = {
  name: (secret) => secret.name,
  'last-changed-date': (secret) => secret.changedAt,
  'last-accessed-date': (secret) => secret.accessedAt ?? 0,
};

/** Other orders are rare, so they may sort everything for each page. */
function sorted(scope: Scope, input: Fields, sortBy: string, accept: (secret: SecretState) => boolean): Page {
  const keyOf = KEYS[sortBy] ?? ((secret: SecretState) => secret.createdAt);
  const all: SecretState[] = [];
  for (const entry of scope.store.walk(0, false)) {
    const secret = scope.call.stale ? entry.previous : scope.store.live(entry);
    if (secret !== undefined && accept(secret)) all.push(secret);
  }
  const sign = input['SortOrder'] === 'desc' ? -1 : 1;
  all.sort((a, b) => (keyOf(a) < keyOf(b) ? -sign : Number(keyOf(a) > keyOf(b)) * sign));
  const start = decodeToken('sorted', optionalText(input, 'NextToken'));
  const end = start + (optionalNumber(input, 'MaxResults') ?? MAX_RESULTS);
  return { secrets: all.slice(start, end), nextToken: end < all.length ? encodeToken('sorted', end) : undefined };
}
