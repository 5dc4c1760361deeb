import { ReplicatorError } from '../core/failure.js';
import { jsonContainer } from './json-detect.js';
import type { JsonNode } from './json-text.js';
import { keyPath } from './key-path.js';
import type { Run } from './run.js';

/** A source that is no JSON object or list is under no obligation. Throws ReplicatorError ContractBroken. */
export function checkJson({ stages }: Run, expected: 'valid' | 'same-keys', place: string): void {
  const source = jsonContainer(stages[0].text);
  if (source === undefined) return;
  let result = source;
  for (const { by, text } of stages.slice(1)) {
    const node = jsonContainer(text);
    if (node === undefined)
      throw new ReplicatorError('ContractBroken', `${place}.json: after ${by} the value is not JSON any more`);
    result = node;
  }
  const difference = expected === 'same-keys' ? keyDifference(source, result) : undefined;
  if (difference !== undefined) throw new ReplicatorError('ContractBroken', `${place}.json: ${difference}`);
}

function keyDifference(source: JsonNode, result: JsonNode): string | undefined {
  const [before, after] = [keysOf(source, []), keysOf(result, [])];
  const lost = [...before].find((path) => !after.has(path));
  if (lost !== undefined) return `${lost} is missing in the result`;
  const gained = [...after].find((path) => !before.has(path));
  return gained === undefined ? undefined : `${gained} is new in the result`;
}

/** The path of every member, at every depth. */
function keysOf(node: JsonNode, path: readonly (string | number)[]): Set<string> {
  if (node.kind === 'array') return union(node.items.map((item, index) => keysOf(item, [...path, index])));
  if (node.kind !== 'object') return new Set();
  return union(
    node.members.map(({ name, value }) => keysOf(value, [...path, name.value]).add(keyPath([...path, name.value]))),
  );
}

function union(sets: readonly Set<string>[]): Set<string> {
  return new Set(sets.flatMap((set) => [...set]));
}
