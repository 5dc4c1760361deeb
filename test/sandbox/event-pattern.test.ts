import { expect, test } from '@jest/globals';
import { compilePattern } from '../../src/sandbox/event-pattern.js';

const event = {
  source: 'aws.secretsmanager',
  resources: ['arn:one', 'arn:two'],
  detail: { name: 'app/orders/db', count: 5, flag: true, nothing: null, parts: [{ k: 'a' }, { k: 'b' }] },
};

const yes: readonly [string, Record<string, unknown>][] = [
  ['a text that is listed', { source: ['other', 'aws.secretsmanager'] }],
  ['one of several values in the event', { resources: ['arn:two'] }],
  ['prefix', { detail: { name: [{ prefix: 'app/' }] } }],
  ['prefix in any case', { detail: { name: [{ prefix: { 'equals-ignore-case': 'APP/' } }] } }],
  ['suffix', { detail: { name: [{ suffix: '/db' }] } }],
  ['equals-ignore-case', { detail: { name: [{ 'equals-ignore-case': 'APP/Orders/DB' }] } }],
  ['wildcard', { detail: { name: [{ wildcard: 'app/*/db' }] } }],
  ['exists', { detail: { name: [{ exists: true }] } }],
  ['absence', { detail: { errorCode: [{ exists: false }] } }],
  ['absence below an absent object', { other: { deep: [{ exists: false }] } }],
  ['anything but a text', { detail: { name: [{ 'anything-but': 'x' }] } }],
  ['anything but a list', { detail: { name: [{ 'anything-but': ['x', 'y'] }] } }],
  ['anything but a prefix', { detail: { name: [{ 'anything-but': { prefix: 'replica/' } }] } }],
  ['anything but several prefixes', { detail: { name: [{ 'anything-but': { prefix: ['replica/', 'x/'] } }] } }],
  ['numbers in a range', { detail: { count: [{ numeric: ['>', 0, '<=', 5] }] } }],
  ['a boolean', { detail: { flag: [true] } }],
  ['null', { detail: { nothing: [null] } }],
  ['an object in an array', { detail: { parts: { k: ['b'] } } }],
  ['one of two alternatives', { detail: { $or: [{ name: ['x'] }, { count: [5] }] } }],
];

const no: readonly [string, Record<string, unknown>][] = [
  ['another text', { source: ['aws.ec2'] }],
  ['a number against its text', { detail: { count: ['5'] } }],
  ['prefix in the middle', { detail: { name: [{ prefix: 'orders' }] } }],
  ['a wildcard that stops short', { detail: { name: [{ wildcard: 'app/*/d' }] } }],
  ['a field that exists', { detail: { name: [{ exists: false }] } }],
  ['an absent field that should exist', { detail: { errorCode: [{ exists: true }] } }],
  ['anything but the value', { detail: { name: [{ 'anything-but': ['app/orders/db'] }] } }],
  ['anything but its prefix', { detail: { name: [{ 'anything-but': { prefix: 'app/' } }] } }],
  ['anything but on an absent field', { detail: { errorCode: [{ 'anything-but': 'x' }] } }],
  ['a number outside the range', { detail: { count: [{ numeric: ['>', 5] }] } }],
  ['no alternative', { detail: { $or: [{ name: ['x'] }, { count: [6] }] } }],
  ['one field of two', { source: ['aws.secretsmanager'], region: ['eu-west-1'] }],
];

test.each(yes)('a pattern matches %s', (_name, pattern) => {
  expect(compilePattern(pattern)(event)).toBe(true);
});

test.each(no)('a pattern does not match %s', (_name, pattern) => {
  expect(compilePattern(pattern)(event)).toBe(false);
});

test('a matcher that is not known is refused when the pattern is compiled', () => {
  expect(() => compilePattern({ source: [{ cidr: '10.0.0.0/8' }] })).toThrow('a matcher "cidr"');
  expect(() => compilePattern({ source: 'text' })).toThrow('source takes an array');
});
