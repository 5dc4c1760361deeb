import { describe, expect, test } from '@jest/globals';
import { SecretValue } from '../../src/core/secret-value.js';
import { failureOf, placeOf, rulesOf, transformed } from '../support/rules.js';

const text = (value: string) => new SecretValue(value);

describe('a chain', () => {
  test('runs its steps in order', () => {
    expect(transformed({ transform: [{ sed: 's/a/b/' }, { sed: 's/b/c/' }] }, 'a')).toBe('c');
  });

  test('adds no newline at the end and takes none away', () => {
    expect(transformed({ transform: [{ sed: 's/a/b/' }] }, 'a')).toBe('b');
    expect(transformed({ transform: [{ sed: 's/a/b/' }] }, 'a\n')).toBe('b\n');
  });

  test('may use extended regular expressions', () => {
    expect(transformed({ transform: [{ sed: 's/(a|b)+/<\\1>/', extended: true }] }, 'aab')).toBe('<b>');
  });

  test('runs a limited step only for the source names that its globs match', () => {
    const rules = rulesOf({ transform: [{ sed: 's/a/b/', names: ['app/*'] }] });

    expect(rules.bind(placeOf('app/x')).run(text('a')).value.reveal()).toBe('b');
    expect(rules.bind(placeOf('web/x')).run(text('a')).value.reveal()).toBe('a');
  });

  test('tells its mode, sizes and hits', () => {
    const rules = rulesOf({ transform: [{ sed: 's/é/ee/' }, { json: [{ path: '$.x', set: 1 }] }] });
    const result = rules.bind(placeOf('app/x')).run(text('{"x":"é"}'));

    expect(result).toMatchObject({ mode: 'mixed', inputBytes: 10, outputBytes: 7 });
    expect(result.rules).toEqual([
      { file: 'dr.transform[0].sed', line: 1, column: 1, hits: 1 },
      { file: 'dr.transform[1].json[0]', line: 1, column: 1, hits: 1 },
    ]);
  });

  test.each([
    [{}, 'none'],
    [{ transform: [{ sed: 'p' }] }, 'sed'],
    [{ transform: [{ json: [{ path: '$.a', remove: true }] }] }, 'json'],
  ])('%j has the mode %s', (destination, mode) => {
    expect(rulesOf(destination).bind(placeOf('x')).mode).toBe(mode);
  });
});

describe('a binary value', () => {
  test('passes byte for byte when no step applies', () => {
    const value = new SecretValue(Uint8Array.of(0, 255, 10));
    const rules = rulesOf({ transform: [{ sed: 's/a/b/', names: ['app/*'] }] });

    expect(rules.bind(placeOf('keys/x')).run(value).value).toBe(value);
  });

  test('is refused when a step applies', () => {
    const rules = rulesOf({ transform: [{ sed: 's/a/b/' }] });

    expect(failureOf(() => rules.bind(placeOf('x')).run(new SecretValue(Uint8Array.of(1))))).toBe(
      'BinaryWithRules: a binary value cannot go through rules; limit the steps with names, or leave the secret out with select',
    );
  });
});

describe('a result', () => {
  test('of 65,536 bytes is allowed and one more is not', () => {
    const rules = rulesOf({ transform: [{ sed: 's/^x/é/' }] }).bind(placeOf('x'));

    expect(rules.run(text(`x${'a'.repeat(65_534)}`)).outputBytes).toBe(65_536);
    expect(failureOf(() => rules.run(text(`x${'a'.repeat(65_535)}`)))).toBe(
      'ValueTooLarge: the result has 65537 bytes; a secret holds at most 65536',
    );
  });

  test('that is empty is refused', () => {
    expect(failureOf(() => transformed({ transform: [{ sed: 'd' }] }, 'hunter2'))).toBe(
      'ValueEmpty: the rules leave an empty value; a secret holds at least one byte',
    );
  });

  test('that a script refuses with an exit code is not written', () => {
    expect(
      failureOf(() => transformed({ transform: [{ sed: '/us-east-1/q5', name: 'guard.sed' }] }, 'us-east-1')),
    ).toBe('RuleFailed: guard.sed ended with exit code 5, which refuses the value');
  });
});

