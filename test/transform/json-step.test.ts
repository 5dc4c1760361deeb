import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { failureOf, transformed } from '../support/rules.js';

const odd =
  '{ "id" : 12345678901234567890,\n\t"pi":3.1400 , "e":1E+2,"dup":"db-a.x","url":"http:\\/\\/db-a\\u002ex\\/",\r\n  "dup" : "db-a.y", "list":[ ],"deep":{"host":"db-a.z" ,"k\\u00e9y":null} }\n';

const json = (...rules: object[]) => ({ transform: [{ json: rules }] });

describe('rules on JSON paths keep every byte that they do not mean', () => {
  test.each([
    ['sed on one text', { path: '$.deep.host', sed: 's/db-a/db-b/' }, '"host":"db-a.z"', '"host":"db-b.z"'],
    [
      'sed on an escaped text',
      { path: '$.url', sed: 's/db-a/db-b/' },
      '"http:\\/\\/db-a\\u002ex\\/"',
      '"http://db-b.x/"',
    ],
    ['set on a number', { path: '$.e', set: 7 }, '"e":1E+2', '"e":7'],
    ['set on an object', { path: '$.list', set: { a: ['${REGION}'] } }, '[ ]', '{"a":["us-west-2"]}'],
    ['set of a new member', { path: '$.deep.new', set: true }, '"k\\u00e9y":null}', '"k\\u00e9y":null ,"new":true}'],
    ['remove in the middle', { path: '$.pi', remove: true }, ',\n\t"pi":3.1400', ''],
    ['remove at the front', { path: '$.id', remove: true }, '"id" : 12345678901234567890,\n\t', ''],
    ['remove at the end', { path: '$.deep.kéy', remove: true }, ' ,"k\\u00e9y":null', ''],
    ['rename', { path: '$.deep.kéy', rename: 'key' }, '"k\\u00e9y"', '"key"'],
  ])('%s', (_, rule, before, after) => {
    expect(odd).toContain(before);
    expect(transformed(json(rule), odd)).toBe(odd.replace(before, () => after));
  });

  test('also where a name stands twice', () => {
    expect(transformed(json({ path: '$.dup', sed: 's/db-a/db-b/' }), odd)).toBe(
      odd.replace('"db-a.x"', '"db-b.x"').replace('"db-a.y"', '"db-b.y"'),
    );
  });

  test('whatever the value is', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(4), (text, indent) => {
        const source = `{ "mark" : 1e0 ,\t"x":${JSON.stringify(JSON.parse(text), undefined, indent)}}`;
        return transformed(json({ path: '$.mark', set: 2 }), source) === source.replace('1e0', '2');
      }),
    );
  });
});

describe('on any value and any place in it', () => {
  // Through JSON once, for it has one zero only.
  const document = fc
    .tuple(fc.jsonValue({ stringUnit: 'grapheme' }), fc.jsonValue(), fc.nat(3))
    .map(([a, b, indent]) => ({ value: parsed(JSON.stringify({ a, b: [b, a], c: { b } })), indent }));

  test('remove does what deleting from the parsed value does', () => {
    fc.assert(
      fc.property(document, fc.nat(), ({ value, indent }, pick) => {
        const path = pathsIn(value).at(pick % pathsIn(value).length) ?? [];
        const text = JSON.stringify(value, undefined, indent);
        expect(JSON.parse(transformed(json({ path: written(path), remove: true }), text))).toEqual(
          deleted(value, path),
        );
      }),
    );
  });

  test('set does what assigning to the parsed value does', () => {
    fc.assert(
      fc.property(document, fc.nat(), fc.string(), ({ value, indent }, pick, set) => {
        const path = pathsIn(value).at(pick % pathsIn(value).length) ?? [];
        const text = JSON.stringify(value, undefined, indent);
        const plain = set.replaceAll('$', '');
        expect(JSON.parse(transformed(json({ path: written(path), set: plain }), text))).toEqual(
          assigned(value, path, plain),
        );
      }),
    );
  });
});

type JsonTree = { [name: string]: JsonTree } | JsonTree[] | string | number | boolean | null;
function parsed(text: string): JsonTree {
  return JSON.parse(text);
}

type Path = readonly (string | number)[];

/** Every place below the root. */
function pathsIn(value: JsonTree): Path[] {
  if (typeof value !== 'object' || value === null) return [];
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return entries.flatMap(([part, inner]) => [[part], ...pathsIn(inner).map((path) => [part, ...path])]);
}

function written(path: Path): string {
  return `$${path.map((part) => (typeof part === 'number' ? `[${part}]` : `[${JSON.stringify(part)}]`)).join('')}`;
}

function deleted(value: JsonTree, path: Path): JsonTree {
  return changed(value, path, () => []);
}

function assigned(value: JsonTree, path: Path, to: JsonTree): JsonTree {
  return changed(value, path, () => [to]);
}

/** What `change` gives takes the place of what stands at the path: one value, or none. */
function changed(value: JsonTree, [part, ...rest]: Path, change: () => JsonTree[]): JsonTree {
  const next = (inner: JsonTree): JsonTree[] => (rest.length === 0 ? change() : [changed(inner, rest, change)]);
  if (Array.isArray(value)) return value.flatMap((item, index) => (index === part ? next(item) : [item]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, inner]) =>
      name === part ? next(inner).map((made) => [name, made]) : [[name, inner]],
    ),
  );
}

