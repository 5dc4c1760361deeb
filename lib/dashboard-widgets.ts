import { GraphWidget, SingleValueWidget, type IMetric, type IWidget } from 'aws-cdk-lib/aws-cloudwatch';

/** Columns of a dashboard (CloudWatch user guide, dashboard body structure). */
export const COLUMNS = 24;

/** One figure over the time that is looked at; four in a row. */
export function value(title: string, metric: IMetric): IWidget {
  return new SingleValueWidget({ title, metrics: [metric], width: COLUMNS / 4, height: 3, setPeriodToTimeRange: true });
}

/** Three in a row. */
export function graph(
  title: string,
  left: IMetric[],
  right: IMetric[] = [],
  leftYAxis: { readonly min: number; readonly max?: number } = { min: 0 },
): IWidget {
  return new GraphWidget({ title, left, right, leftYAxis, width: COLUMNS / 3, height: 6 });
}
