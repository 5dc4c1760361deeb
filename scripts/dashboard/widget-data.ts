import { CloudWatchClient, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import { evaluated, type Series } from './metric-math.js';

/** A widget of a dashboard's body, as far as ours has them. */
export interface Widget {
  readonly type: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly properties: {
    readonly title: string;
    readonly alarms?: readonly string[];
    readonly metrics?: readonly (readonly unknown[])[];
    readonly setPeriodToTimeRange?: boolean;
    readonly yAxis?: { readonly left?: { readonly max?: number } };
  };
}

export interface Line {
  readonly label: string;
  readonly axis: 'left' | 'right';
  readonly series: Series;
}

/** What is looked at. Epoch milliseconds, both the start of a period. */
export interface Range {
  readonly from: number;
  readonly to: number;
}

interface Options {
  readonly label?: string;
  readonly stat?: string;
  readonly period?: number;
  readonly id?: string;
  readonly visible?: boolean;
  readonly yAxis?: 'left' | 'right';
  readonly expression?: string;
}

interface Metric {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
}

const DEFAULT_PERIOD = 300;

/** Every line that the widget shows, from what was published: single metrics, searches and metric math. */
export async function linesOf(sandbox: Sandbox, { properties }: Widget, range: Range): Promise<readonly Line[]> {
  const whole = properties.setPeriodToTimeRange === true ? (range.to - range.from) / 1_000 : undefined;
  const ids = new Map<string, Series>();
  const lines: Line[] = [];
  const entries = (properties.metrics ?? []).map(entryOf);
  for (const { metric, options } of entries) {
    if (metric === undefined) continue;
    const period = whole ?? options.period ?? DEFAULT_PERIOD;
    const series = await published(sandbox, metric, options.stat ?? 'Average', period, range);
    if (options.id !== undefined) ids.set(options.id, series);
    if (options.visible !== false) lines.push({ label: options.label ?? metric.name, axis: axisOf(options), series });
  }
  for (const { options } of entries) {
    const { expression, visible, label = '', period = DEFAULT_PERIOD } = options;
    if (expression === undefined || visible === false) continue;
    if (expression.startsWith('SEARCH')) {
      lines.push(...(await searched(sandbox, expression, label, range)));
    } else {
      lines.push({ label, axis: axisOf(options), series: evaluated(expression, ids, timesOf(range, whole ?? period)) });
    }
  }
  return lines;
}

function axisOf({ yAxis = 'left' }: Options): 'left' | 'right' {
  return yAxis;
}

function timesOf({ from, to }: Range, period: number): readonly number[] {
  return Array.from(
    { length: Math.ceil((to - from) / (period * 1_000)) },
    (_one, index) => from + index * period * 1_000,
  );
}

/** `[namespace, name, dimension, value, …, options]`, or `[options]` with an expression. */
function entryOf(entry: readonly unknown[]): { metric: Metric | undefined; options: Options } {
  const texts = entry.filter((part) => typeof part === 'string');
  const last = entry.at(-1);
  const options = (typeof last === 'object' && last !== null ? last : {}) as Options;
  const [namespace, name, ...rest] = texts;
  if (namespace === undefined || name === undefined) return { metric: undefined, options };
  const dimensions = Object.fromEntries(
    rest.flatMap((key, index) => (index % 2 === 0 ? [[key, rest[index + 1] ?? '']] : [])),
  );
  return { metric: { namespace, name, dimensions }, options };
}

async function published(
  sandbox: Sandbox,
  { namespace, name, dimensions }: Metric,
  Stat: string,
  seconds: number,
  { from, to }: Range,
): Promise<Series> {
  const client = new CloudWatchClient({
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' },
    requestHandler: sandbox.requestHandler,
  });
  const Dimensions = Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value }));
  const MetricStat = { Metric: { Namespace: namespace, MetricName: name, Dimensions }, Period: seconds, Stat };
  const MetricDataQueries = [{ Id: 'shown', MetricStat }];
  const query = { StartTime: new Date(from), EndTime: new Date(to), MetricDataQueries };
  const { MetricDataResults = [] } = await client.send(new GetMetricDataCommand(query));
  const [{ Timestamps = [], Values = [] } = {}] = MetricDataResults;
  const found = Timestamps.map((at, index) => [at.getTime(), Values[index] ?? 0] as const);
  // A period as long as the range is aligned to the range and not to the clock.
  const isWhole = seconds * 1_000 === to - from;
  return new Map(isWhole ? found.slice(0, 1).map(([, value]) => [from, value]) : found.sort(([a], [b]) => a - b));
}

const SEARCH = /^SEARCH\('\{"?([^",]+)"?,([\w,]+)\} MetricName="(\w+)"', '(\w+)', (\d+)\)$/;

async function searched(sandbox: Sandbox, expression: string, label: string, range: Range): Promise<readonly Line[]> {
  const match = SEARCH.exec(expression);
  if (match === null) throw new Error(`a search that cannot be read here: ${expression}`);
  const [, namespace = '', names = '', name = '', stat = '', period = ''] = match;
  const wanted = names
    .split(',')
    .sort((a, b) => a.localeCompare(b))
    .join();
  const combinations = new Map<string, Readonly<Record<string, string>>>();
  for (const { name: published, dimensions } of sandbox.metrics.points(namespace)) {
    const keys = Object.keys(dimensions)
      .sort((a, b) => a.localeCompare(b))
      .join();
    if (published === name && keys === wanted) combinations.set(JSON.stringify(dimensions), dimensions);
  }
  return Promise.all(
    [...combinations.values()].map(async (dimensions) => ({
      label: label.replace(/\$\{PROP\('Dim\.(\w+)'\)\}/g, (_all, key: string) => dimensions[key] ?? ''),
      axis: 'left' as const,
      series: await published(sandbox, { namespace, name, dimensions }, stat, Number(period), range),
    })),
  );
}
