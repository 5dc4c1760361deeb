import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { valueAt } from '../core/value-at.js';
import { SedfileUnreadable, type ReadSedfile } from '../core/sedfile-steps.js';

const UTF8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Reads sedfiles by their names, relative to a folder. */
export function sedfilesIn(folder: string): ReadSedfile {
  return (name) => {
    try {
      return UTF8.decode(readFileSync(resolve(folder, name)));
    } catch (error) {
      throw new SedfileUnreadable(whyUnreadable(error));
    }
  };
}

/** Words that go behind a file's name. */
export function whyUnreadable(error: unknown): string {
  const code = valueAt(error, ['code']);
  if (code === 'ENOENT') return 'was not found';
  if (code === 'EISDIR') return 'is a folder, not a file';
  if (code === 'EACCES') return 'may not be read';
  return code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
    ? 'is not UTF-8 text'
    : `cannot be read (${typeof code === 'string' ? code : 'unknown cause'})`;
}
