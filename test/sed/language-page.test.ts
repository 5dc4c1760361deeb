import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { bind, compile, run } from '../../src/sed/index.js';
import { parseCases } from './case-file.js';

const page = readFileSync(new URL('../../docs/sedfile-language.md', import.meta.url), 'utf8');
const blocks = [...page.matchAll(/```sed\n(.*?)```/gs)].map(([, text = '']) => text);

describe('docs/sedfile-language.md', () => {
  test.each(blocks.map((block, index) => ({ index, block })))('example $index does what it shows', ({ block }) => {
    const [, name, value] = /^\$\{([A-Z]+)\}=(.*)\n/.exec(block) ?? [];
    const [one] = parseCases(name === undefined ? block : block.slice(block.indexOf('\n') + 1));
    if (one === undefined) throw new Error('an example without lines');
    const program = compile(one.script, { extended: one.options.includes('E'), variables: name !== undefined });
    const bound = bind(program, name === undefined ? {} : { [name]: value ?? '' });
    expect(Buffer.from(run(bound, one.input).output).toString()).toBe(Buffer.from(one.output).toString());
  });

  test('has examples', () => expect(blocks.length).toBeGreaterThan(7));
});
