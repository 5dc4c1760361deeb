import type { DestinationConfig } from '../config.js';
import { globMatches } from '../glob.js';
import type { Selection } from '../selection.js';

/**
 * Globs that match the name of every replica the destination can have, and as little else as can be told. `*` alone where
 * the rename is more than the replacement of a leading literal, since what a sed script makes of names cannot be derived.
 */
export function replicaNameGlobs(source: Selection, destination: DestinationConfig): readonly string[] {
  const selected = overlap(source.include, destination.select.include);
  if (destination.rename === undefined) return selected;
  const prefix = leadingReplacement(destination);
  if (prefix === undefined) return ['*'];
  return withoutCovered(selected.flatMap((glob) => renamed(glob, prefix)));
}

/** Globs for the names that both lists match; at most wider than that where two globs cross. */
export function overlap(left: readonly string[], right: readonly string[]): readonly string[] {
  return withoutCovered(left.flatMap((one) => right.flatMap((other) => meet(one, other))));
}

function meet(one: string, other: string): readonly string[] {
  if (covers(one, other)) return [other];
  if (covers(other, one)) return [one];
  const [a, b] = [literalPrefix(one), literalPrefix(other)];
  return a.startsWith(b) || b.startsWith(a) ? [other] : [];
}

/** True only if every name that `narrow` matches is matched by `wide`. */
function covers(wide: string, narrow: string): boolean {
  // A ? of the wide glob could take a * of the narrow one for a character, which it is not.
  return globMatches(wide, narrow) && !(wide.includes('?') && narrow.includes('*'));
}

/** Two globs may mean the same, so each is held against those that are kept and not against all. */
function withoutCovered(globs: readonly string[]): readonly string[] {
  return globs.reduce<readonly string[]>((kept, glob) => {
    if (kept.some((other) => covers(other, glob))) return kept;
    return [...kept.filter((other) => !covers(glob, other)), glob];
  }, []);
}

function literalPrefix(glob: string): string {
  return /^[^*?]*/.exec(glob)?.[0] ?? '';
}

interface LeadingReplacement {
  readonly from: string;
  readonly to: string;
}

/** `s#^app/#eu/#`: one substitution of a leading literal by a literal. The dot is left out: in a pattern it is any character. */
const LEADING = /^\s*s([^\w\s\\])\^((?:(?!\1)[A-Za-z0-9/_+=@-])*)\1((?:(?!\1)[A-Za-z0-9/_+=.@-])*)\1\s*$/;
const PLAIN = /^[A-Za-z0-9/_=@-]*$/;

function leadingReplacement({ rename = '', region, variables }: DestinationConfig): LeadingReplacement | undefined {
  const known: Readonly<Record<string, string>> = { ...variables, REGION: region };
  const script = rename.replaceAll(/\$\{([A-Z_][A-Z0-9_]*)\}/g, (reference, name: string) => {
    const value = known[name];
    return value !== undefined && PLAIN.test(value) ? value : reference;
  });
  const match = LEADING.exec(script);
  return match === null ? undefined : { from: match[2] ?? '', to: match[3] ?? '' };
}

/** Names that the glob matches, after the replacement: those that begin with `from`, and those that do not and stay. */
function renamed(glob: string, { from, to }: LeadingReplacement): readonly string[] {
  const prefix = literalPrefix(glob);
  if (prefix.startsWith(from)) return [to + glob.slice(from.length)];
  if (from.startsWith(prefix) && prefix !== glob) return [glob, `${to}*`];
  return [glob];
}
