import { JSONPathEnvironment, JSONPathError, JSONPathQuery, JSONPathRecursionLimitError, jsonpath } from 'json-p3';
import { ReplicatorError } from '../core/failure.js';
import { lengthFunction, linearRegexFunction } from './json-functions.js';
import { faultIn, withoutLeadingZeros } from './json-path-faults.js';
import { MAX_JSON_DEPTH, type JsonNode } from './json-text.js';
import { metered, nodesAt, plainValues, ReadMeter, type JsonMatch } from './json-tree.js';

/** A compiled JSON path (RFC 9535). */
export interface JsonQuery {
  /** Every node that it selects, each once, in the order of the path. Throws RuleFailed when the work would have no end. */
  readonly select: (root: JsonNode) => JsonMatch[];
  /** For a path that ends in one name, `$.a.b`: that name, and the nodes that could hold it. */
  readonly lastName: { readonly name: string; readonly holders: (root: JsonNode) => JsonMatch[] } | undefined;
}

/** Column of the first character that is no path, counted from 1. */
export class JsonPathError extends Error {
  override readonly name = 'JsonPathError';

  constructor(readonly column: number) {
    super('is not a JSON path (RFC 9535)');
  }
}

const environment = new JSONPathEnvironment({ maxRecursionDepth: MAX_JSON_DEPTH + 2 });
environment.functionRegister.set('length', lengthFunction);
environment.functionRegister.set('match', linearRegexFunction('match'));
environment.functionRegister.set('search', linearRegexFunction('search'));

/** `file` names the rule in errors. Throws JsonPathError. */
export function compileQuery(path: string, file: string): JsonQuery {
  const query = parsed(path);
  return { select: (root) => nodesOf(query, root, file), lastName: lastNameOf(query, file) };
}

function parsed(written: string): JSONPathQuery {
  const path = withoutLeadingZeros(written);
  const query = taken(path);
  const fault = faultIn(query, path);
  if (fault !== undefined) throw new JsonPathError(fault + 1);
  return query;
}

function taken(path: string): JSONPathQuery {
  try {
    return environment.compile(path);
  } catch (error) {
    if (!(error instanceof JSONPathError)) throw error;
    throw new JsonPathError(Math.max(error.token.index, 0) + 1);
  }
}

function nodesOf(query: JSONPathQuery, root: JsonNode, file: string): JsonMatch[] {
  const found = new Map<number, JsonMatch>();
  const meter = new ReadMeter(() => failure(file));
  try {
    for (const plain of plainValues(root, meter)) {
      for (const { location } of query.lazyQuery(metered(plain, meter))) {
        for (const match of nodesAt(root, location)) found.set(match.node.start, match);
      }
    }
  } catch (error) {
    throw error instanceof JSONPathRecursionLimitError ? failure(file) : error;
  }
  return [...found.values()];
}

function failure(file: string): ReplicatorError {
  return new ReplicatorError('RuleFailed', `${file}: the path needs too many steps on this value; make it more exact`);
}

function lastNameOf(query: JSONPathQuery, file: string): JsonQuery['lastName'] {
  const selector = query.segments.at(-1)?.selectors[0];
  if (!query.singularQuery() || !(selector instanceof jsonpath.selectors.NameSelector)) return undefined;
  const holder = new JSONPathQuery(environment, query.segments.slice(0, -1));
  return { name: selector.name, holders: (root) => nodesOf(holder, root, file) };
}
