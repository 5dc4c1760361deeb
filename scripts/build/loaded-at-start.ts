import type { Metafile } from 'esbuild';

/** The output files that one of them loads by itself: everything but what it imports on demand. */
export function loadedAtStart({ outputs }: Pick<Metafile, 'outputs'>, entry: string): ReadonlySet<string> {
  const loaded = new Set<string>();
  const visit = (path: string): void => {
    const output = outputs[path];
    if (output === undefined || loaded.has(path)) return;
    loaded.add(path);
    for (const { kind, path: next } of output.imports) if (kind === 'import-statement') visit(next);
  };
  visit(entry);
  return loaded;
}
