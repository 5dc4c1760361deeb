import { ConfigError, placeOf, type ConfigIssue } from '../core/config-issues.js';
import { isRecord } from '../core/value-at.js';
import { compileTemplate } from './text-template.js';
import { unknownVariable, type Values } from './variables.js';

/** A JSON value in whose texts ${NAME} stands for a variable. */
export interface JsonTemplate {
  readonly variables: ReadonlySet<string>;
  /** As JSON text. */
  readonly resolve: (values: Values) => string;
}

/** Throws ConfigError: variables without a value, and numbers that JavaScript has already rounded. */
export function compileJsonTemplate(
  value: unknown,
  path: readonly PropertyKey[],
  known: readonly string[],
): JsonTemplate {
  const variables = new Set<string>();
  const issues: ConfigIssue[] = [];
  const filler = compiled(value, path, (name, at) => {
    variables.add(name);
    if (!known.includes(name)) issues.push({ path: at, message: `${placeOf(at)}: ${unknownVariable(name, known)}` });
  });
  issues.push(...roundedNumbers(value, path));
  if (issues.length > 0) throw new ConfigError(issues);
  return { variables, resolve: (values) => JSON.stringify(filler(values)) };
}

type Filler = (values: Values) => unknown;

function compiled(
  value: unknown,
  path: readonly PropertyKey[],
  use: (name: string, at: readonly PropertyKey[]) => void,
): Filler {
  if (typeof value === 'string') {
    const template = compileTemplate(value);
    for (const name of template.variables) use(name, path);
    return template.resolve;
  }
  if (Array.isArray(value)) {
    const items = value.map((item, index) => compiled(item, [...path, index], use));
    return (values) => items.map((item) => item(values));
  }
  if (!isRecord(value)) return () => value;
  const members = Object.entries(value).map(
    ([name, member]) => [name, compiled(member, [...path, name], use)] as const,
  );
  return (values) => Object.fromEntries(members.map(([name, member]) => [name, member(values)]));
}

function roundedNumbers(value: unknown, path: readonly PropertyKey[]): ConfigIssue[] {
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) {
    return [
      { path, message: `${placeOf(path)} is a number with too many digits to be kept exactly; put it in quotes` },
    ];
  }
  if (!isRecord(value)) return [];
  return Object.entries(value).flatMap(([name, member]) =>
    roundedNumbers(member, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}
