import type { Edit } from './json-edits.js';
import type { JsonQuery } from './json-query.js';
import type { JsonNode, JsonObject } from './json-text.js';

/** New members for the objects that the path's last name is missing in, spaced as the object's last member is. */
export function createdMembers(text: string, root: JsonNode, query: JsonQuery, value: string): Edit[] {
  const { lastName } = query;
  if (lastName === undefined) return [];
  return lastName.holders(root).flatMap(({ node }): Edit[] => {
    if (node.kind !== 'object' || node.members.some(({ name }) => name.value === lastName.name)) return [];
    return [created(text, node, JSON.stringify(lastName.name), value)];
  });
}

function created(text: string, object: JsonObject, name: string, value: string): Edit {
  const last = object.members.at(-1);
  if (last === undefined) return { start: object.start + 1, end: object.end - 1, text: `${name}:${value}` };
  const before = object.members.at(-2);
  const gap = text.slice(before === undefined ? object.start + 1 : before.value.end, last.name.start);
  const colon = text.slice(last.name.end, last.value.start);
  const separator = before === undefined ? `,${gap}` : gap;
  return { start: last.value.end, end: last.value.end, text: `${separator}${name}${colon}${value}` };
}
