import { describe, expect, test } from '@jest/globals';
import { ReplicatorError } from '../../src/core/failure.js';
import { compileQuery, JsonPathError } from '../../src/transform/json-query.js';
import { parseJsonText } from '../../src/transform/json-text.js';

const store = `{ "store": {
  "book": [
    { "category": "reference", "author": "Nigel Rees", "title": "Sayings", "price": 8.95 },
    { "category": "fiction", "author": "Evelyn Waugh", "title": "Sword", "price": 12.99 },
    { "category": "fiction", "author": "Herman Melville", "title": "Moby Dick", "isbn": "0-553-21311-3", "price": 8.99 }
  ],
  "bicycle": { "color": "red", "price": 399 },
  "it's": { "a.b": 1, "": 2, "\\u00e9": 3 }
} }`;

function selected(path: string, text = store): string[] {
  return compileQuery(path, 'rule')
    .select(parseJsonText(text))
    .map(({ node }) => text.slice(node.start, node.end));
}

describe('a JSON path', () => {
  test.each([
    ['$.store.book[*].author', ['"Nigel Rees"', '"Evelyn Waugh"', '"Herman Melville"']],
    ['$..author', ['"Nigel Rees"', '"Evelyn Waugh"', '"Herman Melville"']],
    ['$.store.bicycle.*', ['"red"', '399']],
    ['$.store..price', ['8.95', '12.99', '8.99', '399']],
    ['$..book[2].title', ['"Moby Dick"']],
    ['$..book[-1].title', ['"Moby Dick"']],
    ['$..book[0,1].title', ['"Sayings"', '"Sword"']],
    ['$..book[:2].title', ['"Sayings"', '"Sword"']],
    ['$..book[::2].title', ['"Sayings"', '"Moby Dick"']],
    ['$..book[?@.isbn].title', ['"Moby Dick"']],
    ['$..book[?@.price<10].title', ['"Sayings"', '"Moby Dick"']],
    ["$..book[?@.category=='fiction' && @.price<10].title", ['"Moby Dick"']],
    ['$..book[?!@.isbn].title', ['"Sayings"', '"Sword"']],
    ['$..book[?length(@.title)==5].title', ['"Sword"']],
    ['$.store[?count(@.*)==2].color', ['"red"']],
    ['$..book[?value(@..price)==12.99].title', ['"Sword"']],
    ["$.store['it\\'s']['a.b']", ['1']],
    ['$.store["it\'s"][""]', ['2']],
    ['$.store["it\'s"].é', ['3']],
    ['$.store["book","bicycle"]["color"]', ['"red"']],
    ['$.store.none', []],
    ['$.store.book[9]', []],
  ])('%s', (path, expected) => {
    expect(selected(path)).toEqual(expected);
  });

  test('selects the whole value with $', () => {
    expect(selected('$', '[1]')).toEqual(['[1]']);
  });

  test('selects a node once, however often the path names it', () => {
    expect(selected("$['a','a']", '{"a":1}')).toEqual(['1']);
  });

  test('means every member of a name that stands twice', () => {
    expect(selected('$.a', '{"a":1,"b":2,"a":3}')).toEqual(['1', '3']);
    expect(selected('$..p', '{"a":{"p":1,"x":{"p":2},"x":0},"a":{"p":3}}').toSorted()).toEqual(['1', '2', '3']);
  });

  test('knows names that JavaScript objects have of their own', () => {
    expect(selected('$.__proto__.constructor', '{"__proto__":{"constructor":1}}')).toEqual(['1']);
    expect(selected('$.constructor', '{"a":1}')).toEqual([]);
  });

  test.each([
    ['ab.*', ['"ab"', '"abc"']],
    ['a|ab', ['"ab"']],
    ['[a-b]+', ['"ab"']],
    ['[^a-b]*', ['"x.y"', '"^"', '""']],
    ['[:x:.y.]+', ['"x.y"']],
    ['a\\\\.b', ['"a.b"']],
    ['x[.]y', ['"x.y"']],
    ['\\\\p{Lu}\\\\P{Lu}', ['"Éa"']],
    ['[\\\\p{L}.]{3}', ['"abc"', '"a.b"', '"x.y"']],
    ['a/b', ['"a/b"']],
    ['a[\\\\n/]b', ['"a\\nb"', '"a/b"']],
    ['[\\\\^\\\\-\\\\]]', ['"^"']],
    ['a{2', []],
    ['', ['""']],
  ])('match() takes the I-Regexp %j', (pattern, expected) => {
    const text = '["ab", "abc", "a.b", "x.y", "Éa", "a\\nb", "a/b", "^", "", 5]';
    expect(selected(`$[?match(@, "${pattern}")]`, text)).toEqual(expected);
  });

  test('search() finds a pattern anywhere', () => {
    expect(selected("$[?search(@, '[bc]')]", '["ab", "xc", "x", 1]')).toEqual(['"ab"', '"xc"']);
  });

  test('a pattern that would take a backtracking engine for ever is answered', () => {
    const text = JSON.stringify([`${'a'.repeat(5_000)}b`]);
    expect(selected("$[?match(@, '(a+)+')]", text)).toEqual([]);
  });

  test.each([
    ['$.', 3],
    ['$.a[', 5],
    ['$.a b', 5],
    ['a.b', 1],
    ['$[?foo(@)]', 4],
  ])('%s is refused at column %d', (path, column) => {
    let error: unknown;
    try {
      compileQuery(path, 'rule');
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toBeInstanceOf(JsonPathError);
    expect(error).toMatchObject({ column });
  });

  test('that would visit a value over and over ends in a refusal', () => {
    const wide = JSON.stringify(Array.from({ length: 3_000 }, () => ({ a: [1] })));
    const error = () => selected('$..[?$..[?$..b]]', wide);

    expect(error).toThrow(ReplicatorError);
    expect(error).toThrow('rule: the path needs too many steps on this value; make it more exact');
  });
});
