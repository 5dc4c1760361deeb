import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type { SecretState } from '../../src/sandbox/secrets-manager/state.js';
import { ACCOUNT, REGION, world } from './world.js';

const LABELS = ['AWSCURRENT', 'AWSPREVIOUS', 'AWSPENDING', 'GOOD'] as const;
const token = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const version = fc.integer({ min: 1, max: 5 });
const label = fc.constantFrom(...LABELS);

/** Calls as they come, most of them refused. */
const call = fc.oneof(
  fc.record({
    operation: fc.constant('PutSecretValue'),
    version,
    stages: fc.option(fc.uniqueArray(label, { minLength: 1 }), { nil: undefined }),
  }),
  fc.record({
    operation: fc.constant('UpdateSecretVersionStage'),
    label,
    to: fc.option(version, { nil: undefined }),
    from: fc.option(version, { nil: undefined }),
  }),
);

type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;

function inputOf(made: Call): Record<string, unknown> {
  if ('version' in made) {
    return {
      ClientRequestToken: token(made.version),
      SecretString: `value ${made.version}`,
      VersionStages: made.stages,
    };
  }
  return {
    VersionStage: made.label,
    ...(made.to === undefined ? {} : { MoveToVersionId: token(made.to) }),
    ...(made.from === undefined ? {} : { RemoveFromVersionId: token(made.from) }),
  };
}

function holders(secret: SecretState, wanted: string): number {
  return secret.versions.filter(({ stages }) => stages.includes(wanted)).length;
}

test('whatever is called, a label sits on one version at most, AWSCURRENT on exactly one, and values never change', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 25 }), async (calls) => {
      const { sandbox } = world();
      sandbox.seed(ACCOUNT, REGION, { name: 'app/db', string: 'value 1', versionId: token(1) });
      for (const made of calls) {
        await sandbox.gateway.answer({
          path: '/',
          origin: '',
          headers: {
            authorization: `AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE/20261102/${REGION}/secretsmanager/aws4_request`,
            'content-type': 'application/x-amz-json-1.1',
            'x-amz-target': `secretsmanager.${made.operation}`,
          },
          body: JSON.stringify({ SecretId: 'app/db', ...inputOf(made) }),
        });
        const secret = sandbox.secret(ACCOUNT, REGION, 'app/db');
        if (secret === undefined) throw new Error('the secret is gone');
        expect(LABELS.map((wanted) => holders(secret, wanted) <= 1)).toEqual(LABELS.map(() => true));
        expect(holders(secret, 'AWSCURRENT')).toBe(1);
        for (const { id, string } of secret.versions) expect(string).toBe(`value ${Number(id.slice(-12))}`);
      }
    }),
    { numRuns: 200 },
  );
});
