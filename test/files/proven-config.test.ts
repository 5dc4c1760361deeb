import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { provenConfig } from '../../src/files/proven-config.js';

const folder = mkdtempSync(join(tmpdir(), 'proven-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

function configWith(output: string): string {
  const path = join(folder, 'replicator.yaml');
  writeFileSync(
    path,
    `version: 1
source: { region: us-east-1 }
destinations:
  - region: us-west-2
    transform: [{ sed: s/east/west/ }]
    tests:
      - { secret: app/db, input: us-east-1, output: ${output} }
`,
  );
  return path;
}

describe('a configuration that may be deployed', () => {
  test('is one whose cases hold', () => {
    expect(provenConfig(configWith('us-west-1')).rules).toHaveLength(1);
  });

  test('is not one with a case that fails, and the place of the case is told without its values', () => {
    const path = configWith('us-south-1');
    expect(() => provenConfig(path)).toThrow(`${path}:7:9 case "app/db" of destination us-west-2 fails: `);
    expect(() => provenConfig(path)).not.toThrow(/us-south-1|us-east-1/);
  });
});
