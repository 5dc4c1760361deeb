import { build, type Metafile } from 'esbuild';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Bundle } from './bundles.js';
import { writeFolder } from './write-folder.js';

/** What a bundle became: its files' sizes in bytes, by path relative to its folder. */
export type Sizes = ReadonlyMap<string, number>;

/** Builds one folder of `dist`, with its source maps in `dist/maps` and esbuild's metafile in `dist/meta`. */
export async function bundle(root: string, { name, entries, plugins, refused }: Bundle): Promise<Sizes> {
  const missing = Object.values(entries).filter((entry) => !existsSync(join(root, entry)));
  if (missing.length > 0) throw new Error(`${name}: there is no ${missing.join(', no ')}`);
  const folder = join(root, 'dist', name);
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    entryPoints: { ...entries },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    minify: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    sourcemap: 'external',
    sourcesContent: false,
    legalComments: 'none',
    logLevel: 'silent',
    metafile: true,
    write: false,
    plugins: [...plugins],
  });
  refuse(name, metafile, refused);
  const files = outputFiles.map(({ path, contents }) => [relative(folder, path), contents] as const);
  const code = new Map(files.filter(([path]) => !path.endsWith('.map')));
  writeFolder(folder, code, ['replicator.json', 'replicator.json.sha256', 'types']);
  writeFolder(join(root, 'dist/maps', name), new Map(files.filter(([path]) => path.endsWith('.map'))));
  writeFolder(join(root, 'dist/meta', name), new Map([['meta.json', Buffer.from(JSON.stringify(metafile))]]));
  return new Map([...code].map(([path, contents]) => [path, contents.length]));
}

function refuse(name: string, { inputs }: Metafile, refused: Bundle['refused']): void {
  for (const path of Object.keys(inputs)) {
    const rule = refused.find(([pattern]) => pattern.test(path));
    if (rule !== undefined) throw new Error(`${name}: ${path} got into the bundle; ${rule[1]}`);
  }
}
