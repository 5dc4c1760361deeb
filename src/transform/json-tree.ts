import type { JSONValue } from 'json-p3';
import type { JsonArray, JsonMember, JsonNode, JsonObject } from './json-text.js';

/** A node and how it hangs in the value. */
export interface JsonMatch {
  readonly node: JsonNode;
  /** Undefined for the whole value. */
  readonly holder: Holder | undefined;
}

export type Holder =
  | { readonly kind: 'member'; readonly object: JsonObject; readonly member: JsonMember; readonly index: number }
  | { readonly kind: 'item'; readonly array: JsonArray; readonly index: number };

/** Every node at a location of names and positions: a name that stands twice in an object means both members. */
export function nodesAt(root: JsonNode, location: readonly (string | number)[]): JsonMatch[] {
  let matches: JsonMatch[] = [{ node: root, holder: undefined }];
  for (const part of location) matches = matches.flatMap(({ node }) => children(node, part));
  return matches;
}

function children(node: JsonNode, part: string | number): JsonMatch[] {
  if (node.kind === 'array') {
    const item = typeof part === 'number' ? node.items[part] : undefined;
    return item === undefined ? [] : [{ node: item, holder: { kind: 'item', array: node, index: Number(part) } }];
  }
  if (node.kind !== 'object') return [];
  return node.members.flatMap((member, index): JsonMatch[] =>
    member.name.value === part ? [{ node: member.value, holder: { kind: 'member', object: node, member, index } }] : [],
  );
}

/** The value as JavaScript has it: of a name that stands twice the last member. */
export function plainValue(node: JsonNode): JSONValue {
  if (node.kind === 'array') return node.items.map(plainValue);
  if (node.kind === 'object')
    return Object.fromEntries(node.members.map(({ name, value }) => [name.value, plainValue(value)]));
  return node.value;
}

/** Reads of one query: three times what `$..*` needs on the 32,000 values that 64 KiB can hold. */
const MAX_READS = 400_000;

/** The same value, for one query: it counts what is read of it and throws `spent` when a path would go on and on. */
export function metered(value: JSONValue, spent: () => Error): JSONValue {
  let reads = 0;
  const spend = () => {
    reads += 1;
    if (reads > MAX_READS) throw spent();
  };
  const wrap = <T>(inner: T): T =>
    typeof inner === 'object' && inner !== null ? Object(new Proxy(inner, traps)) : inner;
  const traps: ProxyHandler<object> = {
    get: (object, key) => {
      spend();
      return wrap<unknown>(Reflect.get(object, key));
    },
    ownKeys: (object) => {
      spend();
      return Reflect.ownKeys(object);
    },
    getOwnPropertyDescriptor: (object, key) => {
      spend();
      return Reflect.getOwnPropertyDescriptor(object, key);
    },
  };
  return wrap(value);
}
