import { isAscii, isUtf8 } from 'node:buffer';

/*
 * Text inside this library is a JavaScript string in which a byte that is not part of well-formed UTF-8 is carried
 * as the lone surrogate U+DC00 + byte (U+DC80 to U+DCFF). So bytes go through unharmed, characters are code points,
 * and ASCII text is the string it was.
 */

const CARRIER = 0xdc00;

/** Bytes to text; total, and undone exactly by {@link encode}. */
export function decode(bytes: Uint8Array): string {
  if (isAscii(bytes)) return view(bytes).toString('latin1');
  return isUtf8(bytes) ? view(bytes).toString('utf8') : decodeMixed(bytes);
}

function view(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Text to bytes. Carried bytes become themselves again. */
export function encode(text: string): Uint8Array {
  // As ASCII, which any other text has fewer units than bytes for, it is copied faster.
  if (Buffer.byteLength(text) === text.length) return Buffer.from(text, 'latin1');
  if (!hasSurrogate(text)) return Buffer.from(text, 'utf8');
  const pieces: Buffer[] = [];
  let from = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (isHighSurrogate(unit) && isLowSurrogate(text.charCodeAt(i + 1))) {
      i++;
    } else if (isCarriedByte(unit)) {
      pieces.push(Buffer.from(text.slice(from, i), 'utf8'), Buffer.of(unit - CARRIER));
      from = i + 1;
    }
  }
  return Buffer.concat([...pieces, Buffer.from(text.slice(from), 'utf8')]);
}

/** The character that carries a byte of 0x80 to 0xFF. */
export function carriedByte(byte: number): string {
  return String.fromCharCode(CARRIER + byte);
}

function isCarriedByte(codePoint: number): boolean {
  return codePoint >= 0xdc80 && codePoint <= 0xdcff;
}

export function isSurrogate(codePoint: number): boolean {
  return codePoint >= 0xd800 && codePoint <= 0xdfff;
}

export function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}

/** Joins carried bytes that together are well-formed UTF-8 into their character. */
export function joinCarriedBytes(text: string): string {
  if (!hasSurrogate(text)) return text;
  return text.replace(/[\uDC80-\uDCFF]+/gu, (run) =>
    decode(Uint8Array.from(run, (carrier) => carrier.charCodeAt(0) - CARRIER)),
  );
}

/** True when every character is one that a JavaScript string can hold for good, so no byte is being carried. */
export function isPlainText(text: string): boolean {
  return !hasSurrogate(text) || !/[\uDC80-\uDCFF]/u.test(text);
}

function hasSurrogate(text: string): boolean {
  return /[\uD800-\uDFFF]/.test(text);
}

function decodeMixed(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let from = 0;
  for (let i = 0; i < bytes.length;) {
    const length = sequenceLength(bytes, i);
    if (length > 0) {
      i += length;
      continue;
    }
    pieces.push(view(bytes.subarray(from, i)).toString('utf8'), carriedByte(bytes[i] as number));
    i += 1;
    from = i;
  }
  pieces.push(view(bytes.subarray(from)).toString('utf8'));
  return pieces.join('');
}

/** Length of the well-formed UTF-8 sequence at `at`, or 0 (Unicode 15, table 3-7). */
function sequenceLength(bytes: Uint8Array, at: number): number {
  const lead = bytes[at] as number;
  if (lead < 0x80) return 1;
  const length =
    lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
  if (length === 0 || at + length > bytes.length) return 0;
  const second = bytes[at + 1] as number;
  const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
  const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
  if (second < low || second > high) return 0;
  for (let k = 2; k < length; k++) if (((bytes[at + k] as number) & 0xc0) !== 0x80) return 0;
  return length;
}
