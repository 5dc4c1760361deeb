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

/** The value as JavaScript has it: of a name that stands twice the last member, or the one that is chosen. */
export function plainValue(node: JsonNode, chosen: readonly JsonMember[] = []): JSONValue {
  if (node.kind === 'array') return node.items.map((item) => plainValue(item, chosen));
  if (node.kind !== 'object') return node.value;
  const preferred = chosen.filter((member) => node.members.includes(member));
  return Object.fromEntries(
    [...node.members, ...preferred].map(({ name, value }) => [name.value, plainValue(value, chosen)]),
  );
}

/** The value, and for each member that another of its name hides, the value in which it and what it stands in are seen instead. */
export function* plainValues(root: JsonNode, meter: ReadMeter): Generator<JSONValue> {
  for (const chosen of [[], ...hiddenMembers(root, [])]) {
    // A value costs a copy: an eighth of its characters is about what it has of names and values.
    meter.spend(1 + ((root.end - root.start) >> 3));
    yield plainValue(root, chosen);
  }
}

/** Every hidden member, behind the hidden ones that it stands in. */
function hiddenMembers(node: JsonNode, within: readonly JsonMember[]): JsonMember[][] {
  if (node.kind === 'array') return node.items.flatMap((item) => hiddenMembers(item, within));
  if (node.kind !== 'object') return [];
  const last = new Map(node.members.map((member) => [member.name.value, member]));
  return node.members.flatMap((member) => {
    if (last.get(member.name.value) === member) return hiddenMembers(member.value, within);
    const path = [...within, member];
    return [path, ...hiddenMembers(member.value, path)];
  });
}

/** Reads of one query: many times what `$..*` needs on the 32,000 values that 64 KiB can hold. */
const MAX_READS = 1_000_000;

/** Counts what one query reads and throws when a path would go on and on. */
export class ReadMeter {
  private reads = 0;

  constructor(private readonly spent: () => Error) {}

  spend(reads = 1): void {
    this.reads += reads;
    if (this.reads > MAX_READS) throw this.spent();
  }
}

/** The same value, which tells the meter what is read of it. */
export function metered(value: JSONValue, meter: ReadMeter): JSONValue {
  const wrap = <T>(inner: T): T =>
    typeof inner === 'object' && inner !== null ? Object(new Proxy(inner, traps)) : inner;
  const traps: ProxyHandler<object> = {
    get: (object, key) => {
      meter.spend();
      return wrap<unknown>(Reflect.get(object, key));
    },
    ownKeys: (object) => {
      meter.spend();
      return Reflect.ownKeys(object);
    },
    getOwnPropertyDescriptor: (object, key) => {
      meter.spend();
      return Reflect.getOwnPropertyDescriptor(object, key);
    },
  };
  return wrap(value);
}
