import type { Grant } from '../src/core/access/grant.js';

/** A managed policy holds 6,144 characters without blanks (IAM quotas). The CDK moves statements into some, and cuts none. */
const MOST_CHARACTERS = 5_800;

/** The grant as statements that each fit into a policy, together the same. `lengthOf` tells how long a text with tokens will be. */
export function partsOf(grant: Grant, lengthOf: (text: string) => number): readonly Grant[] {
  const room = MOST_CHARACTERS - lengthOf(JSON.stringify([grant.actions, grant.effect, grant.id]));
  const parts = conditionsOf(grant, room / 2, lengthOf).flatMap((conditions) => {
    const left = room - lengthOf(JSON.stringify(conditions ?? {}));
    return chunks(grant.resources, left, lengthOf).map((resources) => ({
      ...grant,
      resources,
      ...(conditions === undefined ? {} : { conditions }),
    }));
  });
  return parts.map((part, index) => (index === 0 ? part : { ...part, id: `${grant.id}Part${index + 1}` }));
}

type Conditions = Grant['conditions'];

/** One value of a key has to match, so the values may stand in several statements; all keys have to, so each goes with all others. */
function conditionsOf({ conditions }: Grant, room: number, lengthOf: (text: string) => number): readonly Conditions[] {
  const like = conditions?.['StringLike'] ?? {};
  const long = Object.entries(like).find(([, values]) => typeof values !== 'string' && values.length > 1);
  if (long === undefined) return [conditions];
  const [key, values] = long;
  return chunks(values as readonly string[], room, lengthOf).map((some) => ({
    ...conditions,
    StringLike: { ...like, [key]: some },
  }));
}

/** The items in their order, in lists that are as long as there is room. */
function chunks(items: readonly string[], room: number, lengthOf: (text: string) => number): readonly string[][] {
  const lists: string[][] = [];
  let left = 0;
  for (const item of items) {
    const length = lengthOf(item) + '"",'.length;
    if (length > left) {
      lists.push([]);
      left = room;
    }
    lists.at(-1)?.push(item);
    left -= length;
  }
  return lists;
}
