import type { Edit } from './json-edits.js';
import type { Holder } from './json-tree.js';

interface Removal {
  readonly holder: Holder;
  readonly indexes: Set<number>;
}

/** Takes members and items out, each with the comma that belongs to it. */
export function removalEdits(holders: readonly Holder[]): Edit[] {
  const removals = new Map<number, Removal>();
  for (const holder of holders) {
    const { start } = containerOf(holder);
    const removal = removals.get(start) ?? { holder, indexes: new Set() };
    removal.indexes.add(holder.index);
    removals.set(start, removal);
  }
  return [...removals.values()].flatMap(editsOf);
}

interface Span {
  readonly start: number;
  readonly end: number;
}

function editsOf({ holder, indexes }: Removal): Edit[] {
  const { start, end } = containerOf(holder);
  const spans = spansOf(holder);
  if (indexes.size === spans.length) return [{ start: start + 1, end: end - 1, text: '' }];
  const edits: Edit[] = [];
  let keptEnd: number | undefined;
  spans.forEach((span, index) => {
    if (!indexes.has(index)) keptEnd = span.end;
    // Behind a kept neighbour the comma before it goes along; at the front, everything up to what follows.
    else if (keptEnd !== undefined) edits.push({ start: keptEnd, end: span.end, text: '' });
    else edits.push({ start: span.start, end: spans[index + 1]?.start ?? span.end, text: '' });
  });
  return edits;
}

function containerOf(holder: Holder): Span {
  return holder.kind === 'member' ? holder.object : holder.array;
}

function spansOf(holder: Holder): Span[] {
  if (holder.kind === 'item') return [...holder.array.items];
  return holder.object.members.map(({ name, value }) => ({ start: name.start, end: value.end }));
}
