import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { applyEdits } from '../../src/transform/json-edits.js';
import { JsonSyntaxError, MAX_JSON_DEPTH, parseJsonText, type JsonNode } from '../../src/transform/json-text.js';
import { plainValue } from '../../src/transform/json-tree.js';

function problemOf(text: string): string {
  try {
    parseJsonText(text);
    return 'none';
  } catch (error) {
    return error instanceof JsonSyntaxError ? error.message : String(error);
  }
}

/** Every node's own text, outermost first. */
function texts(text: string, node: JsonNode): string[] {
  const inner =
    node.kind === 'array'
      ? node.items
      : node.kind === 'object'
        ? node.members.flatMap(({ name, value }) => [name, value])
        : [];
  return [text.slice(node.start, node.end), ...inner.flatMap((child) => texts(text, child))];
}

describe('the JSON scanner', () => {
  test('knows where everything stands', () => {
    const text = ' { "a" : [ 1.50, "x\\u00e9" ] ,"a":null}\n';

    expect(texts(text, parseJsonText(text))).toEqual([
      text.trim(),
      '"a"',
      '[ 1.50, "x\\u00e9" ]',
      '1.50',
      '"x\\u00e9"',
      '"a"',
      'null',
    ]);
  });

  test('reads every JSON text as JSON.parse does', () => {
    fc.assert(
      fc.property(fc.json(), fc.integer({ min: 0, max: 3 }), (json, indent) => {
        const text = JSON.stringify(JSON.parse(json), undefined, indent);
        expect(plainValue(parseJsonText(text))).toEqual(JSON.parse(text));
      }),
    );
  });

  test('accepts and refuses the same texts as JSON.parse', () => {
    const piece = fc.constantFrom(
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"',
      'a',
      '\\',
      '\\u00e',
      '1',
      '0',
      '-',
      '.',
      'e+',
      'true',
      'nul',
      ' ',
      '\n',
      '\t',
      '"b"',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (pieces) => {
        const text = pieces.join('');
        let accepted = true;
        try {
          JSON.parse(text);
        } catch {
          accepted = false;
        }
        return (problemOf(text) === 'none') === accepted;
      }),
      { numRuns: 5_000 },
    );
  });

  test.each([
    ['', 'a JSON value is missing at line 1, column 1'],
    ['{"a":1,}', 'a text in double quotes is missing or wrong at line 1, column 8'],
    ['{\n  "a" 1}', 'a colon is missing at line 2, column 7'],
    ['[1 2]', 'a comma or ] is missing at line 1, column 4'],
    ['{"a":1} x', 'there is more behind the JSON value at line 1, column 9'],
    ['"a\nb"', 'a text in double quotes is missing or wrong at line 1, column 1'],
    ['\ufeff{}', 'a JSON value is missing at line 1, column 1'],
  ])('says of %j where it stops being JSON, and quotes nothing', (text, problem) => {
    expect(problemOf(text)).toBe(problem);
  });

  test('refuses to go deeper than its bound instead of running out of stack', () => {
    expect(problemOf('['.repeat(60_000))).toMatch(`nested deeper than ${MAX_JSON_DEPTH} levels`);
    expect(problemOf('['.repeat(MAX_JSON_DEPTH) + ']'.repeat(MAX_JSON_DEPTH))).toBe('none');
  });

  test('reads a text of 64 KiB in one string', () => {
    const text = JSON.stringify('\\"é'.repeat(20_000));
    expect(plainValue(parseJsonText(text))).toBe(JSON.parse(text));
  });
});

describe('edits', () => {
  test('leave everything between them as it was', () => {
    expect(applyEdits('0123456789', [edit(7, 8, 'x'), edit(2, 4, ''), edit(5, 5, '+')])).toBe('014+56x89');
  });

  test('inside the range of another are dropped', () => {
    expect(applyEdits('0123456789', [edit(3, 4, 'x'), edit(2, 6, 'y')])).toBe('01y6789');
  });
});

function edit(start: number, end: number, text: string) {
  return { start, end, text };
}
