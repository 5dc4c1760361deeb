import { ServiceError } from '../service-error.js';
import { isReplica, type SecretState } from './state.js';

/** One filter of a request: any of its values may match; the filters of a request must all match. */
export interface Filter {
  readonly key: string;
  readonly values: readonly string[];
}

type Texts = (secret: SecretState) => readonly string[];

const primaryRegion: Texts = (secret) => (isReplica(secret) ? [secret.primaryRegion ?? ''] : [secret.region]);

/** Which texts a key looks at. */
const TEXTS: Readonly<Record<string, Texts>> = {
  name: (secret) => [secret.name],
  description: (secret) => [(secret.description ?? '').toLowerCase()],
  'tag-key': (secret) => Object.keys(secret.tags),
  'tag-value': (secret) => Object.values(secret.tags),
  'primary-region': primaryRegion,
  'owning-service': (secret) => (secret.owningService === undefined ? [] : [secret.owningService]),
};

export function readFilters(filters: unknown): readonly Filter[] {
  if (filters === undefined) return [];
  return (filters as { Key?: string; Values?: string[] }[]).map(({ Key, Values }) => {
    if (Key === undefined || Values === undefined) {
      throw new ServiceError('InvalidParameterException', 'A filter needs a Key and Values.');
    }
    return { key: Key, values: Values };
  });
}

export function matches(secret: SecretState, filters: readonly Filter[]): boolean {
  return filters.every(({ key, values }) =>
    values.some((value) =>
      value.startsWith('!') ? !matchesText(secret, key, value.slice(1)) : matchesText(secret, key, value),
    ),
  );
}

/** Prefix match, case-sensitive but for descriptions; `all` looks for each word anywhere, in any case. */
function matchesText(secret: SecretState, key: string, value: string): boolean {
  if (key === 'all') return matchesAll(secret, value);
  const wanted = key === 'description' ? value.toLowerCase() : value;
  return (TEXTS[key]?.(secret) ?? []).some((text) => text.startsWith(wanted));
}

function matchesAll(secret: SecretState, value: string): boolean {
  const words = value
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const text = Object.values(TEXTS)
    .flatMap((texts) => texts(secret))
    .join(' ')
    .toLowerCase();
  return words.every((word) => text.includes(word));
}
