import { describe, expect, test } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { bind, compile, run } from '../../src/sed/index.js';
import { parseCases } from './case-file.js';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(new URL('../../docs/sedfile-language.md', import.meta.url), 'utf8');
const blocks = (kind: string) =>
  [...page.matchAll(new RegExp(`\`\`\`${kind}\\n(.*?)\`\`\``, 'gs'))].map(([, block = ''], index) => ({
    index,
    block,
  }));

/** What a shell prints, in which the built filter goes by its name. */
function shown(command: string): string {
  const filter = `secrets-replicator() { "${process.execPath}" bin/secrets-replicator.mjs "$@"; }`;
  return execFileSync('bash', ['-c', `${filter}\n${command} || true`], { cwd: ROOT, encoding: 'utf8' });
}

describe('docs/sedfile-language.md', () => {
  test.each(blocks('sed'))('example $index does what it shows', ({ block }) => {
    const [, name, value] = /^\$\{([A-Z]+)\}=(.*)\n/.exec(block) ?? [];
    const [one] = parseCases(name === undefined ? block : block.slice(block.indexOf('\n') + 1));
    if (one === undefined) throw new Error('an example without lines');
    const program = compile(one.script, { extended: one.options.includes('E'), variables: name !== undefined });
    const { output, exitCode } = run(bind(program, name === undefined ? {} : { [name]: value ?? '' }), one.input);
    expect(Buffer.from(output).toString()).toBe(Buffer.from(one.output).toString());
    expect(exitCode).toBe(one.exit);
  });

  test.each(blocks('sh'))('command block $index prints what it shows', ({ block }) => {
    for (const example of block.split(/^\$ /m).slice(1)) {
      const end = example.indexOf('\n');
      expect(shown(example.slice(0, end))).toBe(example.slice(end + 1));
    }
  });

  test.each(blocks('js'))('program $index prints what it shows', ({ block }) => {
    const printed = execFileSync(process.execPath, ['--input-type=module', '--eval', block], {
      cwd: ROOT,
      encoding: 'utf8',
    });
    expect(printed).toBe([...block.matchAll(/^\/\/ (.*\n)/gm)].map(([, line = '']) => line).join(''));
  });

  test('has examples of every kind', () =>
    expect(['sed', 'sh', 'js'].map((kind) => blocks(kind).length > (kind === 'sed' ? 12 : 0))).toEqual([
      true,
      true,
      true,
    ]));
});
