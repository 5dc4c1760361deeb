import type { Meter } from './limits.js';
import type { Transliteration } from './program.js';

/** The text with each character of the y command's first list replaced by its partner. */
export function transliterate({ map }: Transliteration, text: string, meter: Meter): string {
  let changed = '';
  for (const char of text) changed += map.get(char.codePointAt(0) as number) ?? char;
  meter.spend(text.length);
  return changed;
}
