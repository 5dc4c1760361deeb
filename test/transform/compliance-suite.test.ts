import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { compileQuery, JsonPathError } from '../../src/transform/json-query.js';
import { parseJsonText } from '../../src/transform/json-text.js';

/** A case of the suite. Where the order of members is open, there are several right answers. */
interface Case {
  readonly name: string;
  readonly selector: string;
  readonly invalid_selector?: true;
  readonly document?: unknown;
  readonly result?: readonly unknown[];
  readonly result_paths?: readonly string[];
  readonly results?: readonly (readonly unknown[])[];
  readonly results_paths?: readonly (readonly string[])[];
}

const require = createRequire(import.meta.url);

/** The suite of the working group comes with the tests of another implementation, which is here for nothing else. */
const SUITE = join(
  dirname(require.resolve('jsonpath-rfc9535/package.json')),
  'src/__tests__/jsonpath-compliance-test-suite/cts.json',
);
const { tests } = JSON.parse(readFileSync(SUITE, 'utf8')) as { readonly tests: readonly Case[] };

/** A rule changes a node once, however often its path names it; the suite counts each time. */
function eachOnce(values: readonly unknown[], paths: readonly string[]): unknown[] {
  return values.filter((_, index) => paths.indexOf(paths[index] ?? '') === index);
}

function wantedOf({ result, result_paths, results = [], results_paths = [] }: Case): unknown[][] {
  if (result !== undefined) return [eachOnce(result, result_paths ?? [])];
  return results.map((values, index) => eachOnce(values, results_paths[index] ?? []));
}

function selected({ selector, document }: Case): unknown[] | 'refused' {
  try {
    const query = compileQuery(selector, 'rule');
    const text = JSON.stringify(document ?? null);
    return query.select(parseJsonText(text)).map(({ node }) => JSON.parse(text.slice(node.start, node.end)) as unknown);
  } catch (error) {
    if (error instanceof JsonPathError) return 'refused';
    throw error;
  }
}

describe('the JSONPath compliance test suite', () => {
  const [invalid, valid] = [
    tests.filter(({ invalid_selector: is }) => is === true),
    tests.filter(({ invalid_selector: is }) => is !== true),
  ];

  test('is there as a whole', () => {
    expect([valid.length, invalid.length]).toEqual([442, 245]);
  });

  test('a path that the RFC allows selects what the suite says', () => {
    const wrong = valid.filter((one) => {
      const found = JSON.stringify(selected(one));
      return !wantedOf(one).some((wanted) => JSON.stringify(wanted) === found);
    });
    expect(wrong.map(({ name, selector }) => `${name}: ${selector}`)).toEqual([]);
  });

  test('a path that it does not allow is refused', () => {
    const accepted = invalid.filter((one) => selected(one) !== 'refused');
    expect(accepted.map(({ name, selector }) => `${name}: ${selector}`)).toEqual([]);
  });
});
