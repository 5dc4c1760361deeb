import { openSync, closeSync, readSync, writeSync } from 'node:fs';
import type { SedIo } from './commands/sed-io.js';

const CHUNK_BYTES = 65_536;
/** Pause before a pipe that has nothing to read, or no room, is tried again. */
const PAUSE_MS = 5;

/** The process's own files and streams. */
export const processStreams: SedIo = {
  read: (path, chunkBytes = CHUNK_BYTES) => (path === '-' ? chunksOf(0, chunkBytes) : fileChunks(path, chunkBytes)),
  out: (output) => writeAll(1, Buffer.from(output)),
  err: (text) => writeAll(2, Buffer.from(text)),
  environment: process.env,
};

/** Opens at once, so that a file that is missing is known before it is read. */
function fileChunks(path: string, chunkBytes: number): Iterable<Uint8Array> {
  const file = openSync(path, 'r');
  return (function* chunks() {
    try {
      yield* chunksOf(file, chunkBytes);
    } finally {
      closeSync(file);
    }
  })();
}

/** The same memory serves every chunk. */
function* chunksOf(file: number, chunkBytes: number): Generator<Uint8Array> {
  const buffer = Buffer.allocUnsafe(chunkBytes);
  for (;;) {
    const length = patiently(() => readSync(file, buffer, 0, chunkBytes, null));
    if (length === 0) return;
    yield buffer.subarray(0, length);
  }
}

function writeAll(file: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length;) at += patiently(() => writeSync(file, bytes, at));
}

/** A pipe that another process made non-blocking says EAGAIN instead of waiting. */
function patiently(act: () => number): number {
  for (;;) {
    try {
      return act();
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
    }
  }
}
