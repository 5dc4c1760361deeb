import { resolve } from 'node:path';
import { SedfileUnreadable, type ReadSedfile } from '../core/sedfile-steps.js';
import { MAX_SCRIPT_CHARACTERS } from '../core/script-limit.js';
import { FileUnreadable, readTextFile } from './text-file.js';

/** Bytes that the longest script can have: four for each character. */
const MAX_SEDFILE_BYTES = 4 * MAX_SCRIPT_CHARACTERS;

/** Reads sedfiles by their names, relative to a folder. */
export function sedfilesIn(folder: string): ReadSedfile {
  return (name) => {
    try {
      return readTextFile(resolve(folder, name), MAX_SEDFILE_BYTES);
    } catch (error) {
      throw error instanceof FileUnreadable ? new SedfileUnreadable(error.message, { cause: error }) : error;
    }
  };
}
