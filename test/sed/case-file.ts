import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Cases as data. A case is a block of lines between blank lines:
 *
 *     # what it shows            the name
 *     -E -n                      options, when the line starts with a dash: -n -E -z -s
 *     s/a/b/                     the script; `\` at a line's end goes on as in sed
 *     < a a a                    a line of input; `<` alone is an empty line; `<| text` has no line end
 *     > a b a                    a line of output, in the same way
 *     ! bad-flag 1:9             instead of output: the error's code, line and column
 *     = 5                        the exit code, when it is not 0
 *
 * In input and output `\xHH` is a byte.
 */
export interface SedCase {
  readonly name: string;
  readonly options: string;
  readonly script: string;
  readonly input: Uint8Array;
  readonly output: Uint8Array;
  readonly error: string | null;
  readonly exit: number;
}

const FOLDER = join(import.meta.dirname, 'cases');

/** Every case of every file, by file name. */
export function readCases(): { file: string; cases: SedCase[] }[] {
  return readdirSync(FOLDER).map((file) => ({ file, cases: parseCases(readFileSync(join(FOLDER, file), 'utf8')) }));
}

export function parseCases(text: string): SedCase[] {
  return text
    .split(/\n{2,}/)
    .map((block) => block.split('\n').filter((line) => line !== ''))
    .filter((lines) => lines.some((line) => !line.startsWith('#')))
    .map(parseCase);
}

function parseCase(lines: readonly string[]): SedCase {
  const marked = (mark: string): string[] => lines.filter((line) => line.startsWith(mark));
  const script = lines.filter((line) => !/^([#<>!=]( |\||$)|-[nEzs])/.test(line));
  return {
    name: marked('# ')
      .map((line) => line.slice(2))
      .join(' '),
    options: marked('-').join(' '),
    script: script.map((line) => line.replace(/^\|/, '')).join('\n'),
    input: bytesOf(marked('<')),
    output: bytesOf(marked('>')),
    error: marked('! ')[0]?.slice(2) ?? null,
    exit: Number(marked('= ')[0]?.slice(2) ?? 0),
  };
}

function bytesOf(lines: readonly string[]): Buffer {
  const text = lines.map((line) => (line[1] === '|' ? line.slice(3) : `${line.slice(2)}\n`)).join('');
  return Buffer.concat(
    text
      .split(/(\\x[0-9A-Fa-f]{2})/)
      .map((part) => (part.startsWith('\\x') ? Buffer.of(Number.parseInt(part.slice(2), 16)) : Buffer.from(part))),
  );
}
