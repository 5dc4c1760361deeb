import type { SedError } from '../../sed/index.js';

/** What the filter needs of the world. It waits for all of it: there is nothing else to do meanwhile. */
export interface SedIo {
  /** The bytes of a file, or of standard input for `-`, as they come. Throws a Node system error, also when it is asked. */
  read(path: string, chunkBytes?: number): Iterable<Uint8Array>;
  out(output: Uint8Array | string): void;
  err(text: string): void;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** GNU sed's exit codes; q and Q give others. */
export const BAD_USAGE = 1;
export const MISSING_INPUT = 2;
export const FAILED = 4;

/** What a file could not do; ends the run. */
export class InputError extends Error {
  override readonly name = 'InputError';
}

/** 1 for what is wrong with the script; 4 for what goes wrong while running and, as in GNU sed, for a missing label. */
export function exitCodeOf(error: SedError): number {
  return FAILURES.has(error.code) ? FAILED : BAD_USAGE;
}

const FAILURES: ReadonlySet<string> = new Set([
  'missing-label',
  'steps-exceeded',
  'output-too-large',
  'space-too-large',
  'pattern-too-large',
]);

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
  ELOOP: 'Too many levels of symbolic links',
  ENAMETOOLONG: 'File name too long',
  ENOSPC: 'No space left on device',
};

/** A system error in the system's words. */
export function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return REASONS[code] ?? code;
}
