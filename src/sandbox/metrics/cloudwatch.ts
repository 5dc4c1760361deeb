import type { Call, Fields } from '../call.js';
import { ServiceError } from '../service-error.js';
import { getMetricData } from './get-metric-data.js';
import { listMetrics } from './list-metrics.js';
import type { Metrics } from './metrics.js';
import { putMetricData } from './put-metric-data.js';

/** PutMetricData with the service's limits; GetMetricData without math; ListMetrics. */
export function callCloudWatch(metrics: Metrics, now: number, call: Call): Fields {
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
