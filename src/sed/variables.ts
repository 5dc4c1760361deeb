import type { Slot, VariableUse } from './program.js';

/*
 * Inside script text a variable is a mark of two units that well-formed text cannot hold: a high surrogate, which
 * counts its slot, before U+FDD0, which is no low surrogate.
 */
const FIRST_MARK = 0xd800;
const MARK_END = '\uFDD0';
const MARK = /([\uD800-\uDBFF])\uFDD0/g;
const REFERENCE = /\$\{([A-Z_][A-Z0-9_]*)\}/y;

/** Slots one script may have: distinct variables and literal `\${NAME}` together. */
const MAX_SLOTS = 0x400;

/** The variable reference that starts at `index`, as its name; null when there is none. */
export function referenceAt(text: string, index: number): string | null {
  REFERENCE.lastIndex = index;
  return REFERENCE.exec(text)?.[1] ?? null;
}

/** The slots of one script while it is being compiled. */
export class SlotTable {
  readonly slots: Slot[] = [];
  readonly uses: VariableUse[] = [];
  private readonly bySlot = new Map<string, number>();

  /** The mark that stands for the slot; null when there is no room for another. */
  mark(slot: Slot): string | null {
    const key = slot.kind === 'variable' ? `v${slot.name}` : `t${slot.text}`;
    let index = this.bySlot.get(key);
    if (index === undefined) {
      if (this.slots.length >= MAX_SLOTS) return null;
      index = this.slots.push(slot) - 1;
      this.bySlot.set(key, index);
    }
    return String.fromCharCode(FIRST_MARK + index) + MARK_END;
  }
}

/** Script text without anything that could be taken for a mark. */
export function withoutMarks(text: string): string {
  if (!text.includes(MARK_END)) return text;
  return text.replace(MARK, '\uFFFD$&').replace(/\uFFFD[\uD800-\uDBFF]\uFDD0/g, '\uFFFD\uFDD0');
}

export function hasMark(text: string): boolean {
  // The second character of a mark, alone, is looked for in no time.
  return text.includes(MARK_END) && text.search(MARK) >= 0;
}

/** Text with each mark replaced by the text `valueOf` gives for its slot. */
export function fillMarks(text: string, valueOf: (slot: number) => string): string {
  return text.replace(MARK, (_, mark: string) => valueOf(mark.charCodeAt(0) - FIRST_MARK));
}
