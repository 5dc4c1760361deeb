import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../src/core/check-config.js';
import { SecretValue } from '../src/core/secret-value.js';
import { compileRules } from '../src/transform/destination-rules.js';
import { examplesIn, purposeOf } from './support/sedfile-examples.js';

const folder = new URL('../sedfiles/', import.meta.url);
const sedfiles = readdirSync(folder).filter((name) => name.endsWith('.sed'));

describe.each(sedfiles)('%s', (name) => {
  const text = readFileSync(new URL(name, folder), 'utf8');
  const examples = examplesIn(text);

  test('opens with its purpose and has examples that change something', () => {
    expect(purposeOf(text)).toMatch(/^[A-Z].*\.$/);
    expect(examples.some(({ input, output }) => input !== output)).toBe(true);
  });

  test.each(examples)('$input', ({ variables, input, output }) => {
    expect(through(text, variables, input)).toBe(output);
  });

  test('changes nothing in a text that has nothing of the kind', () => {
    const variables = examples[0]?.variables ?? {};
    expect(through(text, variables, '{"token":"c2VjcmV0"}')).toBe('{"token":"c2VjcmV0"}');
  });
});

function through(script: string, variables: Readonly<Record<string, string>>, input: string): string {
  const {
    REGION = 'us-west-2',
    SOURCE_REGION = 'us-east-1',
    ACCOUNT_ID = '',
    SOURCE_ACCOUNT_ID = '',
    ...own
  } = variables;
  const destination = { region: REGION, name: 'x', rename: 's/^/x-/', transform: [{ sed: script }], variables: own };
  const config = parseConfig({ version: 1, source: { region: SOURCE_REGION }, destinations: [destination] });
  const [only] = config.destinations;
  if (only === undefined) throw new Error('one destination was configured');
  const place = {
    region: REGION,
    sourceRegion: SOURCE_REGION,
    account: ACCOUNT_ID,
    sourceAccount: SOURCE_ACCOUNT_ID,
    sourceName: 'app/x',
    replicaName: 'x-app/x',
  };
  return String(compileRules(only).bind(place).run(new SecretValue(input)).value.reveal());
}
