import { describe, expect, test } from '@jest/globals';
import { grantsFor } from '../../src/core/access/function-access.js';
import { parseConfig } from '../../src/core/check-config.js';
import type { DestinationConfig } from '../../src/core/config.js';
import { asOurs, DELETION, ours, secret, sm, SOURCE } from './support/calls.js';
import { allows, type Statement } from './support/role-policy.js';
import { ACCOUNT } from './support/template-resources.js';

const config = {
  version: 1,
  source: { region: SOURCE, select: { include: ['app/*'] } },
  destinations: [{ region: 'us-west-2' }],
};

/** The statements for one destination, with this part of its configuration. */
function statementsWith(part: Partial<DestinationConfig>): readonly Statement[] {
  const parsed = parseConfig(config);
  const destinations = parsed.destinations.map((destination) => ({ ...destination, ...part }));
  const grants = grantsFor({ config: { ...parsed, destinations }, place: { partition: 'aws', account: ACCOUNT } });
  return grants.map(({ effect, actions, resources, conditions = {} }) => ({
    Effect: effect ?? 'Allow',
    Action: actions,
    Resource: resources,
    Condition: conditions,
  }));
}

describe('what a configuration asks for', () => {
  const retag = (keys: readonly string[]) =>
    sm('TagResource', secret('us-west-2', 'app/db'), { ...ours, 'aws:TagKeys': keys });
  const create = (keys: readonly string[]) =>
    sm('CreateSecret', secret('us-west-2', 'app/db'), {
      ...asOurs,
      'aws:TagKeys': ['secrets-replicator:source', ...keys],
    });

  test('deletion, and then with a way back only and of its own replicas only', () => {
    const deleting = statementsWith({ onDelete: { recoveryDays: 7, maxPerRun: 5, maxPercent: 5 } });
    expect(allows(deleting, DELETION)).toBe(true);
    const forced = { ...ours, 'secretsmanager:ForceDeleteWithoutRecovery': 'true' };
    expect(allows(deleting, sm('DeleteSecret', secret('us-west-2', 'app/db'), forced))).toBe(false);
    expect(allows(deleting, sm('DeleteSecret', secret('us-west-2', 'app/db')))).toBe(false);
    expect(allows(deleting, sm('DeleteSecret', secret(SOURCE, 'app/db'), ours))).toBe(false);
    expect(allows(statementsWith({}), DELETION)).toBe(false);
  });

  test('tags that are fixed, and no others', () => {
    const fixed = statementsWith({ metadata: { description: 'copy', tags: { fixed: { team: 'blue' } } } });
    expect(allows(fixed, create(['team']))).toBe(true);
    expect(allows(fixed, retag(['team']))).toBe(true);
    expect(allows(fixed, create(['cost']))).toBe(false);
    expect(allows(fixed, retag(['cost']))).toBe(false);
    expect(allows(fixed, retag(['secrets-replicator:source']))).toBe(false);
  });

  test('tags as the source has them, but never another owner', () => {
    const copied = statementsWith({ metadata: { description: 'copy', tags: 'copy' } });
    expect(allows(copied, create(['anything']))).toBe(true);
    expect(allows(copied, retag(['anything']))).toBe(true);
    expect(allows(copied, retag(['anything', 'secrets-replicator:source']))).toBe(false);
    expect(allows(copied, sm('TagResource', secret('us-west-2', 'app/db'), { 'aws:TagKeys': ['anything'] }))).toBe(
      false,
    );
    expect(allows(statementsWith({}), retag(['anything']))).toBe(false);
  });

  test('tags taken off where they are copied, but never the owner or a hold', () => {
    const off = (keys: readonly string[], context = ours) =>
      sm('UntagResource', secret('us-west-2', 'app/db'), { ...context, 'aws:TagKeys': keys });
    const copied = statementsWith({ metadata: { description: 'copy', tags: 'copy' } });
    expect(allows(copied, off(['anything']))).toBe(true);
    expect(allows(copied, off(['anything', 'secrets-replicator:source']))).toBe(false);
    expect(allows(copied, off(['secrets-replicator:held']))).toBe(false);
    expect(allows(copied, off(['anything'], {} as typeof ours))).toBe(false);
    const fixed = statementsWith({ metadata: { description: 'copy', tags: { fixed: { team: 'blue' } } } });
    expect(allows(fixed, off(['team']))).toBe(false);
  });

  test('no change of description or key where neither is wanted', () => {
    const plain = statementsWith({ metadata: { description: 'none', tags: 'none' } });
    expect(allows(plain, sm('UpdateSecret', secret('us-west-2', 'app/db'), ours))).toBe(false);
    expect(allows(plain, sm('PutSecretValue', secret('us-west-2', 'app/db'), ours))).toBe(true);
  });
});
