/** What a text holds at most: ASCII, characters of one unit, or any. */
export const TextKind = { ASCII: 0, ONE_UNIT: 1, ANY: 2 } as const;

let asked = '';
let answer: number = TextKind.ASCII;

/** Remembers its last answer, since one text is asked about by one rule after the other. */
export function kindOf(text: string): number {
  if (text === asked) return answer;
  asked = text;
  answer = isAscii(text) ? TextKind.ASCII : /[\uD800-\uDFFF]/.test(text) ? TextKind.ANY : TextKind.ONE_UNIT;
  return answer;
}

/** Any other character takes more bytes than units; a RegExp takes fifty times as long to see it. */
function isAscii(text: string): boolean {
  return Buffer.byteLength(text) === text.length;
}

/** Makes this module and V8 let go of the last text they saw. */
export function forgetText(): void {
  asked = '';
  answer = TextKind.ASCII;
  // A match replaces what RegExp.input and its like hold.
  /^/.exec('');
}
