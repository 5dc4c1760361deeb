import { describe, expect, test } from '@jest/globals';
import { selectionOf, selectsName, selectsTags } from '../../src/core/selection.js';

describe('a selection', () => {
  test.each([
    [undefined, 'anything', true],
    [{ include: ['app/*'] }, 'app/db', true],
    [{ include: ['app/*', 'web/*'] }, 'web/db', true],
    [{ include: ['app/*'] }, 'web/db', false],
    [{ exclude: ['app/internal/*'] }, 'app/internal/x', false],
    [{ include: ['app/*'], exclude: ['app/internal/*'] }, 'app/x', true],
  ])('%j on %s: %s', (shape, name, selected) => {
    expect(selectsName(selectionOf(shape), name)).toBe(selected);
  });

  test('wants every one of its tags, with exactly its value', () => {
    const selection = selectionOf({ tags: { replicate: 'true', team: 'a' } });

    expect(
      selectsTags(
        selection,
        new Map([
          ['replicate', 'true'],
          ['team', 'a'],
          ['more', 'x'],
        ]),
      ),
    ).toBe(true);
    expect(selectsTags(selection, new Map([['replicate', 'true']]))).toBe(false);
    expect(
      selectsTags(
        selection,
        new Map([
          ['replicate', 'True'],
          ['team', 'a'],
        ]),
      ),
    ).toBe(false);
  });

  test('without tags takes secrets of any', () => {
    expect(selectsTags(selectionOf({}), new Map())).toBe(true);
  });
});
