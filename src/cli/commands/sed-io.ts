import type { SedError } from '../../sed/index.js';

/** What the filter needs of the world. `readFile` rejects with a Node system error. */
export interface SedIo {
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly stdout: { write(output: Uint8Array | string): unknown };
  readonly stderr: { write(text: string): unknown };
  readFile(path: string): Promise<Uint8Array>;
}

/** GNU sed's exit codes; q and Q give others. */
export const BAD_USAGE = 1;
export const MISSING_INPUT = 2;
export const FAILED = 4;

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
