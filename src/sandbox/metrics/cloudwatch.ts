import type { Call, Fields } from '../call.js';
import { ServiceError } from '../service-error.js';
import { getMetricData } from './get-metric-data.js';
import { listMetrics } from './list-metrics.js';
import type { Metrics } from './metrics.js';
import { checkMembers } from '../shape.js';
import { CLOUDWATCH_SHAPES } from './shapes.js';
import { putMetricData } from './put-metric-data.js';

/** PutMetricData with the service's limits; GetMetricData without math; ListMetrics. */
export function callCloudWatch(metrics: Metrics, now: number, call: Call): Fields {
  const members = Object.hasOwn(CLOUDWATCH_SHAPES, call.operation) ? CLOUDWATCH_SHAPES[call.operation] : undefined;
  checkMembers(members ?? {}, call.input);
  switch (call.operation) {
    case 'PutMetricData':
      return putMetricData(metrics, now, call);
    case 'GetMetricData':
      return getMetricData(metrics, call);
    case 'ListMetrics':
      return listMetrics(metrics, call);
    default:
      throw new ServiceError('UnknownOperationException', `CloudWatch has no operation "${call.operation}" here.`);
  }
}
