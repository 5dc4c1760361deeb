import { expect, test } from '@jest/globals';
import { noSedfiles } from '../../src/core/sedfile-steps.js';
import { compileConfig } from '../../src/transform/compile-config.js';
import { runRuleTests } from '../../src/transform/rule-tests.js';

function faultsOf(destination: object, ...tests: object[]): (string | undefined)[] {
  const document = {
    version: 1,
    source: { region: 'us-east-1', select: { exclude: ['web/*'] } },
    destinations: [{ region: 'us-west-2', ...destination, tests }],
  };
  return runRuleTests(compileConfig(document, noSedfiles)).map(({ fault }) => fault);
}

const rules = { rename: 's/^app/dr/', transform: [{ sed: 's/us-east-1/${REGION}/' }] };

test('a case that holds has no fault', () => {
  expect(faultsOf(rules, { secret: 'app/db', replica: 'dr/db', input: 'x us-east-1', output: 'x us-west-2' })).toEqual([
    undefined,
  ]);
});

test('a case that does not hold says where, and quotes nothing', () => {
  expect(
    faultsOf(
      rules,
      { secret: 'app/db', input: 'x\nus-east-1', output: 'x\nus-east-1' },
      { secret: 'app/db', input: 'x', output: 'xy' },
      { secret: 'app/db', input: 'x', output: 'x', replica: 'app/db' },
      { secret: 'app/db', input: 'x', error: 'RuleFailed' },
      { secret: 'a b', input: 'x', output: 'x' },
    ),
  ).toEqual([
    'the result differs from the output at line 2, column 4 of it',
    'the result differs from the output at line 1, column 2 of it',
    'the replica is called dr/db, not app/db',
    'expected RuleFailed, but the rules gave a value',
    'InvalidName: us-west-2.rename gives a name with another character at position 2; a name has 1 to 512 letters, digits and / _ + = . @ -',
  ]);
});

test('a case may show that a secret is refused', () => {
  const contract = { expect: { absent: ['us-east-1'] } };

  expect(
    faultsOf(
      contract,
      { secret: 'app/db', input: 'us-east-1', error: 'ContractBroken' },
      { secret: 'app/db', input: 'us-east-1', error: 'ValueEmpty' },
    ),
  ).toEqual([
    undefined,
    'expected ValueEmpty, but it ended in ContractBroken: us-west-2.expect.absent[0]: the text is left over at line 1 of the result',
  ]);
});

test('a case for a secret that never comes here is a fault', () => {
  expect(
    faultsOf(
      { select: { include: ['app/*'] } },
      { secret: 'web/x', input: 'x', output: 'x' },
      { secret: 'x', input: 'x', output: 'x' },
    ),
  ).toEqual(['the source does not select this name', 'the destination does not select this name']);
});

test('a case may name the accounts that its variables stand for', () => {
  const transform = [{ sed: 's/x/${SOURCE_ACCOUNT_ID} ${ACCOUNT_ID}/' }];
  const partner = { transform, roleArn: 'arn:aws:iam::222222222222:role/r' };

  expect(
    faultsOf(
      partner,
      { secret: 's', input: 'x', output: '111122223333 222222222222' },
      {
        secret: 's',
        input: 'x',
        output: '333333333333 444444444444',
        sourceAccountId: '333333333333',
        accountId: '444444444444',
      },
    ),
  ).toEqual([undefined, undefined]);
});

test('outcomes name destination, title and place', () => {
  const document = {
    version: 1,
    source: { region: 'us-east-1' },
    destinations: [
      { region: 'eu-west-1' },
      { name: 'dr', region: 'us-west-2', tests: [{ title: 'stays', secret: 's', input: 'x', output: 'x' }] },
    ],
  };

  expect(runRuleTests(compileConfig(document, noSedfiles))).toEqual([
    { destination: 'dr', title: 'stays', path: ['destinations', 1, 'tests', 0], fault: undefined },
  ]);
});