describe('variables', () => {
  test('that the replicator sets', () => {
    const names = ['REGION', 'SOURCE_REGION', 'ACCOUNT_ID', 'SOURCE_ACCOUNT_ID', 'SECRET_NAME', 'DEST_SECRET_NAME'];
    const rules = rulesOf({ transform: [{ sed: `s#^.*$#${names.map((name) => `\${${name}}`).join(' ')}#` }] });

    expect(rules.bind(placeOf('app/db', 'dr/db')).run(text('x')).value.reveal()).toBe(
      'us-west-2 us-east-1 444455556666 111122223333 app/db dr/db',
    );
  });

  test('of the destination', () => {
    expect(transformed({ variables: { POOL: '12' }, transform: [{ sed: 's/pool=.*/pool=${POOL}/' }] }, 'pool=3')).toBe(
      'pool=12',
    );
  });
});

describe('a bound chain', () => {
  test('is one and the same for secrets that share steps and values', () => {
    const rules = rulesOf({ transform: [{ sed: 's/a/${REGION}/', names: ['app/*'] }] });

    expect(rules.bind(placeOf('app/a'))).toBe(rules.bind(placeOf('app/b')));
    expect(rules.bind(placeOf('app/a'))).not.toBe(rules.bind(placeOf('web/a')));
  });

  test('is bound anew where a value belongs to the secret', () => {
    const rules = rulesOf({ transform: [{ sed: 's#a#${SECRET_NAME}#' }] });

    expect(rules.bind(placeOf('app/1')).run(text('a')).value.reveal()).toBe('app/1');
    expect(rules.bind(placeOf('app/2')).run(text('a')).value.reveal()).toBe('app/2');
  });
});

describe('a digest', () => {
  const digest = (destination: object, name = 'app/db') => rulesOf(destination).bind(placeOf(name)).digest;
  const base = { transform: [{ sed: 's/a/${POOL}${SECRET_NAME}/' }], variables: { POOL: '1' } };

  test('is missing when no step applies', () => {
    expect(digest({})).toBeUndefined();
    expect(digest({ transform: [{ sed: 's/a/b/', names: ['web/*'] }] })).toBeUndefined();
  });

  test('is 64 hexadecimal digits', () => {
    expect(digest(base)).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each([
    ['the rule', { ...base, transform: [{ sed: 's/b/${POOL}${SECRET_NAME}/' }] }],
    ['its syntax', { ...base, transform: [{ sed: 's/a/${POOL}${SECRET_NAME}/', extended: true }] }],
    ['a variable that is used', { ...base, variables: { POOL: '2' } }],
    ['another step', { ...base, transform: [...base.transform, { sed: 'p' }] }],
  ])('differs with %s', (_, other) => {
    expect(digest(other)).not.toBe(digest(base));
  });

  test.each<[string, object, string?]>([
    ['where the rule stands', { ...base, transform: [{ sed: 's/a/${POOL}${SECRET_NAME}/', name: 'pool.sed' }] }],
    ['a variable that is not used', { ...base, variables: { POOL: '1', OTHER: '2' } }],
    ['a step for other names', { ...base, transform: [...base.transform, { sed: 'p', names: ['web/*'] }] }],
    ['a contract', { ...base, expect: { absent: ['${REGION}'], changed: true } }],
    ['a source of another name', { ...base }, 'app/other'],
  ])('does not differ with %s', (_, other, name = 'app/db') => {
    expect(digest(other, name)).toBe(digest(base));
  });
});

describe('a replica name', () => {
  test('is the name of the source without a rule', () => {
    expect(rulesOf({}).replicaName('app/db')).toBe('app/db');
  });

  test('is made by sed, with the variables that are known before it is', () => {
    const rules = rulesOf({ rename: 's#^app/#${POOL}/${REGION}/#', variables: { POOL: 'p1' } });

    expect(rules.replicaName('app/db')).toBe('p1/us-west-2/db');
  });

  test.each([
    ['s/$/ x/', 'dr.rename gives a name with another character at position 7'],
    ['d', 'dr.rename gives a name of 0 characters'],
    ['p', 'dr.rename gives a name of more than one line'],
  ])('is refused when %s makes none', (rename, sentence) => {
    expect(failureOf(() => rulesOf({ rename }).replicaName('app/db'))).toBe(
      `InvalidName: ${sentence}; a name has 1 to 512 letters, digits and / _ + = . @ -`,
    );
  });

  test('may not be that of a secret which a service manages', () => {
    expect(failureOf(() => rulesOf({}).replicaName('rds!db-1'))).toMatch('InvalidName: the destination gives');
  });
});
