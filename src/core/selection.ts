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

export function selectsTags(selection: Selection, tags: ReadonlyMap<string, string>): boolean {
  return [...selection.tags].every(([key, value]) => tags.get(key) === value);
}
