/** A piece of a text that another takes the place of; UTF-16 offsets, `end` behind the last character. */
export interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The text with every edit made and every other character as it was. An edit inside another one's range is dropped. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const edit of outermost(edits)) {
    pieces.push(text.slice(at, edit.start), edit.text);
    at = edit.end;
  }
  return [...pieces, text.slice(at)].join('');
}

function outermost(edits: readonly Edit[]): Edit[] {
  const kept: Edit[] = [];
  let covered = 0;
  for (const edit of edits.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (edit.start < covered) continue;
    kept.push(edit);
    covered = edit.end;
  }
  return kept;
}
