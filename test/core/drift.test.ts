import { describe, expect, test } from '@jest/globals';
import { driftOf } from '../../src/core/drift.js';
import type { VersionId } from '../../src/core/names.js';
import type { Step } from '../../src/core/plan.js';
import { describedSecret } from '../support/described-secret.js';

const source = describedSecret({
  region: 'us-east-1',
  name: 'app/db',
  versions: { v3: ['AWSCURRENT'], v2: ['AWSPREVIOUS'] },
});
const PUT: Step = { kind: 'update', prepare: [], value: 'put', from: undefined };
const derived = (text: string) => text.repeat(64).slice(0, 64) as VersionId;
/** Under rules a version of ours has 64 hex digits: `2222…` for v2. */
const underRules = (version: VersionId) => derived(version.slice(1));
const asIs = (version: VersionId) => version;

function kind(step: Step, current: string | undefined, tokenOf = underRules) {
  const versions = current === undefined ? {} : { [current]: ['AWSCURRENT'] };
  const replica = describedSecret({ region: 'us-west-2', name: 'app/db', versions });
  return driftOf({ step, source, replica, tokenOf });
}

describe('what a step says of a replica', () => {
  test.each<[string, Step, string | undefined]>([
    ['absent', { kind: 'create' }, 'missing'],
    ['in order', { kind: 'unchanged' }, undefined],
    ['held by an operator', { kind: 'held' }, undefined],
    ['of somebody else', { kind: 'blocked', reason: 'Foreign' }, 'foreign'],
    ['of another source', { kind: 'blocked', reason: 'OwnedByAnother' }, 'foreign'],
    ['that rotates', { kind: 'blocked', reason: 'RotationEnabled' }, 'blocked'],
    ['listed for adoption', { ...PUT, prepare: ['adopt'] }, 'adoptable'],
    ['scheduled for deletion', { ...PUT, prepare: ['restore'] }, 'scheduled-for-deletion'],
    ['with other tags', { ...PUT, value: 'keep', metadata: { tags: new Map() } }, 'metadata'],
  ])('%s', (_title, step, expected) => {
    expect(kind(step, 'v3')).toBe(expected);
  });
});

describe('a value that is not the wanted one', () => {
  test.each([
    ['of an older version of the source', derived('2'), underRules, 'stale-version'],
    ['the same without rules', 'v2', asIs, 'stale-version'],
    ['derived from other rules', derived('a'), underRules, 'stale-rules'],
    ['from the time before there were rules', 'v3', underRules, 'stale-rules'],
    ['from the time when there were rules', derived('a'), asIs, 'stale-rules'],
    ['put by somebody', '2f1c0d9e-2f6a-4b0e-8a39-6c1f0b7d2e55', underRules, 'changed-at-destination'],
    ['that is not there', undefined, underRules, 'changed-at-destination'],
  ])('%s', (_title, current, tokenOf, expected) => {
    expect(kind(PUT, current, tokenOf)).toBe(expected);
  });
});
