import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { editorSchema } from '../../src/files/editor-schema.js';

test('the committed schema is the one that the code has; if not, run: node --import tsx scripts/schema.ts', () => {
  expect(readFileSync(new URL('../../schema/replicator.schema.json', import.meta.url), 'utf8')).toBe(editorSchema());
});

test('every key of a destination that is not plain has a description', () => {
  const schema = JSON.parse(editorSchema());
  const plain = ['region', 'externalId'];
  const bare = Object.entries<{ description?: string }>(schema.properties.destinations.items.properties)
    .filter(([, property]) => property.description === undefined)
    .map(([name]) => name);

  expect(bare).toEqual(plain);
});
