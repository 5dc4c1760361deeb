import { createHash } from 'node:crypto';
import { COPIED_TAG, HELD_TAG, isReservedTag } from './ownership.js';

type Tags = ReadonlyMap<string, string>;

/** Tags of one secret (Secrets Manager quotas). */
const MAX_TAGS = 50;

/** Three are kept for ours: owner, hold and the record of what is copied. */
export const MAX_COPIED_TAGS = MAX_TAGS - 3;

/** Characters of one mark; as many marks as there can be copied tags fit into the 256 of a tag's value. */
const MARK = 5;

/** A copied tag in the record: 30 bits of a digest of key and value, so that the value of one tag can name them all. */
function markOf([key, value]: readonly [string, string]): string {
  return createHash('sha256')
    .update(JSON.stringify([key, value]))
    .digest('base64url')
    .slice(0, MARK);
}

function recordOf(tags: Tags): string {
  return [...tags].map(markOf).toSorted().join('');
}

function marksIn(record = ''): ReadonlySet<string> {
  return new Set(record.length % MARK === 0 ? (record.match(/.{5}/gs) ?? []) : []);
}

/** Copied tags and the record of them, as a new replica carries both. */
export function recorded(copied: Tags): Tags {
  return copied.size === 0 ? copied : new Map([...copied, [COPIED_TAG, recordOf(copied)]]);
}

/**
 * What turns the tags of a replica into the wanted ones: a tag that reads as it was copied and is wanted no more is taken off,
 * everything else that nobody wants stays. A replica without room for the record keeps whatever is on it.
 */
export function copiedTagsChange(
  wanted: Tags,
  there: Tags,
): { readonly tags: Tags; readonly untag: readonly string[] } {
  const record = there.get(COPIED_TAG);
  const marks = marksIn(record);
  const gone = [...there].filter((tag) => !isReservedTag(tag[0]) && !wanted.has(tag[0]) && marks.has(markOf(tag)));
  const room = roomOn(there) + gone.length;
  const hasRecord = record !== undefined || (wanted.size > 0 && room > 0);
  const { set, kept } = settable(wanted, there, record === undefined && hasRecord ? room - 1 : room);
  const next = hasRecord ? recordOf(kept) : undefined;
  return {
    tags: next === undefined || next === '' || next === record ? set : new Map([...set, [COPIED_TAG, next]]),
    untag: [...gone.map(([key]) => key), ...(next === '' ? [COPIED_TAG] : [])],
  };
}

/** Tags to be set, as many as there is room for; the ones that are there are no new ones. One too many, and the service refuses them all. */
export function missingTags(wanted: Tags, there: Tags): Tags {
  return settable(wanted, there, roomOn(there)).set;
}

function roomOn(there: Tags): number {
  return MAX_TAGS - there.size - (there.has(HELD_TAG) ? 0 : 1);
}

/** `kept`: what is wanted and will be there. */
function settable(wanted: Tags, there: Tags, room: number): { readonly set: Tags; readonly kept: Tags } {
  const known = [...wanted].filter(([key]) => there.has(key));
  const added = [...wanted].filter(([key]) => !there.has(key)).slice(0, Math.max(0, room));
  const changed = known.filter(([key, value]) => there.get(key) !== value);
  return { set: new Map([...changed, ...added]), kept: new Map([...known, ...added]) };
}
