import type * as z from 'zod/mini';
import { placeOf, type ConfigIssue } from './config-issues.js';
import { branchOf, keysOf, partOf, requiredKeysOf, type Schema } from './schema-parts.js';
import { valueAt } from './value-at.js';

type SchemaIssue = z.core.$ZodIssue;
type UnionIssue = Extract<SchemaIssue, { code: 'invalid_union' }>;

/** The schema's issues in the words of a person: what stands where, what may stand there. Never a value of the document. */
export function issuesOf(schema: Schema, issues: readonly SchemaIssue[], document: unknown): ConfigIssue[] {
  return issues.flatMap((issue) => wording(issue, { path: [], schema, document }));
}

/** Where an issue's own path begins. */
interface Above {
  readonly path: readonly PropertyKey[];
  readonly schema: Schema | undefined;
  readonly document: unknown;
}

function wording(issue: SchemaIssue, above: Above): ConfigIssue[] {
  const { document } = above;
  const path = [...above.path, ...issue.path];
  const schema = partOf(above.schema, issue.path);
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key, keysOf(schema)));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) return ofUnion(issue, { path, schema, document });
  if (issue.code === 'invalid_key') {
    return [{ path, message: `${placeOf(path)}: its name ${issue.issues[0]?.message ?? 'is wrong'}`, key: true }];
  }
  return [{ path, message: `${placeOf(path)} ${sentence(issue, valueAt(document, path))}` }];
}

function unknownKey(path: readonly PropertyKey[], key: string, known: readonly string[]): ConfigIssue {
  const place = placeOf([...path, key]);
  const message =
    key === '<<'
      ? `${place} would merge a mapping into this one, which YAML 1.2 does not; write its keys out`
      : `${place} is not a key that is known here${known.length === 0 ? '' : `; known are ${known.join(', ')}`}`;
  return { path: [...path, key], message, key: true };
}

/** A value of a kind that no shape has is told all of them; any other what is wrong by the shape that it misses by least. */
function ofUnion(issue: UnionIssue, at: Above): ConfigIssue[] {
  const { path, schema, document } = at;
  const found = valueAt(document, path);
  const isOfNone = issue.errors.every((branch) => branch.some(isOfKind)) || isEmptyMapping(found);
  if (!isOfNone) {
    const [closest = 0] = [...issue.errors.keys()].toSorted(
      (a, b) => distance(issue.errors[a]) - distance(issue.errors[b]),
    );
    return (issue.errors[closest] ?? []).flatMap((inner) =>
      wording(inner, { path, schema: branchOf(schema, closest), document }),
    );
  }
  const keys = [...issue.errors.keys()].flatMap((branch) => requiredKeysOf(branchOf(schema, branch)));
  const kinds = issue.errors.flatMap((branch) => branch.filter(isOfKind).flatMap(kindsIn));
  const mapping = keys.length === 0 ? [] : [`a mapping with ${listed(keys)}`];
  const takes = [...new Set([...kinds.filter((kind) => mapping.length === 0 || kind !== WORDS['object']), ...mapping])];
  return [{ path, message: `${placeOf(path)} takes ${listed(takes)}` }];
}

/** The value is of another kind, or another word, than the shape takes. */
function isOfKind(issue: SchemaIssue): boolean {
  return issue.path.length === 0 && (issue.code === 'invalid_type' || issue.code === 'invalid_value');
}

function kindsIn(issue: SchemaIssue): string[] {
  if (issue.code === 'invalid_value') return issue.values.map(String);
  return issue.code === 'invalid_type' ? [article(issue.expected)] : [];
}

function isEmptyMapping(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length === 0;
}

/** Unknown keys weigh more than another kind of value, and that more than a wrong value. */
function distance(issues: readonly SchemaIssue[] = []): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + 10 * issue.keys.length;
    return sum + (isOfKind(issue) ? 5 : 1);
  }, 0);
}

/** `a`, `a or b`, `a, b or c`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)}`;
}

function sentence(issue: SchemaIssue, found: unknown): string {
  if (issue.code === 'invalid_type') {
    if (found === undefined) return `is missing; it takes ${article(issue.expected)}`;
    return `is ${kindOf(found)}; it takes ${article(issue.expected)}${quotesHint(issue.expected, found)}`;
  }
  if (issue.code === 'invalid_value') return `takes ${listed(issue.values.map(String))}`;
  if (issue.code === 'too_small')
    return `${isEmpty(found) ? 'is empty' : 'is too small'}: at least ${amount(Number(issue.minimum), issue.origin)}`;
  if (issue.code === 'too_big') return `is too large: at most ${amount(Number(issue.maximum), issue.origin)}`;
  return issue.message;
}

function isEmpty(value: unknown): boolean {
  return value === '' || (Array.isArray(value) && value.length === 0);
}

function quotesHint(expected: string, found: unknown): string {
  return expected === 'string' && (typeof found === 'number' || typeof found === 'boolean')
    ? ', so put it in quotes'
    : '';
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return article(typeof value);
}

const WORDS: Readonly<Record<string, string>> = {
  object: 'a mapping',
  record: 'a mapping',
  array: 'a list',
  string: 'a text',
  int: 'a whole number',
};

function article(kind: string): string {
  return WORDS[kind] ?? `a ${kind}`;
}

const UNITS: Readonly<Record<string, readonly [one: string, many: string]>> = {
  string: ['character', 'characters'],
  array: ['entry', 'entries'],
};

function amount(count: number, origin: string): string {
  const unit = UNITS[origin]?.[count === 1 ? 0 : 1];
  return unit === undefined ? String(count) : `${count} ${unit}`;
}
