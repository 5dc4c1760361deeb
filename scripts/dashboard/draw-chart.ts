import type { Line, Range } from './widget-data.js';
import { colour, element, GREY, legend, legendRows, LINE, ROW, shortened, textAt, ticksUpTo } from './draw-parts.js';

const MARGIN = { top: 34, bottom: 40, left: 40, right: 14 };
const RIGHT_AXIS = 30;
const HALF_HOUR_MS = 1_800_000;
const MINUTE_MS = 60_000;

interface Frame {
  readonly width: number;
  readonly height: number;
}

/** Lines over time, the left axis from nought, the right one where a line asks for it. */
export function chart(frame: Frame, lines: readonly Line[], range: Range, max: number | undefined): string {
  const hasRight = lines.some(({ axis }) => axis === 'right');
  const names = lines.map(named);
  const legendWidth = frame.width - MARGIN.left - MARGIN.right;
  const plot = {
    x: MARGIN.left,
    y: MARGIN.top,
    width: frame.width - MARGIN.left - MARGIN.right - (hasRight ? RIGHT_AXIS : 0),
    height: frame.height - MARGIN.top - MARGIN.bottom - (legendRows(names, legendWidth).length - 1) * ROW,
  };
  const tops = { left: topOf(lines, 'left', max), right: topOf(lines, 'right', undefined) };
  const across = (at: number) => plot.x + ((at - range.from) / (range.to - range.from)) * plot.width;
  const up = (value: number, axis: Line['axis']) => plot.y + plot.height - (value / tops[axis]) * plot.height;
  return [
    ...ticksUpTo(tops.left).flatMap((value) => [
      element('path', { d: `M${plot.x} ${up(value, 'left').toFixed(1)}h${plot.width.toFixed(1)}`, stroke: LINE }),
      textAt(plot.x - 5, up(value, 'left') + 3.5, shortened(value), { anchor: 'end', size: 10, fill: GREY }),
    ]),
    ...(hasRight ? ticksUpTo(tops.right) : []).map((value) =>
      textAt(plot.x + plot.width + 5, up(value, 'right') + 3.5, shortened(value), {
        anchor: 'start',
        size: 10,
        fill: GREY,
      }),
    ),
    ...hours(range).map((at) =>
      textAt(across(at), plot.y + plot.height + 13, clock(at - range.from), { anchor: 'middle', size: 10, fill: GREY }),
    ),
    ...lines.map((line, index) => drawn(line, colour(index), across, (value) => up(value, line.axis))),
    legend({ x: plot.x, y: frame.height - 10, width: legendWidth }, names),
  ].join('');
}

function named({ label, axis }: Line): string {
  return axis === 'right' ? `${label} (right)` : label;
}

function topOf(lines: readonly Line[], axis: Line['axis'], max: number | undefined): number {
  const values = lines.filter((line) => line.axis === axis).flatMap(({ series }) => [...series.values()]);
  return max ?? Math.max(1, ...values) * 1.05;
}

/** Neighbours in time are joined; a point that has none is a dot. */
function drawn(
  { series }: Line,
  stroke: string,
  across: (at: number) => number,
  up: (value: number) => number,
): string {
  const points = [...series].map(([at, value]) => ({ at, x: across(at).toFixed(1), y: up(value).toFixed(1) }));
  const step = Math.min(...points.slice(1).map(({ at }, index) => at - (points[index]?.at ?? at)));
  const joins = (index: number) => (points[index]?.at ?? 0) - (points[index - 1]?.at ?? -Infinity) <= step;
  const path = (isDot: boolean) =>
    points
      .map(({ x, y }, index) => {
        const joined = joins(index);
        if (isDot) return joined || (index + 1 < points.length && joins(index + 1)) ? '' : `M${x} ${y}h0`;
        return joined ? `L${x} ${y}` : `M${x} ${y}`;
      })
      .join('');
  const round = { stroke, 'stroke-linecap': 'round', 'stroke-linejoin': 'round', fill: 'none' };
  return (
    element('path', { ...round, d: path(false), 'stroke-width': '1.8' }) +
    element('path', { ...round, d: path(true), 'stroke-width': '4.5' })
  );
}

function hours({ from, to }: Range): readonly number[] {
  return Array.from(
    { length: Math.floor((to - from) / HALF_HOUR_MS) + 1 },
    (_one, index) => from + index * HALF_HOUR_MS,
  );
}

function clock(ms: number): string {
  const minutes = Math.round(ms / MINUTE_MS);
  return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}`;
}
