import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { check } from '../../src/cli/commands/check.js';
import { folderWith } from '../support/folder.js';

const WEST = { region: 'us-west-2', transform: [{ sed: 's/a/b/' }] };
const fileOf = (...destinations: readonly object[]) =>
  JSON.stringify({ version: 1, source: { region: 'us-east-1' }, destinations });

function checked(given: object) {
  const folder = folderWith({
    'deployed.yaml': fileOf(WEST),
    'given.yaml': JSON.stringify(given),
    'x.sed': 's/a/c/',
  });
  const said: string[] = [];
  const say = (line: string) => said.push(line);
  const [file, output] = [`${folder}/given.yaml`, `${folder}/out.json`];
  const options = { file, json: false, output, deployed: `${folder}/deployed.yaml` };
  const exit = check({ out: say, err: say, interrupted: async () => undefined }, options);
  return { exit, said: said.join('\n').replaceAll(`${folder}/`, ''), output };
}

test('a configuration with other rules than the deployed one is written as the function reads it', () => {
  const rules = { ...WEST, transform: [{ sedfile: 'x.sed' }], variables: { A: '1' } };
  const { exit, said, output } = checked(JSON.parse(fileOf(rules)));
  expect([exit, said]).toEqual([0, 'given.yaml is right: 1 destination.']);
  expect(JSON.parse(readFileSync(output, 'utf8'))).toMatchObject({
    destinations: [{ region: 'us-west-2', transform: [{ sed: 's/a/c/', name: 'x.sed' }], variables: { A: '1' } }],
  });
});

test.each([
  [
    'more than rules differ',
    JSON.parse(fileOf({ ...WEST, rename: 's/a/b/' })),
    /^given.yaml destinations\[0\]\.rename is not as/,
  ],
  ['it is wrong', JSON.parse(fileOf({ ...WEST, colour: 'red' })), /^given.yaml:1:\d+ .*colour/],
  [
    'a case fails',
    JSON.parse(fileOf({ ...WEST, tests: [{ secret: 'x', input: 'a', output: 'c' }] })),
    /case "x" of destination/,
  ],
  [
    'it is too large for an object',
    JSON.parse(fileOf({ ...WEST, transform: Array.from({ length: 2 }, () => ({ sed: `#${'x'.repeat(300_000)}` })) })),
    /at most 524288/,
  ],
])('nothing is written where %s', (_, given, reason) => {
  const { exit, said, output } = checked(given);
  expect(exit).toBe(1);
  expect(said).toMatch(reason);
  expect(existsSync(output)).toBe(false);
});
