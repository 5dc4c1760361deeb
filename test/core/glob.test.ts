import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { globMatches } from '../../src/core/glob.js';

describe('a glob', () => {
  test.each([
    ['app/*', 'app/db', true],
    ['app/*', 'app/a/b', true],
    ['app/*', 'app', false],
    ['*', '', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*/db', 'app/x/db', true],
    ['*a*b', 'aab', true],
    ['a.c', 'abc', false],
    ['', '', true],
  ])('%s on %s: %s', (glob, name, matches) => {
    expect(globMatches(glob, name)).toBe(matches);
  });

  test('agrees with the regular expression it stands for', () => {
    const glob = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.', '*', '?'), maxLength: 10 });
    const name = fc.string({ unit: fc.constantFrom('a', 'b', '/', '.'), maxLength: 12 });
    fc.assert(
      fc.property(glob, name, (glob, name) => {
        const oracle = new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
        return globMatches(glob, name) === oracle.test(name);
      }),
      { numRuns: 2_000 },
    );
  });

  test('needs no more than glob times name steps where a backtracking engine would never end', () => {
    expect(globMatches(`${'*a'.repeat(100)}*b`, 'a'.repeat(512))).toBe(false);
  });
});