describe('a rule on a JSON path', () => {
  test.each([
    ['removes everything that is left', { path: '$.*', remove: true }, '{ "a":1, "b":2 }', '{}'],
    ['removes neighbours', { path: '$[1,2]', remove: true }, '[1, 2, 3, 4]', '[1, 4]'],
    ['removes at both ends', { path: '$[0,1,4]', remove: true }, '[1, 2, 3, 4, 5]', '[3, 4]'],
    ['removes an item with all that is in it', { path: '$..*', remove: true }, '[[1],{"a":2}]', '[]'],
    ['sets every match', { path: '$..p', set: 0 }, '{"p":1,"q":[{"p":2}]}', '{"p":0,"q":[{"p":0}]}'],
    ['sets the outer one of two that hold each other', { path: '$..p', set: 0 }, '{"p":{"p":1}}', '{"p":0}'],
    ['sets the whole value', { path: '$', set: null }, '[1]', 'null'],
    ['sets nothing new in a list', { path: '$[5]', set: 0 }, '[1]', '[1]'],
    ['sets nothing new where the parent is missing', { path: '$.a.b', set: 0 }, '{"c":1}', '{"c":1}'],
    ['fills an empty object', { path: '$.a', set: 0 }, '{ }', '{"a":0}'],
    [
      'adds a member as the others are written',
      { path: '$.c', set: 0 },
      '{\n  "a": 1,\n  "b": 2\n}',
      '{\n  "a": 1,\n  "b": 2,\n  "c": 0\n}',
    ],
    ['adds a second member', { path: '$.b', set: 0 }, '{\n  "a": 1\n}', '{\n  "a": 1,\n  "b": 0\n}'],
    [
      'changes texts only',
      { path: '$..*', sed: 's/1/2/' },
      '{"a":1,"b":"1","c":["1",true]}',
      '{"a":1,"b":"2","c":["2",true]}',
    ],
    ['renames in every object', { path: '$..a', rename: 'b' }, '[{"a":1},{"a":2}]', '[{"b":1},{"b":2}]'],
    ['renames to the same name', { path: '$.a', rename: 'a' }, '{"a":1}', '{"a":1}'],
  ])('%s', (_, rule, before, after) => {
    expect(transformed(json(rule), before)).toBe(after);
  });

  test('sees what the rule before it made', () => {
    const rules = [
      { path: '$.a', rename: 'b' },
      { path: '$.b', set: { c: 1 } },
      { path: '$.b.c', remove: true },
    ];
    expect(transformed(json(...rules), '{"a":0}')).toBe('{"b":{}}');
  });

  test.each([
    [
      'is no JSON',
      json({ path: '$.a', remove: true }),
      '{"password": hunter2}',
      'dr.transform[0] takes a JSON value: a JSON value is missing at line 1, column 14 of the value; limit the step with names, or give it mode: auto',
    ],
    [
      'cannot lose all of itself',
      json({ path: '$', remove: true }),
      '{}',
      'dr.transform[0].json[0]: the whole value cannot be removed',
    ],
    [
      'has no name to change',
      json({ path: '$[0]', rename: 'a' }),
      '[1]',
      'dr.transform[0].json[0]: only a member of an object has a name to change',
    ],
    [
      'has the new name already',
      json({ path: '$.a', rename: 'b' }),
      '{"a":1,"b":2}',
      'dr.transform[0].json[0]: the new name already stands in the same object',
    ],
    [
      'would have the new name twice',
      json({ path: '$.*', rename: 'c' }),
      '{"a":1,"b":2}',
      'dr.transform[0].json[0]: the new name already stands in the same object',
    ],
  ])('refuses a value that %s', (_, destination, text, sentence) => {
    expect(failureOf(() => transformed(destination, text))).toBe(`RuleFailed: ${sentence}`);
  });
});

describe('mode', () => {
  const rule = [{ path: '$.a', set: 2 }];

  test.each([
    ['{"a":1}', '{"a":2}'],
    ['a=1', 'a=1'],
    ['12', '12'],
    ['', ''],
  ])('auto of a json step on %j', (before, after) => {
    const chain = { transform: [{ json: rule, mode: 'auto' }, { sed: 's/^$/x/' }] };
    expect(transformed(chain, before || '\n')).toBe(after || 'x\n');
  });

  const quote = String.raw`s#a/b#c"d#`;
  test.each([
    ['text', String.raw`{"a\/b":"a\/b", "n":1.0}`, String.raw`{"a\/b":"a\/b", "n":1.0}`],
    ['json', String.raw`{"a\/b":"a\/b", "n":1.0}`, String.raw`{"a\/b":"c\"d", "n":1.0}`],
    ['auto', String.raw`["a\/b" ]`, String.raw`["c\"d" ]`],
    ['auto', 'a/b', 'c"d'],
    ['json', '"a/b"', String.raw`"c\"d"`],
  ])('%s of a sed step on %s', (mode, before, after) => {
    expect(transformed({ transform: [{ sed: quote, mode }] }, before)).toBe(after);
  });

  test('json of a sed step refuses a value that is no JSON', () => {
    expect(failureOf(() => transformed({ transform: [{ sed: 's/a/b/', mode: 'json' }] }, 'a'))).toMatch(
      'RuleFailed: dr.transform[0].sed takes a JSON value',
    );
  });
});
