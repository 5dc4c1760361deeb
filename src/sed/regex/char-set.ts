import { isSurrogate } from '../text.js';
import { inClass, type ClassName } from './char-classes.js';
import { foldCase } from './fold.js';

/** One thing inside a bracket expression. Ranges are inclusive code points; a carried byte is its surrogate. */
export type SetItem =
  | { readonly kind: 'range'; readonly low: number; readonly high: number }
  | { readonly kind: 'class'; readonly name: ClassName; readonly negated?: boolean }
  | { readonly kind: 'variable'; readonly slot: number };

/** A set of code points. Negated sets never hold a carried byte; `except` is refused even by a negated set. */
export class CharSet {
  constructor(
    readonly items: readonly SetItem[],
    readonly negated: boolean,
    readonly ignoreCase: boolean,
    readonly except: number = -1,
  ) {}

  has(codePoint: number): boolean {
    if (this.negated) return !isSurrogate(codePoint) && codePoint !== this.except && !this.holds(codePoint);
    return this.holds(codePoint);
  }

  /** The one code point that was written; null when there may be more. */
  get only(): number | null {
    const [item] = this.items;
    return !this.negated && this.items.length === 1 && item?.kind === 'range' && item.low === item.high
      ? item.low
      : null;
  }

  /** Equal for sets that are written alike; used to share work, not to decide equality. */
  get key(): string {
    const items = this.items.map((item) =>
      item.kind === 'range'
        ? `${item.low}-${item.high}`
        : item.kind === 'class'
          ? `${item.name}${item.negated === true ? '!' : ''}`
          : '',
    );
    return `${this.negated ? '^' : ''}${this.ignoreCase ? 'i' : ''}${this.except}:${items.join()}`;
  }

  private holds(codePoint: number): boolean {
    const folded = this.ignoreCase ? foldCase(codePoint) : codePoint;
    for (const item of this.items) {
      if (item.kind === 'range') {
        if (folded >= item.low && folded <= item.high) return true;
      } else if (item.kind === 'class' && inClass(item.name, codePoint, this.ignoreCase) !== (item.negated === true)) {
        if (item.negated !== true || !isSurrogate(codePoint)) return true;
      }
    }
    return false;
  }
}
