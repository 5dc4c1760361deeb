import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bind, compile, run, SedError } from '../../src/sed/index.js';

const out = (script: string, text: string, values?: Record<string, string>): string => {
  const program = compile(script, { variables: values !== undefined });
  return run(bind(program, values ?? {}), text).output;
};
const hasNo = (mark: string) => fc.string({ unit: 'grapheme' }).filter((text) => !text.includes(mark));
const bytes = fc.uint8Array({ maxLength: 200 });

describe('laws', () => {
  test('a program without a match leaves every text as it was', () =>
    fc.assert(fc.property(hasNo('~'), (text) => out('s/~/x/g', text) === text)));

  test('an empty script gives every byte back', () =>
    fc.assert(fc.property(bytes, (input) => Buffer.from(run(compile(''), input).output).equals(input))));

  test('y there and back is nothing', () =>
    fc.assert(fc.property(hasNo('~'), (text) => out('y/abc/~cb/;y/~cb/abc/', text) === text)));

  test('a program runs the same however often it has run', () => {
    const program = compile('s/\\(a\\|b*\\)c/[\\1]/g;/x/,/y/d');
    fc.assert(fc.property(fc.string(), (text) => run(program, text).output === run(program, text).output));
  });

  test('a value in a replacement stays text', () =>
    fc.assert(fc.property(hasNo('@'), (value) => out('s/@/${V}/', '@', { V: value }) === value)));

  test('a value in a pattern matches itself and nothing else', () =>
    fc.assert(
      fc.property(
        hasNo('@').filter((value) => value !== '' && !value.includes('\n')),
        (value) =>
          out('s/@${V}@/x/', `@${value}@`, { V: value }) === 'x' &&
          out('s/@${V}@/x/', `@${value}!@`, { V: value }) !== 'x',
      ),
    ));

  test('the whole-match substitution is the identity', () =>
    fc.assert(fc.property(fc.string(), (text) => out('s/.*/&/', text) === text)));
});

describe('variables', () => {
  test.each([
    ['s/a/${V}/', 'a', '/&\\1\n', '/&\\1\n'],
    ['s/${V}/x/', 'a.b a+b', 'a+b', 'a.b x'],
    ['y/ab/${V}/', 'ab', '/\\', '/\\'],
    ['a ${V}', 'x', 'one\ntwo', 'x\none\ntwo\n'],
    ['s/[${V}]/-/g', 'a]b^c', ']^', 'a-b-c'],
    ['s/\\${V}/x/', '${V}', 'v', 'x'],
    ['s/\\(${V}\\)*$/x/', 'yabab', 'ab', 'yx'],
    ['s/${V}/x/I', 'A.B', 'a.b', 'x'],
  ])('%s', (script, input, value, expected) => expect(out(script, input, { V: value })).toBe(expected));

  test('an undefined one is an error with its place', () => {
    const program = compile('p\ns/a/${NO}/', { variables: true });
    expect(program.variables).toEqual([{ name: 'NO', file: 'script', line: 2, column: 5 }]);
    expect(() => bind(program, {})).toThrow(
      expect.objectContaining({ code: 'undefined-variable', line: 2, column: 5 }),
    );
    expect(() => run(program, '')).toThrow(expect.objectContaining({ code: 'undefined-variable' }));
  });

  test('lists of y are checked when the value is known', () =>
    expect(() => out('y/ab/${V}/', 'a', { V: 'x' })).toThrow(
      expect.objectContaining({ code: 'bad-argument', column: 1 }),
    ));

  test('are text where they are not asked for', () => expect(run(compile('s/a/${V}/'), 'a').output).toBe('${V}'));
});

describe('limits', () => {
  const stopped = (script: string, input = 'a'): string => {
    try {
      run(compile(script), input, { limits: { steps: 100_000, outputUnits: 1_000, spaceUnits: 10_000 } });
      return 'ran';
    } catch (error) {
      return error instanceof SedError ? `${error.code} ${error.line}:${error.column}` : String(error);
    }
  };

  test.each([
    [':a;ba', 'steps-exceeded 1:4'],
    [':a;s/.*/&&/;ta', 'space-too-large 1:4'],
    ['H;G;h;D', 'space-too-large 1:1'],
    [':a;p;ba', 'output-too-large 1:4'],
  ])('%s', (script, expected) => expect(stopped(script)).toBe(expected));

  test('a pattern that would need too many instructions is refused when it is compiled', () =>
    expect(() => compile('s/\\(\\(a\\{1,80\\}\\)\\{1,80\\}\\)\\{1,80\\}/x/')).toThrow(
      expect.objectContaining({ code: 'pattern-too-large', line: 1, column: 3 }),
    ));

  test('an error never holds text of the script or the input', () => {
    for (const script of [
      's/SECRET/',
      's/(SECRET/x/',
      's/x/SECRET/SECRET',
      'y/SECRET/x/',
      'bSECRET',
      '/SECRET',
      's/\\(SECRET\\)/\\2/',
    ]) {
      expect(() => compile(script, { extended: true })).toThrow(
        expect.objectContaining({ message: expect.not.stringContaining('SECRET') as unknown }),
      );
    }
  });

  test('hits are counted per rule with its place', () => {
    const { hits } = run(compile('s/a/b/g;/x/d\ny/z/Z/'), 'aaa\nx\nz\n');
    expect(hits.map(({ line, column, hits: count }) => [line, column, count])).toEqual([
      [1, 1, 3],
      [1, 12, 1],
      [2, 1, 1],
    ]);
  });

  test('output that is no text is an error for text and bytes for bytes', () => {
    expect(() => run(compile('s/a/\\xff/'), 'a')).toThrow(expect.objectContaining({ code: 'output-not-text' }));
    expect([...run(compile('s/a/\\xff/'), Buffer.from('a')).output]).toEqual([0xff]);
  });
});
