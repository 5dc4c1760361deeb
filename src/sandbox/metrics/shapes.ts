import type { Members, Shape } from '../shape.js';

const text = { type: 'string' } as const;
const any = { type: 'any' } as const;
const dimensions: Shape = { type: 'list', member: { type: 'structure', members: { Name: text, Value: text } } };
const metric: Members = {
  Namespace: { ...text, required: true },
  MetricName: { ...text, required: true },
  Dimensions: dimensions,
};

/** Types of the members that the stand-in reads; a value may be text, because JSON writes NaN so. */
export const CLOUDWATCH_SHAPES: Readonly<Record<string, Members>> = {
  PutMetricData: {
    Namespace: { ...text, required: true },
    MetricData: {
      type: 'list',
      member: {
        type: 'structure',
        members: {
          MetricName: text,
          Dimensions: dimensions,
          Timestamp: { type: 'number' },
          Unit: text,
          Value: any,
          Values: { type: 'list', member: any },
          Counts: { type: 'list', member: any },
          StatisticValues: { type: 'structure', members: {} },
        },
      },
    },
  },
  GetMetricData: {
    StartTime: { type: 'number', required: true },
    EndTime: { type: 'number', required: true },
    ScanBy: text,
    MetricDataQueries: {
      type: 'list',
      required: true,
      member: {
        type: 'structure',
        members: {
          Id: { ...text, required: true },
          MetricStat: {
            type: 'structure',
            members: {
              Metric: { type: 'structure', members: metric, required: true },
              Period: { type: 'number', min: 1, required: true },
              Stat: { ...text, required: true },
            },
          },
        },
      },
    },
  },
  ListMetrics: { Namespace: text, MetricName: text, Dimensions: dimensions },
};
