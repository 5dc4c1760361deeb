import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { bind, compile, pipe, run, SedError } from '../../src/sed/index.js';

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

  // GNU sed finds a byte in the middle of a character, and leaves the rest of that as bytes.
  test('a byte that is no character is not found inside of one', () =>
    expect(out('s/\\x80/X/g;s/\\x80b/X/', '\u{1F480}b')).toBe('\u{1F480}b'));

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

describe('a pipe', () => {
  const piped = (script: string, chunks: readonly Uint8Array[]): Buffer => {
    const written: Uint8Array[] = [];
    // One memory for every chunk, as a reader of files has it.
    const memory = Buffer.alloc(Math.max(0, ...chunks.map(({ length }) => length)));
    const reader = function* (): Generator<Uint8Array> {
      for (const chunk of chunks) {
        memory.set(chunk);
        yield memory.subarray(0, chunk.length);
      }
    };
    pipe(compile(script), [reader()], (output) => written.push(output));
    return Buffer.concat(written);
  };

  test('gives what a run gives, wherever the chunks are cut', () =>
    fc.assert(
      fc.property(
        fc.array(
          fc.uint8Array({ minLength: 1, maxLength: 9 }).map((chunk) => chunk.map((byte) => (byte < 60 ? 10 : byte))),
        ),
        fc.constantFrom('', 's/./&&/2g', '$!N;P;D', '$d;=', 'G;x'),
        (chunks, script) => piped(script, chunks).equals(run(compile(script), Buffer.concat(chunks)).output),
      ),
    ));

  test('reads no more than it needs, and ends', () => {
    let chunks = 0;
    const endless = function* (): Generator<Uint8Array> {
      for (; ; chunks++) yield Buffer.from('y\n');
    };
    pipe(compile('3q'), [endless()], () => undefined);
    expect(chunks).toBe(2);
  });

  test('writes what was made before an error', () => {
    const written: string[] = [];
    const write = (output: Uint8Array) => written.push(Buffer.from(output).toString());
    expect(() => pipe(compile('p;2s//x/'), [[Buffer.from('a\nb\n')]], write)).toThrow(SedError);
    expect(written.join('')).toBe('a\na\nb\n');
  });

  test('has the steps of a run for each 64 KiB, so that only what never ends is stopped', () => {
    const lines = (count: number) => [Array.from({ length: count }, () => Buffer.from('x\n'.repeat(20_000)))];
    const limits = { steps: 100_000 };
    expect(pipe(compile('s/x/y/'), lines(50), () => undefined, { limits }).steps).toBeGreaterThan(5 * limits.steps);
    expect(() => pipe(compile(':a;ba'), lines(1), () => undefined, { limits })).toThrow(SedError);
  });
});
