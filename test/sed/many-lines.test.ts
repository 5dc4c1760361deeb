import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile, run } from '../../src/sed/index.js';

const SEED = 20_240_611;

const ASSERTIONS = ['^', '$', '\\b', '\\B', '\\<', '\\>', '\\`', "\\'"];
const ATOMS = ['a', 'b', 'ab', ':', '.', '[ab]', '[^a]', '[0-9]', '\\w', '\\s', 'é', '(a|ab)', '(a|b)', '(x|)'];
const atom = fc.constantFrom(...ATOMS, ...ASSERTIONS);
const mark = fc.constantFrom('', '', '', '*', '+', '?', '{2}', '{1,2}');
const pattern = fc
  .array(
    fc.tuple(atom, mark).map(([one, times]) => (/^[\^$]|^\\[bB<>`']/.test(one) ? one : one + times)),
    { minLength: 1, maxLength: 4 },
  )
  .map((pieces) => pieces.join(''));
const substitution = fc
  .tuple(
    fc.oneof(
      pattern,
      fc.tuple(pattern, pattern).map(([a, b]) => `${a}|${b}`),
    ),
    fc.constantFrom('x', '', '[&]', '\\U&', 'é', ':'),
    fc.constantFrom('', 'g', 'g', '2', '2g', 'I', 'M', 'gM'),
  )
  .map(([matched, by, flags]) => `s/${matched}/${by}/${flags}`);
const plain = fc.oneof(
  { weight: 6, arbitrary: substitution },
  { weight: 1, arbitrary: fc.constantFrom('y/ab/bé/', 'y/a:/:a/') },
);
const address = fc
  .tuple(pattern, fc.constantFrom('', '', 'I', 'M'), fc.constantFrom('', '', '!', ' !'))
  .map(([regex, flags, negation]) => `/${regex}/${flags}${negation}`);
const addressed = fc
  .tuple(address, fc.oneof(plain, plain, fc.constant('d')))
  .map(([selected, command]) => selected + command);
const block = fc
  .tuple(
    fc.oneof(address, fc.constant('')),
    fc.array(fc.oneof(plain, addressed), { minLength: 1, maxLength: 2 }),
    fc.constantFrom('}', '}', '\n/a/{\ns/b/x/\n}\n}'),
  )
  .map(([selected, commands, end]) => `${selected}{\n${commands.join('\n')}\n${end}`);
/** What may only stand last, also at the end of a block; under -n it must. */
const printing = fc
  .tuple(
    fc.oneof(address, fc.constant('')),
    fc.oneof(
      fc.constant('p'),
      substitution.filter((command) => !/2g?$/.test(command)).map((command) => `${command}p`),
    ),
    fc.constantFrom('', '', '/a|b/', '/^.a/!'),
  )
  .map(([selected, command, around]) => (around === '' ? selected + command : `${around}{\n${selected}${command}\n}`));
const script = fc
  .tuple(
    fc.array(fc.oneof({ weight: 3, arbitrary: plain }, { weight: 2, arbitrary: addressed }, block), {
      minLength: 1,
      maxLength: 4,
    }),
    fc.option(printing, { nil: '' }),
    fc.boolean(),
  )
  .map(([commands, last, quiet]) => ({ commands: [...commands, last].join('\n'), quiet: quiet && last !== '' }));
const text = fc
  .array(fc.constantFrom('a', 'b', 'ab', '\n', '\n', '1', ' ', ':', 'é', '😀', 'A', '\0', 'a:b'), { maxLength: 25 })
  .map((pieces) => pieces.join(''));

test('what runs on many lines at once gives what it gives line by line', () => {
  const property = fc.property(script, text, fc.boolean(), ({ commands, quiet }, input, zero) => {
    const together = compile(commands, { extended: true, zero, quiet });
    // A jump to the end changes nothing, but keeps the program from running on many lines.
    const byLine = compile(`${commands}\nb`, { extended: true, zero, quiet });
    expect([together.lineLocal, byLine.lineLocal]).toEqual([true, false]);
    const { output, hits } = run(byLine, input);
    expect(run(together, input)).toMatchObject({ output, hits });
  });
  fc.assert(property, { numRuns: 2_000, seed: SEED });
});

test('a buffer holds one line, not the lines that run together', () => {
  const program = compile('s/a/bbbb/g;y/b/c/');
  const limits = { spaceUnits: 12 };
  expect(run(program, 'aaa\naa\na\n', { limits })).toMatchObject({
    output: 'cccccccccccc\ncccccccc\ncccc\n',
    hits: [{ hits: 6 }, { hits: 3 }],
  });
  expect(() => run(program, 'a\naaaa\n', { limits })).toThrow(expect.objectContaining({ code: 'space-too-large' }));
});

test('texts longer than one stretch come out line by line', () => {
  const lines = Array.from({ length: 30_000 }, (_, k) => `line ${k} of many`);
  const { output, hits } = run(compile('s/[0-9]/#/'), `${lines.join('\n')}\n`);
  expect(output).toBe(`${lines.map((line) => line.replace(/[0-9]/, '#')).join('\n')}\n`);
  expect(hits).toMatchObject([{ hits: 30_000 }]);
});
