import type { Template } from './synthesized.js';
import { onlyOne, resolved } from './template-resources.js';

/** A metric that a widget shows: its dimensions, or for a search their names only. */
export interface ShownMetric {
  readonly widget: string;
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string | undefined>>;
  /** `SEARCH` for a search. */
  readonly statistic: string;
}

interface Widget {
  readonly type: string;
  readonly properties: { readonly title: string; readonly metrics?: readonly (readonly unknown[])[] };
}

export function widgetsOf(template: Template): readonly Widget[] {
  const body = resolved(onlyOne(template, 'AWS::CloudWatch::Dashboard').DashboardBody);
  return (JSON.parse(String(body)) as { readonly widgets: readonly Widget[] }).widgets;
}

/** Every metric of every widget. Expressions other than a search name metrics that stand beside them. */
export function shownMetrics(template: Template): readonly ShownMetric[] {
  return widgetsOf(template).flatMap(({ properties: { title: widget, metrics = [] } }) =>
    metrics.flatMap((entry) => {
      const [namespace, name, ...rest] = entry;
      if (typeof namespace === 'string') {
        const pairs = rest.filter((part) => typeof part === 'string');
        const dimensions = Object.fromEntries(
          pairs.flatMap((key, index) => (index % 2 === 0 ? [[key, pairs[index + 1]]] : [])),
        );
        const { stat = 'Average' } = Object(rest.at(-1)) as { readonly stat?: string };
        return [{ widget, namespace, name: String(name), dimensions, statistic: stat }];
      }
      const { expression } = namespace as { readonly expression: string };
      return expression.startsWith('SEARCH') ? [searched(widget, expression)] : [];
    }),
  );
}

function searched(widget: string, expression: string): ShownMetric {
  const match = /^SEARCH\('\{"([^"]+)",([\w,]+)\} MetricName="(\w+)"', '\w+', \d+\)$/.exec(expression);
  if (match === null) throw new Error(`not a search that this test can read: ${expression}`);
  const [, namespace = '', names = '', name = ''] = match;
  const dimensions = Object.fromEntries(names.split(',').map((key) => [key, undefined]));
  return { widget, namespace, name, dimensions, statistic: 'SEARCH' };
}
