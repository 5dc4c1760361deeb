import type { SelectionShape } from './config-schema.js';
import { globMatches } from './glob.js';

/** Which secrets: any of `include`, none of `exclude`, every one of `tags`. */
export interface Selection {
  readonly include: readonly string[];
  readonly exclude: readonly string[];
  readonly tags: ReadonlyMap<string, string>;
}

export function selectionOf(shape: SelectionShape | undefined): Selection {
  return {
    include: shape?.include ?? ['*'],
    exclude: shape?.exclude ?? [],
    tags: new Map(Object.entries(shape?.tags ?? {})),
  };
}

export function selectsName(selection: Selection, name: string): boolean {
  return (
    selection.include.some((glob) => globMatches(glob, name)) &&
    !selection.exclude.some((glob) => globMatches(glob, name))
  );
}

/** Why a secret of this name has no replica at a destination; undefined if it has, as far as names tell. */
export function whyUnselected(source: Selection, destination: Selection, name: string): string | undefined {
  if (!selectsName(source, name)) return 'the source does not select this name';
  return selectsName(destination, name) ? undefined : 'the destination does not select this name';
}

export function selectsTags(selection: Selection, tags: ReadonlyMap<string, string>): boolean {
  return [...selection.tags].every(([key, value]) => tags.get(key) === value);
}
