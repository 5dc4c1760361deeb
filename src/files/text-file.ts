import { readFileSync } from 'node:fs';
import { valueAt } from '../core/value-at.js';

/** Why a file's text cannot be had, in words that go behind the file's name: `was not found`. */
export class FileUnreadable extends Error {
  override readonly name = 'FileUnreadable';
}

const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** A file's text, a byte order mark left out. Throws FileUnreadable. */
export function readTextFile(path: string, maxBytes: number): string {
  try {
    return UTF8.decode(readBytes(path, maxBytes));
  } catch (error) {
    if (error instanceof FileUnreadable) throw error;
    throw new FileUnreadable('is not UTF-8 text', { cause: error });
  }
}

/** A file's bytes. Throws FileUnreadable. */
export function readBytes(path: string, maxBytes: number): Uint8Array {
  const bytes = bytesOf(path);
  if (bytes.length > maxBytes) throw new FileUnreadable(`has ${bytes.length} bytes; at most ${maxBytes} are read`);
  return bytes;
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (error) {
    const code = String(valueAt(error, ['code']));
    throw new FileUnreadable(CAUSES[code] ?? `cannot be read (${code})`, { cause: error });
  }
}

const CAUSES: Readonly<Record<string, string>> = {
  ENOENT: 'was not found',
  EISDIR: 'is a folder, not a file',
  EACCES: 'may not be read',
};
