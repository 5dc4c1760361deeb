import { describe, expect, test } from '@jest/globals';
import { ReplicatorError } from '../../src/core/failure.js';
import type { SecretArn, VersionId } from '../../src/core/names.js';
import { SecretValue } from '../../src/core/secret-value.js';
import type { VersionedValue } from '../../src/flow/ports.js';
import { SharedReads } from '../../src/flow/shared-reads.js';

const arn = (number: number) => `arn:${number}` as SecretArn;
const valueOf = (secret: SecretArn): VersionedValue => ({
  version: `version of ${secret}` as VersionId,
  value: new SecretValue('text'),
});

/** A source that tells its calls; what `unreadable` names fails alone and is missing together. */
function source({ unreadable = [] as readonly SecretArn[], batches = true } = {}) {
  const calls: string[] = [];
  return {
    calls,
    read: async (secret: SecretArn) => {
      calls.push(`one: ${secret}`);
      if (unreadable.includes(secret)) throw new ReplicatorError('AccessDenied', 'no');
      return valueOf(secret);
    },
    readMany: async (secrets: readonly SecretArn[]) => {
      calls.push(`together: ${secrets.length}`);
      if (!batches) throw new ReplicatorError('AccessDenied', 'no');
      return new Map(
        secrets.filter((secret) => !unreadable.includes(secret)).map((secret) => [secret, valueOf(secret)]),
      );
    },
  };
}

describe('reads of the source', () => {
  test('asked for in one turn share calls of at most 20', async () => {
    const from = source();
    const reads = new SharedReads(from);
    const values = await Promise.all(Array.from({ length: 25 }, (_each, index) => reads.read(arn(index))));
    expect(values.map(({ version }) => version)).toEqual(values.map((_each, index) => `version of arn:${index}`));
    expect(from.calls).toEqual(['together: 20', 'together: 5']);
  });

  test('asked for while a call is under way share the next one', async () => {
    const from = source();
    const reads = new SharedReads(from);
    const first = reads.read(arn(1));
    await Promise.resolve();
    await Promise.resolve();
    await Promise.all([first, reads.read(arn(2)), reads.read(arn(3))]);
    expect(from.calls).toEqual(['one: arn:1', 'together: 2']);
  });

  test('of the same secret are one', async () => {
    const from = source();
    const reads = new SharedReads(from);
    await Promise.all([reads.read(arn(1)), reads.read(arn(1))]);
    expect(from.calls.filter((made) => made.startsWith('together'))).toEqual([]);
  });

  test('tell of the one that cannot be read, and answer the others', async () => {
    const from = source({ unreadable: [arn(2)] });
    const reads = new SharedReads(from);
    const ended = await Promise.allSettled([1, 2, 3].map((number) => reads.read(arn(number))));
    expect(ended.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(ended[1]).toMatchObject({ reason: { code: 'AccessDenied' } });
  });

  test('go one by one where sharing is not allowed, and ask for that once', async () => {
    const from = source({ batches: false });
    const reads = new SharedReads(from);
    await Promise.all([reads.read(arn(1)), reads.read(arn(2))]);
    await Promise.all([reads.read(arn(3)), reads.read(arn(4))]);
    expect(from.calls).toEqual(['together: 2', 'one: arn:1', 'one: arn:2', 'one: arn:3', 'one: arn:4']);
  });
});
