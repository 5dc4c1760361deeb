import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What another program prints that has the built package and nothing else. */
function printedBy(program: string): string {
  const argv = ['--input-type=module', '--eval', `import * as sed from 'secrets-replicator/sed';${program}`];
  return execFileSync(process.execPath, argv, { cwd: ROOT, encoding: 'utf8' });
}

describe('secrets-replicator/sed, as another program imports it', () => {
  test('has one door with these names', () => {
    expect(printedBy('console.log(Object.keys(sed).sort().join(" "))')).toBe('SedError bind compile pipe run\n');
  });

  test('compiles, binds and runs', () => {
    const program = "sed.bind(sed.compile('s/a/${NAME}/', { variables: true }), { NAME: '&' })";
    expect(printedBy(`console.log(sed.run(${program}, 'abc').output)`)).toBe('&bc\n');
  });

  test('loads nothing but the language', () => {
    const { inputs } = JSON.parse(readFileSync(new URL('../../dist/meta/sed/meta.json', import.meta.url), 'utf8'));
    expect(Object.keys(inputs).filter((path) => !path.startsWith('src/sed/'))).toEqual([]);
  });
});
