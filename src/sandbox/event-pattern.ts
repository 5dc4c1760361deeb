import { compileMatcher, type Matcher } from './event-matcher.js';

/** A rule's event pattern as EventBridge takes it: objects down to arrays of matchers. */
export type EventPattern = Readonly<Record<string, unknown>>;

type Test = (value: unknown) => boolean;

/** A pattern as a function. Throws for a matcher that the stand-in does not know, instead of never matching. */
export function compilePattern(pattern: EventPattern): (event: unknown) => boolean {
  const tests = Object.entries(pattern).map(([key, member]) =>
    key === '$or' ? compileOr(member) : compileField(key, member),
  );
  if (tests.length === 0) throw new Error('event pattern: an object in it is empty');
  return (event) => tests.every((test) => test(event));
}

/** One of the alternatives has to match, beside the fields that stand next to `$or`. */
function compileOr(alternatives: unknown): Test {
  if (!Array.isArray(alternatives) || alternatives.length < 2)
    throw new Error('event pattern: $or takes two or more patterns');
  const tests = alternatives.map((alternative) => compilePattern(alternative as EventPattern));
  return (event) => tests.some((test) => test(event));
}

function compileField(key: string, member: unknown): Test {
  if (Array.isArray(member)) {
    const matchers = member.map((matcher) => compileMatcher(key, matcher));
    return (event) => matchesAny(matchers, isObject(event) ? event[key] : undefined);
  }
  if (!isObject(member)) throw new Error(`event pattern: ${key} takes an array of matchers or a nested pattern`);
  const nested = compilePattern(member);
  // An array of objects matches when one of them does. An absent object is tested as an empty one, for `exists: false`.
  return (event) => {
    const value = isObject(event) ? event[key] : undefined;
    return Array.isArray(value) ? value.some(nested) : nested(isObject(value) ? value : {});
  };
}

function matchesAny(matchers: readonly Matcher[], value: unknown): boolean {
  // An object is no leaf: for the matchers of a leaf it is not there.
  if (isObject(value)) return matchers.some((matcher) => matcher(undefined));
  const values: readonly unknown[] = Array.isArray(value) && value.length > 0 ? value : [value];
  return matchers.some((matcher) => values.some(matcher));
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
