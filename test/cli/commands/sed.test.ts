import { describe, expect, test } from '@jest/globals';
import { sedCommand } from '../../../src/cli/commands/sed.js';

const FILES: Readonly<Record<string, string>> = { one: 'a\n', two: 'b', 'p.sed': 'p\n', 'bad.sed': 'p\nk\n' };

function sed(argv: readonly string[], input = ''): { out: string; err: string; exit: number } {
  const written = { out: '', err: '' };
  const exit = sedCommand(argv, {
    read: (path) => {
      const text = path === '-' ? input : FILES[path];
      if (text === undefined) throw Object.assign(new Error(path), { code: 'ENOENT' });
      return [Buffer.from(text)];
    },
    out: (output) => (written.out += Buffer.from(output).toString('latin1')),
    err: (text) => (written.err += text),
    environment: {},
  });
  return { ...written, exit };
}

describe('the sed filter', () => {
  test.each([
    [['s/a/b/'], 'a', 'b'],
    [['-n', '$='], 'a\nb\n', '2\n'],
    [['-ne', 'p'], 'a\n', 'a\n'],
    [['--quiet', '--expression=p', '-'], 'a\n', 'a\n'],
    [['-n', '-f', 'p.sed', 'one', 'two'], '', 'a\nb'],
    [['-fp.sed', 'one'], '', 'a\na\n'],
    [['-s', '-n', '$=', 'one', 'two'], '', '1\n1\n'],
    [['p', '-n', '--', 'one'], '', 'a\n'],
    [['-E', '-r', '-u', '--posix', '--sandbox', 's/(a)/[\\1]/', 'one'], '', '[a]\n'],
    [['-z', 's/^b/x/', '-'], 'a\0b\0', 'a\0x\0'],
    [['-l', '4', '-n', 'l'], 'abcdef\n', 'abc\\\ndef$\n'],
    [['-e', 'a\\', '-e', 'text'], 'x\n', 'x\ntext\n'],
    [['--exp=p', '--null-d'], 'a\0', 'a\0a\0'],
  ])('%j', (argv, input, out) => expect(sed(argv, input)).toEqual({ out, err: '', exit: 0 }));

  test.each([
    [['k'], 'sed: -e expression #1, char 1: ', 1],
    [['-e', 'p', '-e', 'p\nk'], 'sed: -e expression #2, char 3: ', 1],
    [['-f', 'bad.sed'], 'sed: file bad.sed line 2: ', 1],
    [['bnowhere'], 'sed: no such label is defined (-e expression #1, line 1, column 1)', 4],
    [['-i', 'p'], 'sed: option -i', 1],
    [['--debug', 'p'], 'sed: option --debug', 1],
    [['--wrong', 'p'], 'sed: unrecognized', 1],
    [['-f', 'none'], "sed: couldn't open file none: No such file or directory", 4],
    [[], 'Usage: ', 1],
  ])('%j is refused with its place', (argv, start, exit) => {
    const ended = sed(argv);
    expect([ended.err.slice(0, start.length), ended.exit, ended.out]).toEqual([start, exit, '']);
  });

  test('goes on behind a missing file and exits 2', () =>
    expect(sed(['p', 'none', 'one'])).toEqual({
      out: 'a\na\n',
      err: "sed: can't read none: No such file or directory\n",
      exit: 2,
    }));

  test('exits with the code of q', () => expect(sed(['q5'], 'a\n').exit).toBe(5));

  test('--help and --version print and exit 0', () => {
    expect(sed(['--help']).out).toContain('--jsonl');
    expect(sed(['--version']).exit).toBe(0);
  });
});

describe('sed --jsonl', () => {
  test('answers each line with its id', () => {
    const requests = [
      { id: 1, script: 's/(a)/<\\1>/', input: 'aé', opts: { E: true } },
      { id: 'two', script: 'p', input: 'x\n', opts: { n: true } },
      { id: 3, script: 'q7', input: 'x\n' },
      { id: 4, script: 's/x/\\xff/', input: 'x' },
      { id: 5, script: 's/x/\\xff/', input_b64: '/ng=' },
      { id: 6, script: 'k', input: '' },
      { id: 7, input: '' },
      'no object',
    ];
    const { out, exit } = sed(['--jsonl'], requests.map((request) => JSON.stringify(request)).join('\n'));
    const answers = Buffer.from(out, 'latin1')
      .toString()
      .trim()
      .split('\n')
      .map((line): unknown => JSON.parse(line));
    expect(exit).toBe(0);
    expect(answers).toEqual([
      { id: 1, output: '<a>é', exit: 0 },
      { id: 'two', output: 'x\n', exit: 0 },
      { id: 3, output: 'x\n', exit: 7 },
      { id: 4, output_b64: '/w==', exit: 0 },
      { id: 5, output_b64: '/v8=', exit: 0 },
      { id: 6, error: expect.stringMatching(/^script, line 1, column 1: /), exit: 1 },
      { id: 7, error: 'a request needs script or script_b64 as a string', exit: 1 },
      { id: null, error: 'a request is one JSON object on one line', exit: 1 },
    ]);
  });
});
