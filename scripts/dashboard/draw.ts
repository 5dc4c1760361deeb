import { chart } from './draw-chart.js';
import { element, GREY, shortened, textAt } from './draw-parts.js';
import type { Line, Range, Widget } from './widget-data.js';

export interface ShownAlarm {
  readonly name: string;
  readonly state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA';
}

/** A widget with what it shows. */
export interface Filled {
  readonly widget: Widget;
  readonly lines: readonly Line[];
  readonly alarms: readonly ShownAlarm[];
}

const COLUMN = 50;
const ROW = 40;
const GAP = 4;
const FONT = "system-ui, 'Segoe UI', Helvetica, Arial, sans-serif";
const STATES = { OK: '#1d8102', ALARM: '#d13212', INSUFFICIENT_DATA: '#687078' } as const;
const ALARM_COLUMNS = 7;

/** The whole dashboard as one picture. Each widget says in `data-points` how many values it shows. */
export function drawn(filled: readonly Filled[], range: Range): string {
  const width = 24 * COLUMN;
  const height = Math.max(...filled.map(({ widget: { y, height: rows } }) => y + rows)) * ROW;
  const background = element('rect', { width: String(width), height: String(height), fill: '#f2f3f3' });
  const attributes = { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${width} ${height}`, 'font-family': FONT };
  const title = element('title', {}, 'The dashboard after three hours on the stand-in for AWS');
  return `${element('svg', attributes, title + background + filled.map((one) => card(one, range)).join('\n'))}\n`;
}

function card({ widget, lines, alarms }: Filled, range: Range): string {
  const { x, y, width: columns, height: rows, properties } = widget;
  const frame = { width: columns * COLUMN - 2 * GAP, height: rows * ROW - 2 * GAP };
  const size = { width: String(frame.width), height: String(frame.height) };
  const box = element('rect', { ...size, rx: '6', fill: '#ffffff', stroke: '#d5dbdb' });
  const points = lines.reduce((sum, { series }) => sum + series.size, alarms.length);
  const place = `translate(${x * COLUMN + GAP} ${y * ROW + GAP})`;
  const attributes = { transform: place, 'data-widget': properties.title, 'data-points': String(points) };
  const title = textAt(12, 21, properties.title, { size: 13, weight: '600' });
  return element('g', attributes, box + title + inside({ widget, lines, alarms }, frame, range));
}

function inside({ widget, lines, alarms }: Filled, frame: { width: number; height: number }, range: Range): string {
  if (widget.type === 'alarm') return alarmGrid(alarms, frame);
  if (widget.properties.setPeriodToTimeRange === true) return figure(lines, frame);
  return chart(frame, lines, range, widget.properties.yAxis?.left?.max);
}

function figure([line]: readonly Line[], { height }: { height: number }): string {
  const value = line === undefined ? undefined : [...line.series.values()].at(-1);
  const text = value === undefined ? 'none' : shortened(value);
  return (
    textAt(12, height - 28, text, { size: 30, weight: '300' }) +
    textAt(12, height - 10, line?.label ?? '', { size: 11, fill: GREY })
  );
}

function alarmGrid(alarms: readonly ShownAlarm[], { width }: { width: number }): string {
  const cell = (width - 24) / ALARM_COLUMNS;
  return alarms
    .map(({ name, state }, index) => {
      const [x, y] = [12 + (index % ALARM_COLUMNS) * cell, 32 + Math.floor(index / ALARM_COLUMNS) * 24];
      const box = { x: x.toFixed(1), y: String(y), width: (cell - 8).toFixed(1), height: '19', rx: '4' };
      const filled = state === 'ALARM';
      const rect = element('rect', { ...box, fill: filled ? STATES.ALARM : '#ffffff', stroke: STATES[state] });
      const fill = filled ? '#ffffff' : STATES[state];
      return rect + textAt(x + 8, y + 13.5, `${filled ? 'In alarm: ' : ''}${name}`, { size: 11, fill });
    })
    .join('');
}
