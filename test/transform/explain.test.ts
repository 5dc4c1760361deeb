import { describe, expect, test } from '@jest/globals';
import { SecretValue } from '../../src/core/secret-value.js';
import { changedPaths } from '../../src/transform/changed-paths.js';
import { compileConfig } from '../../src/transform/compile-config.js';
import { explain, type Explanation } from '../../src/transform/explain.js';

const PLACE = {
  region: 'us-west-2',
  sourceRegion: 'us-east-1',
  account: '1',
  sourceAccount: '1',
  sourceName: 'app/db',
};

function explained(destination: object, value: string | Uint8Array): Explanation {
  const document = {
    version: 1,
    source: { region: 'us-east-1' },
    destinations: [{ region: 'us-west-2', ...destination }],
  };
  const [rules] = compileConfig(document, () => '').rules;
  if (rules === undefined) throw new Error('there is one destination');
  return explain(rules, PLACE, new SecretValue(value));
}

describe('an explanation', () => {
  test('names replica, rules by place with their hits, changed key paths and sizes', () => {
    const destination = { rename: 's/app/dr/', transform: [{ sed: 's/east/west/g', name: 'move.sed' }] };
    expect(explained(destination, '{"a":"east","b":["east","x"]}')).toMatchObject({
      replica: 'dr/db',
      mode: 'sed',
      rules: [{ file: 'move.sed', line: 1, column: 1, hits: 2 }],
      inputBytes: 29,
      outputBytes: 29,
      changes: [
        { path: '$.a', change: 'changed' },
        { path: '$.b[0]', change: 'changed' },
      ],
      refusal: undefined,
    });
  });

  test('of a broken contract tells why nothing would be written', () => {
    const { refusal, result } = explained({ transform: [{ sed: 's/x/y/' }], expect: { changed: true } }, 'abc');
    expect(refusal).toMatchObject({ code: 'ContractBroken' });
    expect(result).toBeUndefined();
  });

  test('of binary under rules, or of a bad replica name, likewise', () => {
    expect(explained({ transform: [{ sed: 's/x/y/' }] }, Uint8Array.of(1)).refusal?.code).toBe('BinaryWithRules');
    expect(explained({ rename: 's/.*/not allowed!/' }, 'abc').refusal?.code).toBe('InvalidName');
  });

  test('never holds the value where it is printed', () => {
    const printed = JSON.stringify(explained({ transform: [{ sed: 's/hunter2/hunter3/' }] }, '{"password":"hunter2"}'));
    expect(printed).toContain('$.password');
    expect(printed).not.toMatch(/hunter/);
  });
});

describe('changed paths', () => {
  test('tell changed, removed and added apart', () => {
    expect(changedPaths('{"a":1,"b":2,"c":{"d":[1,2]}}', '{"a":1,"c":{"d":[1,3]},"e":null}')).toEqual([
      { path: '$.b', change: 'removed' },
      { path: '$.c.d[1]', change: 'changed' },
      { path: '$.e', change: 'added' },
    ]);
  });

  test('see a change in the last of twenty digits', () => {
    expect(changedPaths('{"n":12345678901234567890}', '{"n":12345678901234567891}')).toEqual([
      { path: '$.n', change: 'changed' },
    ]);
  });

  test('are unknown where a side is not JSON', () => {
    expect(changedPaths('{"a":1}', 'plain')).toBeUndefined();
  });
});
