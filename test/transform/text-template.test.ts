import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { compileTemplate } from '../../src/transform/text-template.js';

test.each([
  ['', ''],
  ['${A}', 'one'],
  ['x${A}y${B}${A}', 'xoney${A}one'],
  ['\\${A}', '${A}'],
  ['$A ${a} ${} ${A', '$A ${a} ${} ${A'],
])('%j becomes %j', (text, filled) => {
  expect(compileTemplate(text).resolve({ A: 'one', B: '${A}' })).toBe(filled);
});

test('names the variables it uses, and not the ones it only shows', () => {
  expect(compileTemplate('${A} \\${B} ${C}').variables).toEqual(['A', 'C']);
});

test('a value is never read again, whatever it holds', () => {
  fc.assert(fc.property(fc.string(), (value) => compileTemplate('<${A}>').resolve({ A: value }) === `<${value}>`));
  fc.assert(
    fc.property(
      fc.constantFrom('$&', '$1', '$$', '${A}', '\\${A}'),
      (value) => compileTemplate('${A}').resolve({ A: value }) === value,
    ),
  );
});
