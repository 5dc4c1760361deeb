/** Tests one value of an event; undefined stands for a field that is absent. */
export type Matcher = (value: unknown) => boolean;

const KINDS: Readonly<Record<string, (argument: unknown) => Matcher>> = {
  exists: (wanted) => (value) => (value !== undefined) === wanted,
  prefix: (argument) => affix(argument, (text, start) => text.startsWith(start)),
  suffix: (argument) => affix(argument, (text, end) => text.endsWith(end)),
  'equals-ignore-case': (argument) => onText((text) => text.toLowerCase() === String(argument).toLowerCase()),
  wildcard: (argument) => wildcard(String(argument)),
  numeric: (argument) => numeric(argument as readonly unknown[]),
  'anything-but': anythingBut,
};

/** A literal matches itself; an object with one key is a matcher of that kind. */
export function compileMatcher(field: string, matcher: unknown): Matcher {
  if (typeof matcher !== 'object' || matcher === null) return (value) => value === matcher;
  const [[kind, argument] = ['', undefined], ...more] = Object.entries(matcher) as [string, unknown][];
  const make = Object.hasOwn(KINDS, kind) ? KINDS[kind] : undefined;
  if (make === undefined || more.length > 0) {
    throw new Error(`event pattern: ${field} has a matcher "${kind}"; known are ${Object.keys(KINDS).join(', ')}`);
  }
  return make(argument);
}

/** A field that is absent is not "anything but": it has to be there. */
function anythingBut(argument: unknown): Matcher {
  const listed: readonly unknown[] = Array.isArray(argument) ? argument : [argument];
  const excluded = listed.flatMap(expand).map((matcher) => compileMatcher('anything-but', matcher));
  return (value) => value !== undefined && !excluded.some((matches) => matches(value));
}

/** `{ "prefix": ["a", "b"] }` inside anything-but stands for several matchers. */
function expand(matcher: unknown): readonly unknown[] {
  if (typeof matcher !== 'object' || matcher === null) return [matcher];
  return Object.entries(matcher).flatMap(([kind, argument]: [string, unknown]) =>
    Array.isArray(argument) ? argument.map((one: unknown) => ({ [kind]: one })) : [{ [kind]: argument }],
  );
}

function affix(argument: unknown, fits: (text: string, part: string) => boolean): Matcher {
  if (typeof argument === 'string') return onText((text) => fits(text, argument));
  const folded = (argument as { 'equals-ignore-case'?: string } | null)?.['equals-ignore-case']?.toLowerCase();
  if (folded === undefined) throw new Error('event pattern: prefix and suffix take a text or equals-ignore-case');
  return onText((text) => fits(text.toLowerCase(), folded));
}

/** `*` stands for any run of characters; `\*` and `\\` for themselves. */
function wildcard(pattern: string): Matcher {
  if (/(?<!\\)\*\*/.test(pattern)) throw new Error('event pattern: a wildcard has two asterisks in a row');
  const source = pattern.replaceAll(/\\([*\\])|\*|[^*\\]+|\\/g, (token, literal: string | undefined) => {
    if (literal !== undefined) return escaped(literal);
    return token === '*' ? '.*' : escaped(token);
  });
  const expression = new RegExp(`^${source}$`, 's');
  return onText((text) => expression.test(text));
}

const COMPARE: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  '=': (value, bound) => value === bound,
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** `[">", 0, "<=", 5]`: all comparisons have to hold. */
function numeric(terms: readonly unknown[]): Matcher {
  const tests: ((value: number) => boolean)[] = [];
  for (let i = 0; i < terms.length; i += 2) {
    const compare = COMPARE[String(terms[i])];
    const bound = terms[i + 1];
    if (compare === undefined || typeof bound !== 'number')
      throw new Error('event pattern: numeric takes pairs such as ">", 5');
    tests.push((value) => compare(value, bound));
  }
  return (value) => typeof value === 'number' && tests.every((test) => test(value));
}

function onText(test: (text: string) => boolean): Matcher {
  return (value) => typeof value === 'string' && test(value);
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
