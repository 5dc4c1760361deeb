import { expect, test } from '@jest/globals';
import { stateOf, type AlarmState } from './support/alarm-evaluator.js';

const threeOfThree = { EvaluationPeriods: 3, Threshold: 5, ComparisonOperator: 'GreaterThanThreshold' };
const twoOfThree = { ...threeOfThree, DatapointsToAlarm: 2 };

/** The tables of the CloudWatch user guide, alarms-and-missing-data: - is no data, 0 is within, X beyond the threshold. */
const CASES: readonly (readonly [string, typeof threeOfThree, AlarmState, AlarmState])[] = [
  ['0 - X - X', threeOfThree, 'OK', 'OK'],
  ['- - - - 0', threeOfThree, 'OK', 'OK'],
  ['- - - - -', threeOfThree, 'ALARM', 'OK'],
  ['0 X X - X', threeOfThree, 'ALARM', 'ALARM'],
  ['- - X - -', threeOfThree, 'ALARM', 'OK'],
  ['0 - X - X', twoOfThree, 'ALARM', 'ALARM'],
  ['0 0 X 0 X', twoOfThree, 'ALARM', 'ALARM'],
  ['0 - X - -', twoOfThree, 'ALARM', 'OK'],
  ['- - - - 0', twoOfThree, 'ALARM', 'OK'],
  ['- - - X -', twoOfThree, 'ALARM', 'OK'],
];

test.each(CASES)('%s is judged as the user guide says', (drawn, alarm, breaching, notBreaching) => {
  const values = drawn.split(' ').map((mark) => ({ '-': undefined, '0': 0, X: 9 })[mark]);
  expect(stateOf({ ...alarm, TreatMissingData: 'breaching' }, values)).toBe(breaching);
  expect(stateOf({ ...alarm, TreatMissingData: 'notBreaching' }, values)).toBe(notBreaching);
});

test.each([
  ['GreaterThanThreshold', [6], [5]],
  ['GreaterThanOrEqualToThreshold', [5], [4]],
  ['LessThanThreshold', [4], [5]],
  ['LessThanOrEqualToThreshold', [5], [6]],
] as const)('%s compares as it is called', (ComparisonOperator, beyond, within) => {
  const alarm = { EvaluationPeriods: 1, Threshold: 5, ComparisonOperator, TreatMissingData: 'notBreaching' };
  expect(stateOf(alarm, beyond)).toBe('ALARM');
  expect(stateOf(alarm, within)).toBe('OK');
});
