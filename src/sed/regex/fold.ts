/** The simple upper-case form of one code point, as glibc's towupper: one character to one character. */
export function upperOf(codePoint: number): number {
  if (codePoint < 0x80) return codePoint >= 0x61 && codePoint <= 0x7a ? codePoint - 32 : codePoint;
  // Greek letters with iota: their full upper case is two letters, their simple one the title case letter.
  if (codePoint >= 0x1f80 && codePoint <= 0x1faf) return codePoint | 8;
  if (codePoint === 0x1fb3 || codePoint === 0x1fc3 || codePoint === 0x1ff3) return codePoint + 9;
  return single(codePoint, String.fromCodePoint(codePoint).toUpperCase());
}

/** The simple lower-case form of one code point, as glibc's towlower. */
export function lowerOf(codePoint: number): number {
  if (codePoint < 0x80) return codePoint >= 0x41 && codePoint <= 0x5a ? codePoint + 32 : codePoint;
  if (codePoint === 0x130) return 0x69;
  return single(codePoint, String.fromCodePoint(codePoint).toLowerCase());
}

/** What two characters share when the I flag treats them as one: their simple upper case. */
export function foldCase(codePoint: number): number {
  return upperOf(codePoint);
}

function single(codePoint: number, changed: string): number {
  const first = changed.codePointAt(0) as number;
  return changed.length === (first > 0xffff ? 2 : 1) ? first : codePoint;
}
