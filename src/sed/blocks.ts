import type { Meter } from './limits.js';
import { decode } from './text.js';

/** Bytes as they come to text in whole lines; what comes last may lack a line end. A line too long for a buffer is refused. */
export function* blocksOf(chunks: Iterable<Uint8Array>, lineEnd: '\n' | '\0', meter: Meter): Generator<string> {
  let held: Uint8Array[] = [];
  let heldBytes = 0;
  for (const chunk of chunks) {
    meter.renew(chunk.length);
    const end = chunk.lastIndexOf(lineEnd.charCodeAt(0)) + 1;
    if (end > 0) {
      yield decode(Buffer.concat([...held, chunk.subarray(0, end)]));
      [held, heldBytes] = [[], 0];
    }
    // A copy: whoever reads may use the same memory for the next chunk.
    held.push(Uint8Array.from(chunk.subarray(end)));
    heldBytes += chunk.length - end;
    meter.checkSpace(heldBytes);
  }
  yield decode(Buffer.concat(held));
}
