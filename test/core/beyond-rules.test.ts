import { describe, expect, test } from '@jest/globals';
import { beyondRules } from '../../src/core/beyond-rules.js';
import { parseConfig } from '../../src/core/check-config.js';
import { configDigest } from '../../src/core/config-digest.js';

const deployed = parseConfig({
  version: 1,
  source: { region: 'us-east-1', select: { tags: { a: '1', b: '2' } } },
  destinations: [{ region: 'us-west-2', rename: 's/a/${POOL}/', variables: { POOL: 'x', OTHER: 'y' } }],
  events: { bus: 'mine' },
});
const [destination] = deployed.destinations;
if (destination === undefined) throw new Error('there is one');

describe('beyond rules', () => {
  test('there is nothing where nothing differs, in whatever order maps were written', () => {
    const tags = new Map([...deployed.source.select.tags].toReversed());
    expect(
      beyondRules(deployed, {
        ...deployed,
        source: { ...deployed.source, select: { ...deployed.source.select, tags } },
      }),
    ).toEqual([]);
  });

  test.each(Object.keys(deployed).filter((key) => key !== 'destinations'))('is all of %s', (key) => {
    const places = beyondRules(deployed, { ...deployed, [key]: 'other' });
    expect(places).toEqual([key === 'eventBus' ? 'events' : key]);
  });

  test.each(Object.keys({ ...destination, role: '', account: '', credentialsSecret: '', kmsKeyId: '', invented: '' }))(
    'is %s of a destination, unless it is a rule',
    (key) => {
      const other = { ...deployed, destinations: [{ ...destination, [key]: { other: true } }] };
      const isRule = ['transform', 'variables', 'expect', 'tests'].includes(key);
      const written = { id: 'name', role: 'roleArn', account: 'accountId', adopt: 'onConflict' }[key] ?? key;
      const expected = key === 'variables' ? ['destinations[0].variables.POOL'] : [`destinations[0].${written}`];
      expect(beyondRules(deployed, other as typeof deployed)).toEqual(isRule && key !== 'variables' ? [] : expected);
    },
  );

  test('is not where rules are read from, which the function has from its environment', () => {
    const elsewhere = { ...deployed, rulesObject: { uri: 's3://rules/live.json' } };
    expect(beyondRules(deployed, elsewhere)).toEqual([]);
    expect(beyondRules(elsewhere, deployed)).toEqual([]);
    expect(configDigest(elsewhere)).toBe(configDigest(deployed));
  });

  test('is a variable that the rename uses, and no other', () => {
    const withVariables = (variables: Readonly<Record<string, string>>) => ({
      ...deployed,
      destinations: [{ ...destination, variables }],
    });
    expect(beyondRules(deployed, withVariables({ POOL: 'x', OTHER: 'z', NEW: '1' }))).toEqual([]);
    expect(beyondRules(deployed, withVariables({ POOL: 'z', OTHER: 'y' }))).toEqual(['destinations[0].variables.POOL']);
    expect(beyondRules(deployed, withVariables({ OTHER: 'y' }))).toEqual(['destinations[0].variables.POOL']);
  });
});
