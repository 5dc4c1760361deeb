import { ReplicatorError } from '../core/failure.js';
import { jsonContainer } from './json-detect.js';
import type { JsonNode } from './json-text.js';
import { keyPath } from './key-path.js';

/** Throws ReplicatorError ContractBroken when one of the texts is left over, written out or behind JSON's escapes. */
export function checkAbsent(result: string, absent: readonly string[], place: string): void {
  if (absent.length === 0) return;
  const root = jsonContainer(result);
  absent.forEach((text, index) => {
    const where = (root === undefined ? undefined : pathOf(root, text, [])) ?? lineOf(result, text);
    if (where !== undefined)
      throw new ReplicatorError('ContractBroken', `${place}.absent[${index}]: the text is left over at ${where}`);
  });
}

/** The first member, item or name of a member that holds the text. */
function pathOf(node: JsonNode, text: string, path: readonly (string | number)[]): string | undefined {
  if (node.kind === 'string') return node.value.includes(text) ? keyPath(path) : undefined;
  if (node.kind === 'array') return firstOf(node.items, (item, index) => pathOf(item, text, [...path, index]));
  if (node.kind !== 'object') return undefined;
  return firstOf(node.members, ({ name, value }) => {
    const inner = [...path, name.value];
    return name.value.includes(text) ? `the name of a member of ${keyPath(path)}` : pathOf(value, text, inner);
  });
}

function firstOf<T>(list: readonly T[], find: (item: T, index: number) => string | undefined): string | undefined {
  for (const [index, item] of list.entries()) {
    const found = find(item, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function lineOf(result: string, text: string): string | undefined {
  const at = result.indexOf(text);
  return at < 0 ? undefined : `line ${result.slice(0, at).split('\n').length} of the result`;
}
