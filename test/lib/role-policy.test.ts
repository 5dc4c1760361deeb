import { describe, expect, test } from '@jest/globals';
import { allows, type Statement } from './support/role-policy.js';

const ARN = 'arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db-aB3dE5';
const statement = (part: Partial<Statement>): Statement => ({
  Effect: 'Allow',
  Action: 'sm:Put',
  Resource: '*',
  ...part,
});
const under = (condition: NonNullable<Statement['Condition']>, context: Record<string, string | string[]>) =>
  allows([statement({ Condition: condition })], { action: 'sm:Put', resource: ARN, context });

describe('a policy, as the user guide of IAM describes it', () => {
  test('takes actions in any case, and resources in theirs', () => {
    const policy = [statement({ Action: ['sm:Get*', 'SM:Put'], Resource: ARN })];
    expect(allows(policy, { action: 'sm:put', resource: ARN })).toBe(true);
    expect(allows(policy, { action: 'sm:GetAny', resource: ARN })).toBe(true);
    expect(allows(policy, { action: 'sm:PutAny', resource: ARN })).toBe(false);
    expect(allows(policy, { action: 'sm:Put', resource: ARN.replace('app', 'App') })).toBe(false);
  });

  test('has * for any run of characters, / included, ? for exactly one, and nothing else for more than itself', () => {
    const may = (Resource: string, resource: string) =>
      allows([statement({ Resource })], { action: 'sm:Put', resource });
    expect(may('secret:app/*-??????', 'secret:app/a/b-aB3dE5')).toBe(true);
    expect(may('secret:app/*-??????', 'secret:app/db-aB3d')).toBe(false);
    expect(may('secret:a.p', 'secret:app')).toBe(false);
    expect(may('secret:app', 'secret:app2')).toBe(false);
  });

  test('refuses what nothing allows, and what anything denies', () => {
    const allowed = statement({ Resource: 'app/*' });
    const denied = statement({ Effect: 'Deny', Resource: 'app/internal/*' });
    expect(allows([denied, allowed], { action: 'sm:Put', resource: 'app/db' })).toBe(true);
    expect(allows([allowed, denied], { action: 'sm:Put', resource: 'app/internal/db' })).toBe(false);
    expect(allows([allowed], { action: 'sm:Put', resource: 'other' })).toBe(false);
    expect(allows([], { action: 'sm:Put', resource: 'app/db' })).toBe(false);
  });

  test('wants every condition and every key of one, and any of its values', () => {
    const condition = { StringEquals: { a: ['1', '2'], b: '3' }, StringLike: { c: 'x*' } };
    expect(under(condition, { a: '2', B: '3', c: 'xyz' })).toBe(true);
    expect(under(condition, { a: '2', b: '4', c: 'xyz' })).toBe(false);
    expect(under(condition, { a: '2', b: '3', c: 'y' })).toBe(false);
  });

  test('takes a key that is not there for a mismatch, but with IfExists and where an operator is negated', () => {
    expect(under({ StringEquals: { a: '1' } }, {})).toBe(false);
    expect(under({ StringLike: { a: '*' } }, {})).toBe(false);
    expect(under({ BoolIfExists: { a: 'false' } }, {})).toBe(true);
    expect(under({ BoolIfExists: { a: 'false' } }, { a: 'true' })).toBe(false);
    expect(under({ StringNotEquals: { a: '1' } }, {})).toBe(true);
    expect(under({ StringNotEquals: { a: '1' } }, { a: '1' })).toBe(false);
  });

  test('compares values in their case, and booleans in any', () => {
    expect(under({ StringEquals: { a: 'App' } }, { a: 'app' })).toBe(false);
    expect(under({ StringLike: { a: 'App*' } }, { a: 'app/db' })).toBe(false);
    expect(under({ Bool: { a: 'true' } }, { a: 'True' })).toBe(true);
    expect(under({ StringEquals: { a: 'a*' } }, { a: 'ab' })).toBe(false);
  });

  test('needs a set operator for a key with several values', () => {
    expect(under({ StringEquals: { keys: ['x', 'y'] } }, { keys: ['x', 'y'] })).toBe(false);
    expect(under({ 'ForAllValues:StringEquals': { keys: ['x', 'y'] } }, { keys: ['x', 'y'] })).toBe(true);
    expect(under({ 'ForAllValues:StringEquals': { keys: ['x'] } }, { keys: ['x', 'y'] })).toBe(false);
    expect(under({ 'ForAllValues:StringEquals': { keys: ['x'] } }, {})).toBe(true);
    expect(under({ 'ForAllValues:StringNotEquals': { keys: ['x'] } }, { keys: ['y', 'x'] })).toBe(false);
    expect(under({ 'ForAllValues:StringNotEquals': { keys: ['x'] } }, { keys: ['y'] })).toBe(true);
    expect(under({ 'ForAnyValue:StringEquals': { keys: ['x'] } }, { keys: ['y', 'x'] })).toBe(true);
    expect(under({ 'ForAnyValue:StringEquals': { keys: ['x'] } }, {})).toBe(false);
  });

  test('compares ARNs part by part', () => {
    const condition = { ArnLike: { a: 'arn:aws:events:us-east-1:111122223333:rule/*' } };
    expect(under(condition, { a: 'arn:aws:events:us-east-1:111122223333:rule/Native' })).toBe(true);
    expect(under(condition, { a: 'arn:aws:events:eu-west-1:111122223333:rule/Native' })).toBe(false);
    expect(under({ ArnLike: { a: 'arn:aws:*:rule/x' } }, { a: 'arn:aws:events:us-east-1:111122223333:rule/x' })).toBe(
      false,
    );
  });

  test('is not guessed at: what the evaluator does not know, it says', () => {
    const call = { action: 'sm:Put', resource: ARN, context: { a: '1' } };
    expect(() => under({ NumericLessThan: { a: '2' } }, { a: '1' })).toThrow('does not know NumericLessThan');
    expect(() => allows([statement({ Resource: 'secret:${aws:username}' })], call)).toThrow(
      'does not know the variable',
    );
    const inverted = { Effect: 'Allow', NotAction: 'sm:Get', Resource: '*' } as unknown as Statement;
    expect(() => allows([inverted], call)).toThrow('does not know NotAction');
  });
});
