/** Small pieces of a drawing. Colours are told apart by people who see fewer of them, and on paper. */
const INK = '#16191f';
export const GREY = '#687078';
export const LINE = '#e9ebed';
const COLOURS = ['#1f77b4', '#e07a1f', '#2a9d58', '#c23b4b', '#8256b5', '#8c6d31', '#d45fa8', '#4a8f99'];

/** Width of a letter as a share of its size, about, for a sans serif. */
const LETTER = 0.6;
const LEGEND_SIZE = 10.5;
const SWATCH = 14;
const LEGEND_GAP = 12;

export function colour(index: number): string {
  return COLOURS[index % COLOURS.length] ?? INK;
}

export function element(name: string, attributes: Readonly<Record<string, string>>, content = ''): string {
  const told = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${told.join('')}${content === '' ? '/>' : `>${content}</${name}>`}`;
}

interface TextStyle {
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly size: number;
  readonly fill?: string;
  readonly weight?: string;
}

export function textAt(x: number, y: number, text: string, style: TextStyle): string {
  const { anchor = 'start', size, fill = INK, weight } = style;
  const attributes = { x: x.toFixed(1), y: y.toFixed(1), 'font-size': String(size), 'text-anchor': anchor, fill };
  return element('text', { ...attributes, ...(weight === undefined ? {} : { 'font-weight': weight }) }, escaped(text));
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

/** Names beside their colours, in as many rows as they need, the last of them at the bottom of the place. */
export function legend({ x, y, width }: Place, names: readonly string[]): string {
  const rows = legendRows(names, width);
  return rows
    .flatMap((row, index) =>
      row.map(({ name, colour: fill, at }) => entry(x + at, y - (rows.length - 1 - index) * ROW, name, fill)),
    )
    .join('');
}

export const ROW = 15;

interface Entry {
  readonly name: string;
  readonly colour: string;
  readonly at: number;
}

export function legendRows(names: readonly string[], width: number): readonly (readonly Entry[])[] {
  const rows: Entry[][] = [[]];
  let at = 0;
  for (const [index, name] of names.entries()) {
    const wide = SWATCH + name.length * LEGEND_SIZE * LETTER;
    if (at > 0 && at + wide > width) {
      rows.push([]);
      at = 0;
    }
    rows.at(-1)?.push({ name, colour: colour(index), at });
    at += wide + LEGEND_GAP;
  }
  return rows;
}

function entry(x: number, y: number, name: string, fill: string): string {
  const swatch = element('rect', { x: x.toFixed(1), y: String(y - 8), width: '9', height: '9', fill, rx: '2' });
  return swatch + textAt(x + SWATCH, y, name, { size: LEGEND_SIZE, fill: GREY });
}

/** Nought and up to five round numbers above it, up to the top. */
export function ticksUpTo(top: number): readonly number[] {
  const rough = top / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  return Array.from({ length: Math.floor(top / step) + 1 }, (_one, index) => index * step);
}

/** `1,234` as `1.2k`, for the narrow room beside an axis. */
export function shortened(value: number): string {
  if (Math.abs(value) >= 1e6) return `${trimmed(value / 1e6)}M`;
  if (Math.abs(value) >= 1e3) return `${trimmed(value / 1e3)}k`;
  return trimmed(value);
}

function trimmed(value: number): string {
  return value.toFixed(value >= 100 ? 0 : 1).replace(/\.0$/, '');
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
