import { ConfigFileError } from './file-issue.js';
import { FileUnreadable, readTextFile } from './text-file.js';

/** Largest configuration file. */
export const MAX_CONFIG_BYTES = 4_194_304;

/** Throws ConfigFileError. */
export function readConfigText(path: string): string {
  try {
    return readTextFile(path, MAX_CONFIG_BYTES);
  } catch (error) {
    if (!(error instanceof FileUnreadable)) throw error;
    throw new ConfigFileError([{ file: path, place: undefined, message: error.message }], { cause: error });
  }
}
