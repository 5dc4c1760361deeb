let buffer = Buffer.alloc(1 << 14);
let units = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length >> 1);
let holds: string | null = null;

/**
 * The UTF-16 units of a text, from its start. Reading them from an array takes half the time of reading them from a
 * string that is a slice of another. One text is held at a time: the array is good until the next call.
 */
export function unitsOf(text: string): Uint16Array {
  if (text === holds) return units;
  if (text.length * 2 > buffer.length) {
    buffer = Buffer.alloc(text.length * 2 + 1024);
    units = new Uint16Array(buffer.buffer, buffer.byteOffset, buffer.length >> 1);
  }
  buffer.write(text, 0, 'utf16le');
  holds = text;
  return units;
}

/** Wipes the text held, so that no secret outlives the run that read it. */
export function forgetUnits(): void {
  if (holds === null) return;
  buffer.fill(0, 0, holds.length * 2);
  holds = null;
}
