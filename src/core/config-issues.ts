import type * as z from 'zod/mini';
import { valueAt } from './value-at.js';

/** One thing that is wrong, and where in the document. */
export interface ConfigIssue {
  readonly path: readonly PropertyKey[];
  /** A whole sentence, its place in the document included. Never a pattern, never a value of the document. */
  readonly message: string;
  /** The key at `path` is what is wrong, not its value. */
  readonly key?: true;
  /** Where in the script that stands at `path`; counted from 1. */
  readonly script?: { readonly line: number; readonly column: number };
}

/** The configuration is wrong: every issue that was found, each with the path to its place in the document. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[], options?: ErrorOptions) {
    super(issues.map((issue) => issue.message).join('\n'), options);
    this.issues = issues;
  }
}

type SchemaIssue = z.core.$ZodIssue;

/** The schema's issues in the words of a person: what stands where, what may stand there. Never a value of the document. */
export function issuesOf(issues: readonly SchemaIssue[], document: unknown): ConfigIssue[] {
  return issues.flatMap((issue) => wording(issue, [], document));
}

/** `destinations[0].region`, or `the document` for its root. */
export function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}

function wording(issue: SchemaIssue, above: readonly PropertyKey[], document: unknown): ConfigIssue[] {
  const path = [...above, ...issue.path];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => unknownKey(path, key));
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    return closestBranch(issue.errors).flatMap((inner) => wording(inner, path, document));
  }
  if (issue.code === 'invalid_key') {
    return [{ path, message: `${placeOf(path)}: its name ${issue.issues[0]?.message ?? 'is wrong'}`, key: true }];
  }
  return [{ path, message: `${placeOf(path)} ${sentence(issue, valueAt(document, path))}` }];
}

function unknownKey(path: readonly PropertyKey[], key: string): ConfigIssue {
  return { path: [...path, key], message: `${placeOf([...path, key])} is not a key that is known here`, key: true };
}

/** Of the shapes a value may have, the one it misses by least: unknown keys weigh more than a wrong value. */
function closestBranch(branches: readonly (readonly SchemaIssue[])[]): readonly SchemaIssue[] {
  return branches.toSorted((a, b) => distance(a) - distance(b))[0] ?? [];
}

function distance(issues: readonly SchemaIssue[]): number {
  return issues.reduce((sum, issue) => {
    if (issue.code === 'unrecognized_keys') return sum + 10 * issue.keys.length;
    return sum + (issue.path.length === 0 ? 5 : 1);
  }, 0);
}

function sentence(issue: SchemaIssue, found: unknown): string {
  if (issue.code === 'invalid_type') {
    if (found === undefined) return `is missing; it takes ${article(issue.expected)}`;
    return `is ${kindOf(found)}; it takes ${article(issue.expected)}${quotesHint(issue.expected, found)}`;
  }
  if (issue.code === 'invalid_value') return `takes ${issue.values.map(String).join(' or ')}`;
  if (issue.code === 'too_small') return `is too small: at least ${issue.minimum} ${unitOf(issue.origin)}`.trim();
  if (issue.code === 'too_big') return `is too large: at most ${issue.maximum} ${unitOf(issue.origin)}`.trim();
  return issue.message;
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

function unitOf(origin: string): string {
  if (origin === 'string') return 'characters';
  return origin === 'array' ? 'entries' : '';
}
