import { jsonContainer } from './json-detect.js';
import type { JsonNode } from './json-text.js';
import { keyPath } from './key-path.js';

/** What became of one place of a JSON value; never the value that stands there. */
export interface PathChange {
  readonly path: string;
  readonly change: 'changed' | 'added' | 'removed';
}

/** The places at which two JSON objects or lists differ, in the order of the first, then what is new; undefined if either is none. */
export function changedPaths(before: string, after: string): readonly PathChange[] | undefined {
  const [source, result] = [jsonContainer(before), jsonContainer(after)];
  if (source === undefined || result === undefined) return undefined;
  const [there, now] = [leavesOf(source, before), leavesOf(result, after)];
  const kept = [...there].flatMap(([path, text]): PathChange[] => {
    const found = now.get(path);
    if (found === undefined) return [{ path, change: 'removed' }];
    return found === text ? [] : [{ path, change: 'changed' }];
  });
  const added = [...now.keys()]
    .filter((path) => !there.has(path))
    .map((path): PathChange => ({ path, change: 'added' }));
  return [...kept, ...added];
}

/** Each leaf's own text by its path. Compared as written, so that a number of twenty digits is not rounded. */
function leavesOf(root: JsonNode, text: string): ReadonlyMap<string, string> {
  const leaves = new Map<string, string>();
  const visit = (node: JsonNode, path: readonly (string | number)[]): void => {
    if (node.kind === 'object') for (const { name, value } of node.members) visit(value, [...path, name.value]);
    else if (node.kind === 'array') for (const [index, item] of node.items.entries()) visit(item, [...path, index]);
    else leaves.set(keyPath(path), text.slice(node.start, node.end));
  };
  visit(root, []);
  return leaves;
}
