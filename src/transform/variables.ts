import type { TransformPlace } from '../core/transformed.js';

/** Variable name → text. */
export type Values = Readonly<Record<string, string>>;

const AUTOMATIC = {
  REGION: (place) => place.region,
  SOURCE_REGION: (place) => place.sourceRegion,
  ACCOUNT_ID: (place) => place.account,
  SOURCE_ACCOUNT_ID: (place) => place.sourceAccount,
  SECRET_NAME: (place) => place.sourceName,
  DEST_SECRET_NAME: (place) => place.replicaName,
} as const satisfies Record<string, (place: TransformPlace) => string>;

/** Set by the replicator in every step of a chain. */
export const AUTOMATIC_VARIABLES: readonly string[] = Object.keys(AUTOMATIC);
/** The automatic ones that a name can be made from before its replica is known. */
export const RENAME_VARIABLES: readonly string[] = ['REGION', 'SECRET_NAME'];
/** Those whose values differ from secret to secret; everything else is the same for a destination. */
const PER_SECRET: ReadonlySet<string> = new Set(['SECRET_NAME', 'DEST_SECRET_NAME']);

/** Only the named ones, sorted by name, so that equal bindings look equal. */
export function valuesAt(names: ReadonlySet<string>, place: TransformPlace, own: Values): Values {
  const automatic: Readonly<Record<string, (place: TransformPlace) => string>> = AUTOMATIC;
  return Object.fromEntries([...names].sort().map((name) => [name, automatic[name]?.(place) ?? own[name] ?? '']));
}

export function differsBySecret(names: ReadonlySet<string>): boolean {
  return [...names].some((name) => PER_SECRET.has(name));
}

export function unknownVariable(name: string, known: readonly string[]): string {
  return `the variable ${name} has no value here; known are ${known.join(', ')}`;
}
