import { ConfigFileError } from './file-issue.js';
import { FileUnreadable, readTextFile } from './text-file.js';

/** Largest configuration file that people write. */
export const MAX_CONFIG_BYTES = 4_194_304;
/** Largest one with the text of its sedfiles in it: they stand there once for each destination. */
export const MAX_COMPILED_BYTES = 67_108_864;

/** Throws ConfigFileError. */
export function readConfigText(path: string, maxBytes: number): string {
  try {
    return readTextFile(path, maxBytes);
  } catch (error) {
    if (!(error instanceof FileUnreadable)) throw error;
    throw new ConfigFileError([{ file: path, place: undefined, message: error.message }], { cause: error });
  }
}
