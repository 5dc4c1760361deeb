import { describe, expect, test } from '@jest/globals';
import { parseYaml, type Pointer, type YamlDocument } from '../../src/files/yaml-document.js';

function documentOf(text: string): YamlDocument {
  const parsed = parseYaml(text);
  if ('content' in parsed) return parsed;
  throw new Error('not a document');
}

/** The text with a `^` taken out, and the place that it marked. */
function marked(text: string): { text: string; place: { line: number; column: number } } {
  const before = text.slice(0, text.indexOf('^')).split('\n');
  return { text: text.replace('^', ''), place: { line: before.length, column: (before.at(-1) ?? '').length + 1 } };
}

describe('a place in a document (^ marks it)', () => {
  const cases: [string, string, Pointer][] = [
    ['a value', 'a:\n  b: ^1\n', { path: ['a', 'b'] }],
    ['a key', 'a:\n  ^b: 1\n', { path: ['a', 'b'], key: true }],
    ['an item', 'a:\n  - x\n  - ^y\n', { path: ['a', 1] }],
    ['the mapping that lacks a key', 'a:\n  ^b: 1\n', { path: ['a', 'c'] }],
    ['the key of an empty value', '^a:\nb: 1\n', { path: ['a'] }],
    ['the document', '^a: 1\n', { path: [] }],
    ['what an alias stands for', 'x: &x { b: ^1 }\na: *x\n', { path: ['a', 'b'] }],
    ['a value of a JSON text', '{\n\t"a": [1, ^2]\n}\n', { path: ['a', 1] }],
    ['a numeric key', '1: ^x\n', { path: ['1'] }],
    ['a plain script', 'sed: s/a/^b/\n', { path: ['sed'], script: { line: 1, column: 5 } }],
    ['a quoted script', "sed: 's/''a''/^b/'\n", { path: ['sed'], script: { line: 1, column: 7 } }],
    ['an escaped script', 'sed: "s/\\\\w\\u0041/^b/"\n', { path: ['sed'], script: { line: 1, column: 7 } }],
    ['the second line of an escaped script', 'sed: "p\\ns/^x/"\n', { path: ['sed'], script: { line: 2, column: 3 } }],
    ['a block', 'sed: |\n  p\n  s/a/^b/\n', { path: ['sed'], script: { line: 2, column: 5 } }],
    ['an indented line of a block', 'sed: |2-\n    p^p\n', { path: ['sed'], script: { line: 1, column: 4 } }],
    ['a block behind an empty line', 'sed: |\n\n  p^p\n', { path: ['sed'], script: { line: 2, column: 2 } }],
    ['the beginning of a folded block', 'sed: ^>\n  p\n  s/a/b/\n', { path: ['sed'], script: { line: 1, column: 3 } }],
    [
      'the beginning of a script on two lines',
      'sed: ^s/a/b/;\n  s/c/d/\n',
      { path: ['sed'], script: { line: 1, column: 9 } },
    ],
  ];

  test.each(cases)('%s', (_, source, pointer) => {
    const { text, place } = marked(source);
    expect(documentOf(text).placeOf(pointer)).toEqual(place);
  });
});

describe('a text that is no document', () => {
  const cases: [string, string, string][] = [
    ['an empty file', '^', 'is empty; it starts with version: 1'],
    ['comments alone', '^# nothing\n', 'is empty; it starts with version: 1'],
    ['a key twice', 'a: 1\n^a: 2\n', 'this key stands here a second time; a mapping holds each key once'],
    ['an open quote', 'a: "x\n^', 'a quote, bracket, comma or colon is missing here'],
    ['an alias without anchor', 'a: ^*x\n', 'an alias takes the name of an anchor that stands before it'],
    ['a tag', 'a: ^!secret x\n', 'a tag (!) that is not known here'],
    ['a second document', 'a: 1\n^---\nb: 1\n', 'a second document begins here; the file holds one'],
    [
      'a wrong escape',
      'a: "^\\w"\n',
      'an escape that double quotes do not know; use single quotes, or write the backslash twice',
    ],
    ['a tab', 'a:\n^\tb: 1\n', 'a tab cannot indent; use blanks'],
  ];

  test.each(cases)('%s', (_, source, message) => {
    const { text, place } = marked(source);
    expect(parseYaml(text)).toContainEqual({ place, message });
  });

  test('aliases may not multiply', () => {
    const levels = Array.from({ length: 12 }, (_, n) => `l${n + 1}: &l${n + 1} [${`*l${n}, `.repeat(9)}*l${n}]`);
    const issues = parseYaml(['l0: &l0 [x]', ...levels].join('\n'));

    expect(issues).toEqual([
      { place: { line: 1, column: 1 }, message: 'has aliases that stand for more than 100 others' },
    ]);
  });

  test('an alias may not hold itself', () => {
    expect(parseYaml('a: &a [*a]\n')).toEqual([
      { place: { line: 1, column: 8 }, message: 'an alias cannot stand inside its own anchor' },
    ]);
  });
});
