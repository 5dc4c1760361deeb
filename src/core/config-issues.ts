import type * as z from 'zod/mini';
import { LATER_KEYS } from './config-schema.js';

/** One thing that is wrong, and where in the document. */
export interface ConfigIssue {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

type SchemaIssue = z.core.$ZodIssue;

/** The schema's issues in the words of a person: what stands where, what may stand there. Never a value of the document. */
export function issuesOf(issues: readonly SchemaIssue[], document: unknown): ConfigIssue[] {
  return issues.flatMap((issue) => wording(issue, [], document));
}

function wording(issue: SchemaIssue, above: readonly PropertyKey[], document: unknown): ConfigIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
  if (issue.code === 'invalid_union') return closestBranch(issue.errors).flatMap((inner) => wording(inner, path, document));
  return [{ path, message: `${place(path)} ${sentence(issue, valueAt(document, path))}` }];
}

function unknownKey(path: readonly PropertyKey[], key: string): ConfigIssue {
  const later = LATER_KEYS.get(key);
  const why = later === undefined ? 'is not a key that is known here' : `(${later}) is not supported by this version yet; remove it`;
  return { path: [...path, key], message: `${place([...path, key])} ${why}` };
}

/** Of the shapes a value may have, the one it misses by least: unknown keys weigh more than a wrong value. */
function closestBranch(branches: readonly (readonly SchemaIssue[])[]): readonly SchemaIssue[] {
  const weight = (issues: readonly SchemaIssue[]) =>
    issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? 10 * issue.keys.length : issue.path.length === 0 ? 5 : 1), 0);
  return branches.toSorted((a, b) => weight(a) - weight(b))[0] ?? [];
}

function sentence(issue: SchemaIssue, found: unknown): string {
  switch (issue.code) {
    case 'invalid_type':
      return found === undefined ? `is missing; it takes ${article(issue.expected)}` : `is ${kindOf(found)}; it takes ${article(issue.expected)}`;
    case 'invalid_value':
      return `takes ${issue.values.map(String).join(' or ')}`;
    case 'too_small':
      return `is too small: at least ${issue.minimum} ${unitOf(issue.origin)}`.trim();
    case 'too_big':
      return `is too large: at most ${issue.maximum} ${unitOf(issue.origin)}`.trim();
    default:
      return issue.message;
  }
}

function place(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (value as Record<PropertyKey, unknown> | null | undefined)?.[part], document);
}

function kindOf(value: unknown): string {
  if (value === null) return 'empty';
  if (Array.isArray(value)) return 'a list';
  return article(typeof value);
}

const WORDS: Readonly<Record<string, string>> = { object: 'a mapping', record: 'a mapping', array: 'a list', string: 'a text', int: 'a whole number' };

function article(kind: string): string {
  return WORDS[kind] ?? `a ${kind}`;
}

function unitOf(origin: string): string {
  if (origin === 'string') return 'characters';
  return origin === 'array' ? 'entries' : '';
}
