import type { Metafile } from 'esbuild';

type Outputs = Metafile['outputs'];

export interface BundleSizes {
  /** Bytes that a process loads before its first event. */
  readonly atStart: number;
  /** Bytes until a first replica is written and its metrics are out. */
  readonly withMetrics: number;
  /** Bytes of the whole folder. */
  readonly total: number;
  /** Source files in `withMetrics`. */
  readonly inputs: readonly string[];
}

/** What of the function's bundle is loaded when, by the metafile of its build. */
export function bundleSizes({ outputs }: Pick<Metafile, 'outputs'>): BundleSizes {
  const code = Object.fromEntries(Object.entries(outputs).filter(([path]) => path.endsWith('.mjs')));
  const start = loadedWith(code, [chunkOf(code, 'src/handler.ts')]);
  const replica = loadedWith(code, [chunkOf(code, 'src/handler.ts'), chunkOf(code, 'src/aws/metrics.ts')]);
  return {
    atStart: bytesOf(code, start),
    withMetrics: bytesOf(code, replica),
    total: bytesOf(code, Object.keys(code)),
    inputs: [...replica].flatMap((path) => Object.keys(code[path]?.inputs ?? {})),
  };
}

function chunkOf(outputs: Outputs, source: string): string {
  const found = Object.entries(outputs).find(([, { inputs }]) => source in inputs);
  if (found === undefined) throw new Error(`the bundle has no ${source}`);
  return found[0];
}

/** These files and what they load by themselves; not what they import on demand. */
function loadedWith(outputs: Outputs, files: readonly string[]): ReadonlySet<string> {
  const loaded = new Set<string>();
  const visit = (path: string): void => {
    const output = outputs[path];
    if (output === undefined || loaded.has(path)) return;
    loaded.add(path);
    for (const { kind, path: next } of output.imports) if (kind === 'import-statement') visit(next);
  };
  files.forEach(visit);
  return loaded;
}

function bytesOf(outputs: Outputs, paths: Iterable<string>): number {
  return [...paths].reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
}
