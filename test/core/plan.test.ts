import { describe, expect, test } from '@jest/globals';
import { needsValue, planStep, type StepInput } from '../../src/core/plan.js';
import { HELD_TAG, ownerOf, OWNER_TAG } from '../../src/core/ownership.js';
import type { Region, VersionId } from '../../src/core/names.js';
import { describedSecret } from '../support/described-secret.js';

const source = describedSecret({
  region: 'us-east-1',
  name: 'app/db',
  versions: { v2: ['AWSCURRENT'], v1: ['AWSPREVIOUS'] },
});
const mine = { [OWNER_TAG]: ownerOf(source) };
const token = 'wanted' as VersionId;

function step(given: Partial<StepInput>) {
  return planStep({ source, token, region: 'us-west-2' as Region, replica: undefined, mayAdopt: false, ...given });
}

function replica(given: Omit<Parameters<typeof describedSecret>[0], 'region' | 'name'>) {
  return describedSecret({ region: 'us-west-2', name: 'app/db', tags: mine, ...given });
}

describe('the table of steps', () => {
  test('absent is created', () => {
    expect(step({})).toEqual({ kind: 'create' });
  });

  test('ours with the wanted version current is unchanged', () => {
    expect(step({ replica: replica({ versions: { wanted: ['AWSCURRENT'] } }) })).toEqual({ kind: 'unchanged' });
  });

  test('ours with the wanted version on another label is promoted from the current one', () => {
    const observed = replica({ versions: { newer: ['AWSCURRENT'], wanted: ['AWSPREVIOUS'] } });
    expect(step({ replica: observed })).toEqual({ kind: 'update', prepare: [], value: 'promote', from: 'newer' });
  });

  test('ours without the wanted version gets it put', () => {
    const observed = replica({ versions: { older: ['AWSCURRENT'] } });
    expect(step({ replica: observed })).toEqual({ kind: 'update', prepare: [], value: 'put', from: 'older' });
  });

  test('ours whose wanted version was held off stays as it is, and is restored without it', () => {
    const tags = { ...mine, [HELD_TAG]: token };
    const versions = { older: ['AWSCURRENT'], wanted: ['AWSPREVIOUS'] };
    expect(step({ replica: replica({ versions, tags }) })).toEqual({ kind: 'held' });
    expect(step({ replica: replica({ versions, tags, deletedAt: 1 }) })).toMatchObject({
      prepare: ['restore'],
      value: 'keep',
    });
  });

  test('a hold on another version than the wanted one means nothing', () => {
    const observed = replica({ versions: { older: ['AWSCURRENT'] }, tags: { ...mine, [HELD_TAG]: 'another' } });
    expect(step({ replica: observed })).toMatchObject({ kind: 'update', value: 'put' });
  });

  test('ours without any value gets one put', () => {
    expect(step({ replica: replica({ versions: {} }) })).toEqual({
      kind: 'update',
      prepare: [],
      value: 'put',
      from: undefined,
    });
  });

  test('ours scheduled for deletion is restored, and then as above', () => {
    const value = (versions: Record<string, string[]>) => step({ replica: replica({ versions, deletedAt: 1 }) });
    expect(value({ wanted: ['AWSCURRENT'] })).toEqual({
      kind: 'update',
      prepare: ['restore'],
      value: 'keep',
      from: 'wanted',
    });
    expect(value({ older: ['AWSCURRENT'] })).toEqual({
      kind: 'update',
      prepare: ['restore'],
      value: 'put',
      from: 'older',
    });
  });

  test('not ours is blocked, whatever state it is in', () => {
    const foreign = { kind: 'blocked', reason: 'Foreign' };
    expect(step({ replica: replica({ versions: { a: ['AWSCURRENT'] }, tags: {} }) })).toEqual(foreign);
    expect(step({ replica: replica({ versions: { wanted: ['AWSCURRENT'] }, tags: {} }) })).toEqual(foreign);
    expect(step({ replica: replica({ versions: {}, tags: {}, deletedAt: 1 }) })).toEqual(foreign);
  });

  test("another source's replica is blocked", () => {
    const other = ownerOf(describedSecret({ region: 'us-east-1', name: 'app/other', versions: {} }));
    const observed = replica({ versions: { a: ['AWSCURRENT'] }, tags: { [OWNER_TAG]: other } });
    expect(step({ replica: observed })).toEqual({ kind: 'blocked', reason: 'OwnedByAnother' });
  });

  test('not ours but listed is adopted, restored first where it must be', () => {
    const observed = { versions: { a: ['AWSCURRENT'] }, tags: {} };
    expect(step({ mayAdopt: true, replica: replica(observed) })).toMatchObject({ prepare: ['adopt'], value: 'put' });
    expect(step({ mayAdopt: true, replica: replica({ ...observed, deletedAt: 1 }) })).toMatchObject({
      prepare: ['restore', 'adopt'],
    });
  });

  test.each([
    ['NativeReplica', { primaryRegion: 'us-east-1' as Region }],
    ['ManagedByService', { owningService: 'rds' }],
    ['RotationEnabled', { rotationEnabled: true }],
  ])('%s is blocked with that reason, adoptable or not', (reason, state) => {
    const observed = replica({ versions: { a: ['AWSCURRENT'] }, ...state });
    expect(step({ replica: observed })).toEqual({ kind: 'blocked', reason });
    expect(step({ replica: observed, mayAdopt: true })).toEqual({ kind: 'blocked', reason });
  });

  test('a primary that AWS replicates elsewhere may be written', () => {
    const observed = replica({ versions: { a: ['AWSCURRENT'] }, primaryRegion: 'us-west-2' as Region });
    expect(step({ replica: observed })).toMatchObject({ value: 'put' });
  });

  test('the source itself is never written', () => {
    expect(step({ replica: source, mayAdopt: true })).toEqual({ kind: 'blocked', reason: 'SourceItself' });
  });

  test('only create and put need a value', () => {
    expect(needsValue({ kind: 'create' })).toBe(true);
    expect(needsValue({ kind: 'update', prepare: [], value: 'put', from: undefined })).toBe(true);
    expect(needsValue({ kind: 'update', prepare: ['restore'], value: 'promote', from: undefined })).toBe(false);
    expect(needsValue({ kind: 'unchanged' })).toBe(false);
  });
});

describe('the owner of a replica', () => {
  test('is the source without its random suffix, so a source made anew keeps its replica', () => {
    const again = { ...source, arn: source.arn.replace(/-\w{6}$/, '-ZZZZZZ') as typeof source.arn };
    expect(ownerOf(again)).toBe(ownerOf(source));
    expect(ownerOf(source)).toBe('arn:aws:secretsmanager:us-east-1:111122223333:secret:app/db');
  });

  test('of a very long name still fits into a tag and still starts with the place', () => {
    const long = describedSecret({ region: 'us-east-1', name: 'n'.repeat(512), versions: {} });
    expect(ownerOf(long)).toMatch(/^arn:aws:secretsmanager:us-east-1:111122223333:secret:sha256\/[0-9a-f]{64}$/);
    expect(ownerOf(long).length).toBeLessThanOrEqual(256);
  });
});
