import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { differsBySecret, valuesAt } from '../../src/transform/variables.js';
import { placeOf, transformed } from '../support/rules.js';

const syntax = fc.constantFrom(
  '/',
  '\\',
  '&',
  '\\1',
  '\n',
  '[',
  ']',
  '*',
  '.',
  '^',
  '$',
  '(',
  ')',
  '{',
  '}',
  '|',
  '+',
  '?',
  '${V}',
  ';',
  '"',
  '#',
);
const value = fc.oneof(
  fc.string({ unit: 'grapheme' }),
  fc.array(fc.oneof(syntax, fc.string({ unit: 'binary-ascii' }))).map((parts) => parts.join('')),
);
/** Text has no NUL and no lone surrogate; `x` marks the place in the tests below. */
const plain = value.map((text) => text.replaceAll(/[\0x]/g, ''));

const chain = (sed: string, V: string, extended: boolean) => ({ transform: [{ sed, extended }], variables: { V } });
const byLine = (text: string, change: (line: string) => string) => text.split('\n').map(change).join('\n');

describe('a value never becomes syntax', () => {
  test('in a replacement', () => {
    fc.assert(
      fc.property(plain, fc.boolean(), (V, extended) => {
        expect(transformed(chain('s/x/<${V}>/', V, extended), 'axb')).toBe(`a<${V}>b`);
      }),
    );
  });

  test('in a pattern', () => {
    fc.assert(
      fc.property(plain, plain, fc.boolean(), (V, around, extended) => {
        const text = `${around}${V}x`;
        const expected = byLine(text, (line) => line.replace(V, () => '<hit>'));
        expect(transformed(chain('s/${V}/<hit>/', V, extended), text)).toBe(expected);
      }),
    );
  });

  test('in a pattern with an operator behind it, which then repeats the whole value', () => {
    fc.assert(
      fc.property(plain, (V) => {
        fc.pre(V !== '' && !V.includes('\n'));
        expect(transformed(chain('s/^(${V}){2}x/<hit>/', V, true), `${V}${V}x`)).toBe('<hit>');
      }),
    );
  });

  test('in an address', () => {
    fc.assert(
      fc.property(plain, (V) => {
        const text = `a${V}x`;
        const expected = byLine(text, (line) => (line.includes(V) ? line.replace('x', 'y') : line));
        expect(transformed(chain('/${V}/s/x/y/', V, false), text)).toBe(expected);
      }),
    );
  });

  test('in y', () => {
    const character = plain.map((text) => Array.from(text)[0] ?? '/');
    fc.assert(
      fc.property(character, character, (one, two) => {
        expect(transformed(chain('y/ab/${V}/', `${one}${two}`, false), 'xabx')).toBe(`x${one}${two}x`);
      }),
    );
  });

  test('in a value to set', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (V) => {
        const set = { transform: [{ json: [{ path: '$.a', set: ['<${V}>'] }] }], variables: { V } };
        expect(JSON.parse(transformed(set, '{"a":1}'))).toEqual({ a: [`<${V}>`] });
      }),
    );
  });
});

test('only the variables that are named have values, in order of their names', () => {
  const values = valuesAt(new Set(['SECRET_NAME', 'OWN', 'REGION']), placeOf('app/db'), { OWN: 'mine', OTHER: 'not' });

  expect(Object.entries(values)).toEqual([
    ['OWN', 'mine'],
    ['REGION', 'us-west-2'],
    ['SECRET_NAME', 'app/db'],
  ]);
});

test('names differ from secret to secret, regions and accounts do not', () => {
  expect(differsBySecret(new Set(['REGION', 'ACCOUNT_ID', 'OWN']))).toBe(false);
  expect(differsBySecret(new Set(['DEST_SECRET_NAME']))).toBe(true);
});
