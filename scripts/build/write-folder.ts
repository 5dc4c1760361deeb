import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * Makes a folder hold exactly these files, except for the entries to keep. A file that is right stays untouched and a new
 * one appears at once as a whole, so a process that runs from the folder never sees half a build.
 */
export function writeFolder(
  folder: string,
  files: ReadonlyMap<string, Uint8Array>,
  keep: readonly string[] = [],
): void {
  for (const [path, contents] of files) writeIfNew(join(folder, path), contents);
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = relative(folder, join(entry.parentPath, entry.name));
    const kept = keep.includes(path.split(sep)[0] ?? '') || files.has(path);
    if (entry.isFile() && !kept) rmSync(join(folder, path), { force: true });
  }
}

export function writeIfNew(path: string, contents: Uint8Array): void {
  if (isThere(path, contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, contents);
  renameSync(draft, path);
}

function isThere(path: string, contents: Uint8Array): boolean {
  try {
    return readFileSync(path).equals(contents);
  } catch {
    return false;
  }
}
