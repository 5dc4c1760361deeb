import { describe, expect, test } from '@jest/globals';
import { SecretValue } from '../../src/core/secret-value.js';
import { failureOf, placeOf, rulesOf, transformed } from '../support/rules.js';

const sed = (script: string) => [{ sed: script, name: 'x.sed' }];

describe('a contract that holds lets the value through', () => {
  test.each([
    [{ expect: { json: 'valid' }, transform: sed('s/a/b/') }, '{"a":1}'],
    [{ expect: { json: 'same-keys' }, transform: sed('s/1/2/') }, '{"a":{"b":[{"c":1}]}}'],
    [{ expect: { json: 'same-keys' }, transform: sed('s/{/x/') }, 'no { json'],
    [{ expect: { changed: true }, transform: sed('s/a/b/') }, 'a'],
    [{ expect: { changed: false }, transform: sed('s/x/y/') }, 'a'],
    [{ expect: { changed: true } }, 'no step applies'],
    [{ expect: { absent: ['us-east-1'] }, transform: sed('s/us-east-1/x/g') }, 'us-east-1 us-east-1'],
    [{ expect: { hits: 1 }, transform: sed('s/a/b/') }, 'a'],
    [{ expect: { hits: '1+' }, transform: sed('s/a/b/') }, 'a'],
    [{ expect: { maxBytes: 2 }, transform: sed('s/a/é/') }, 'a'],
    [{ transform: [{ sed: 's/a/b/', hits: '0+' }] }, 'x'],
    [{ transform: [{ json: [{ path: '$..h', set: 1, hits: 2 }] }] }, '[{"h":0},{"h":0}]'],
    [{ transform: [{ json: [{ path: '$..h', set: 1, hits: 2 }], mode: 'auto' }] }, 'passed over'],
  ])('%j on %s', (destination, text) => {
    expect(failureOf(() => transformed(destination, text))).toBe('none');
  });
});

describe('a broken contract names rule and key path', () => {
  test.each([
    [
      { expect: { json: 'valid' }, transform: sed('s/}//') },
      '{"a":1}',
      'dr.expect.json: after x.sed the value is not JSON any more',
    ],
    [
      { expect: { json: 'same-keys' }, transform: sed('s/"c"/"d"/') },
      '{"a":[{"b.x":{"c":1}}]}',
      "dr.expect.json: $.a[0]['b.x'].c is missing in the result",
    ],
    [
      { expect: { json: 'same-keys' }, transform: [{ json: [{ path: '$.n', set: 1 }] }] },
      '{"a":1}',
      'dr.expect.json: $.n is new in the result',
    ],
    [
      { expect: { changed: true }, transform: sed('s/x/y/') },
      'a',
      'dr.expect.changed: the rules left the value as it was',
    ],
    [{ expect: { changed: false }, transform: sed('s/a/y/') }, 'a', 'dr.expect.changed: x.sed changed the value'],
    [
      { expect: { absent: ['nothing', '${SOURCE_REGION}'] } },
      'a\nb us-east-1',
      'dr.expect.absent[1]: the text is left over at line 2 of the result',
    ],
    [
      { expect: { absent: ['a/b'] } },
      '{"x":[0,"http:\\/\\/a\\/b"]}',
      'dr.expect.absent[0]: the text is left over at $.x[1]',
    ],
    [
      { expect: { absent: ['old'] } },
      '{"x":{"old":1}}',
      'dr.expect.absent[0]: the text is left over at the name of a member of $.x',
    ],
    [
      { expect: { absent: ['5432'] } },
      '{"x":5432}',
      'dr.expect.absent[0]: the text is left over at line 1 of the result',
    ],
    [
      { expect: { hits: 2 }, transform: sed('s/a/b/') },
      'a',
      'dr.expect.hits: the rules together hit once, and must hit exactly 2 times',
    ],
    [
      { expect: { hits: '1+' }, transform: sed('s/a/b/') },
      'x',
      'dr.expect.hits: the rules together hit 0 times, and must hit at least once',
    ],
    [
      { expect: { maxBytes: 2 }, transform: sed('s/a/é!/') },
      'a',
      'dr.expect.maxBytes: the result has 3 bytes, more than 2',
    ],
    [
      { transform: [{ sed: 's/a/b/', name: 'x.sed', hits: '1+' }] },
      'x',
      'x.sed hit 0 times, and must hit at least once',
    ],
    [
      { transform: [{ json: [{ path: '$.h', set: 1, hits: 0 }] }] },
      '{"h":2}',
      'dr.transform[0].json[0] hit once, and must hit exactly 0 times',
    ],
  ])('%j on %s', (destination, text, sentence) => {
    expect(failureOf(() => transformed(destination, text))).toBe(`ContractBroken: ${sentence}`);
  });
});

test('a contract binds its variables for each secret', () => {
  const rules = rulesOf({ expect: { absent: ['${SECRET_NAME}'] } });

  expect(failureOf(() => rules.bind(placeOf('app/a')).run(new SecretValue('app/b')))).toBe('none');
  expect(failureOf(() => rules.bind(placeOf('app/b')).run(new SecretValue('app/b')))).toMatch('ContractBroken');
});
