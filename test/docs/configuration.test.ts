import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { loadConfigFile } from '../../src/files/config-file.js';
import { runRuleTests } from '../../src/transform/rule-tests.js';
import { AUTOMATIC_VARIABLES } from '../../src/transform/variables.js';
import { folderWith } from '../support/folder.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(join(root, 'docs/configuration.md'), 'utf8');
const examples = [...page.matchAll(/^```yaml\n(.*?)^```$/gms)].map(([, text = '']) => text);

/** An example that is not a whole file belongs to a destination. */
function wholeFile(example: string): string {
  if (example.includes('version: 1')) return example;
  const region = /^region:/m.test(example) ? '' : 'region: us-west-2\n';
  const indented = `${region}${example}`.replaceAll(/^(?=.)/gm, '    ').replace(/^ {4}/, '  - ');
  return `version: 1\nsource: { region: us-east-1 }\ndestinations:\n${indented}`;
}

function loaded(text: string) {
  const folder = folderWith({ 'replicator.yaml': text });
  cpSync(join(root, 'sedfiles'), join(folder, 'sedfiles'), { recursive: true });
  return loadConfigFile(join(folder, 'replicator.yaml'));
}

describe('docs/configuration.md', () => {
  test('has examples', () => {
    expect(examples.length).toBeGreaterThan(5);
  });

  test.each(examples)('loads, and the cases hold, of\n%s', (example) => {
    const config = loaded(wholeFile(example));

    expect(runRuleTests(config).filter(({ fault }) => fault !== undefined)).toEqual([]);
  });

  test.each([...AUTOMATIC_VARIABLES])('names the variable %s', (name) => {
    expect(page).toContain(`\`${name}\``);
  });

  test('names every key of the schema', () => {
    const schema = JSON.parse(readFileSync(join(root, 'schema/replicator.schema.json'), 'utf8'));
    const keys = [
      ...Object.keys(schema.properties),
      ...Object.keys(schema.properties.destinations.items.properties),
      ...Object.keys(schema.properties.destinations.items.properties.expect.properties),
    ];

    expect(keys.filter((key) => !page.includes(key))).toEqual([]);
  });
});

test('the configuration of a first deployment loads, and its cases hold', () => {
  const config = loadConfigFile(join(root, 'replicator.yaml'));

  expect(runRuleTests(config).filter(({ fault }) => fault !== undefined)).toEqual([]);
  expect(config.config.destinations.map(({ id }) => id)).toEqual(['dr', 'eu']);
});
