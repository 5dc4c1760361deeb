import { describe, expect, test } from '@jest/globals';
import { compileQuery, JsonPathError } from '../../src/transform/json-query.js';
import { parseJsonText } from '../../src/transform/json-text.js';
import { transformed } from '../support/rules.js';
import { INVALID, VALID } from './jsonpath-cases.js';

function selected(path: string, text: string): string[] {
  const nodes = compileQuery(path, 'rule').select(parseJsonText(text));
  return nodes.map(({ node }) => text.slice(node.start, node.end));
}

function isRefused(path: string): boolean {
  try {
    compileQuery(path, 'rule');
    return false;
  } catch (error) {
    if (error instanceof JsonPathError) return true;
    throw error;
  }
}

describe('the paths of JSON rules, section by section of RFC 9535', () => {
  test.each(VALID)('$section', ({ on, select }) => {
    const found = select.map(([path]) => [path, ...selected(path, on)]);
    expect(found).toEqual(select);
  });

  test('what is no path is refused when it is compiled', () => {
    expect(INVALID.filter((path) => !isRefused(path))).toEqual([]);
  });

  test('a rule changes what its path selects, and nothing else', () => {
    const text = VALID.flatMap(({ on, select }) => select.map(([path]) => ({ on, path })));
    const odd = text.filter(({ on, path }) => {
      // Paths of which one node holds another change the outer one only, and a path that ends in a name creates it.
      const nodes = compileQuery(path, 'rule').select(parseJsonText(on));
      const spans = nodes.map(({ node }) => node).toSorted((a, b) => a.start - b.start);
      if (path === '$' || nodes.length === 0 || spans.some((span, k) => span.start < (spans[k - 1]?.end ?? 0)))
        return false;
      let [wanted, at] = ['', 0];
      for (const { start, end } of spans) [wanted, at] = [`${wanted}${on.slice(at, start)}"new"`, end];
      return transformed({ transform: [{ json: [{ path, set: 'new' }] }] }, on) !== wanted + on.slice(at);
    });
    expect(odd).toEqual([]);
  });
});
