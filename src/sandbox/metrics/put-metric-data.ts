import type { Call, Fields } from '../call.js';
import { textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { readDimensions } from './dimensions.js';
import type { Metrics } from './metrics.js';

/** Limits of one request (CloudWatch API reference, PutMetricData). */
const MAX_METRICS = 1_000;
const MAX_BYTES = 1_000_000;
const MAX_VALUES = 150;
const MAX_DIMENSIONS = 30;
const MAX_VALUE = 2 ** 360;
const MAX_AGE_MS = 14 * 24 * 60 * 60 * 1000;
const MAX_AHEAD_MS = 2 * 60 * 60 * 1000;

type Datum = Readonly<Record<string, unknown>>;

export function putMetricData(metrics: Metrics, now: number, call: Call): Fields {
  const namespace = textOf(call.input, 'Namespace');
  if (!/^[0-9A-Za-z.\-_/#: ]{1,255}$/.test(namespace) || namespace.startsWith('AWS/')) {
    throw refused('The value for parameter Namespace is invalid: 1 to 255 characters, not starting with AWS/.');
  }
  const list = (call.input['MetricData'] as Datum[] | undefined) ?? [];
  if (list.length === 0) throw missing('MetricData');
  if (list.length > MAX_METRICS) throw refused(`MetricData holds at most ${MAX_METRICS} metrics.`);
  if (JSON.stringify(call.input).length > MAX_BYTES) {
    throw new ServiceError('RequestEntityTooLargeException', `A request holds at most ${MAX_BYTES} bytes.`, 413);
  }
  const { region } = call;
  const { account } = call.caller;
  // Everything is checked before the first point is kept: a request is taken or refused as a whole.
  const points = list.map((datum, index) => ({ account, region, namespace, ...readDatum(datum, index, now) }));
  for (const point of points) metrics.add(point);
  return {};
}

function readDatum(datum: Datum, index: number, now: number) {
  const where = `MetricData.member.${index + 1}`;
  const name = datum['MetricName'];
  if (typeof name !== 'string' || name.length < 1 || name.length > 255)
    throw refused(`${where}.MetricName: 1 to 255 characters.`);
  const at = datum['Timestamp'] === undefined ? now : Number(datum['Timestamp']) * 1000;
  if (at < now - MAX_AGE_MS || at > now + MAX_AHEAD_MS) {
    throw refused(`${where}.Timestamp: at most two weeks back and two hours ahead.`);
  }
  const unit = (datum['Unit'] as string | undefined) ?? 'None';
  return { name, at, unit, dimensions: checkedDimensions(datum, where), ...readValues(datum, where) };
}

function checkedDimensions(datum: Datum, where: string): Readonly<Record<string, string>> {
  const list = (datum['Dimensions'] as { Name?: string; Value?: string }[] | undefined) ?? [];
  if (list.length > MAX_DIMENSIONS) throw refused(`${where}.Dimensions: at most ${MAX_DIMENSIONS}.`);
  for (const { Name = '', Value = '' } of list) {
    if (Name.length < 1 || Name.length > 255 || Value.length < 1 || Value.length > 1024) {
      throw refused(`${where}.Dimensions: names of 1 to 255 and values of 1 to 1024 characters.`);
    }
  }
  return readDimensions(list);
}

function readValues(datum: Datum, where: string): { values: readonly number[]; counts: readonly number[] } {
  const { Value: value, Values: values, Counts: counts, StatisticValues: statistics } = datum;
  if ([value, values, statistics].filter((form) => form !== undefined).length !== 1) {
    throw new ServiceError(
      'InvalidParameterCombinationException',
      `${where}: give exactly one of Value, Values and StatisticValues.`,
    );
  }
  if (statistics !== undefined) return fromStatistics(statistics as Record<string, unknown>, where);
  const numbers = (values as unknown[] | undefined) ?? [value];
  if (numbers.length > MAX_VALUES) throw refused(`${where}.Values: at most ${MAX_VALUES} distinct values.`);
  const times = (counts as unknown[] | undefined) ?? numbers.map(() => 1);
  if (times.length !== numbers.length) throw refused(`${where}: Values and Counts have to be of the same length.`);
  return {
    values: numbers.map((number) => finite(number, where)),
    counts: times.map((number) => finite(number, where)),
  };
}

/** Kept as its mean, so often as it was seen: sum, count and average stay true; percentiles are lost, as in the service. */
function fromStatistics(statistics: Record<string, unknown>, where: string) {
  const count = finite(statistics['SampleCount'], where);
  return { values: [finite(statistics['Sum'], where) / count], counts: [count] };
}

/** JSON has no NaN and no infinity: the SDK sends them as texts. */
function finite(value: unknown, where: string): number {
  if (typeof value === 'number' && Math.abs(value) <= MAX_VALUE) return value;
  throw refused(`${where}: a value has to be a number between -2^360 and 2^360.`);
}

function refused(message: string): ServiceError {
  return new ServiceError('InvalidParameterValueException', message);
}

function missing(name: string): ServiceError {
  return new ServiceError('MissingRequiredParameterException', `The parameter ${name} is required.`);
}
