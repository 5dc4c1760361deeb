import { compile, run, SedError, type Program, type SedSource } from '../../sed/index.js';
import { answerLines } from './sed-jsonl.js';
import { BAD_USAGE, MISSING_INPUT, FAILED, exitCodeOf, type SedIo } from './sed-io.js';
import { parseSedOptions, UsageError, type SedOptions } from './sed-options.js';

const USAGE = `Usage: secrets-replicator sed [OPTION]... {script-only-if-no-other-script} [input-file]...
  -n, --quiet, --silent       print only what the script prints
  -e, --expression=SCRIPT     add a script; may be repeated and mixed with -f
  -f, --file=FILE             add a script from a file
  -E, -r, --regexp-extended   extended regular expressions
  -s, --separate              count lines per input file
  -z, --null-data             lines end in NUL
  -l, --line-length=N         columns of the l command; 0 never breaks
  -u, --unbuffered  --sandbox  --posix
      --jsonl                 one JSON request a line in, one answer a line out
      --help  --version
Commands that read or write files or run programs (r R w W e F) are refused, and so is -i.
`;

/** The sed filter. Resolves to its exit code. */
export async function sedCommand(argv: readonly string[], io: SedIo): Promise<number> {
  try {
    const options = parseSedOptions(argv);
    if (options.show !== null) return show(options.show, io);
    if (options.jsonl) return await answerLines(io);
    const sources = await readSources(options, io);
    if (sources === null) {
      io.stderr.write(USAGE);
      return BAD_USAGE;
    }
    return await filter(options, sources, io);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof InputError)) throw error;
    io.stderr.write(error instanceof UsageError ? `sed: ${error.message}\n${USAGE}` : `sed: ${error.message}\n`);
    return error instanceof UsageError ? BAD_USAGE : FAILED;
  }
}

class InputError extends Error {
  override readonly name = 'InputError';
}

function show(what: 'help' | 'version', io: SedIo): number {
  io.stdout.write(what === 'help' ? USAGE : 'secrets-replicator sed: the language of GNU sed 4.9 for text in memory\n');
  return 0;
}

/** The script's pieces; without -e and -f the first argument is the script. Null when there is none. */
async function readSources(options: SedOptions, io: SedIo): Promise<SedSource[] | null> {
  if (options.script.length === 0) {
    const text = options.files.shift();
    if (text === undefined) return null;
    options.script.push({ kind: 'expression', text });
  }
  const sources: SedSource[] = [];
  let expressions = 0;
  for (const part of options.script) {
    if (part.kind === 'expression') sources.push({ name: `-e expression #${++expressions}`, text: part.text });
    else sources.push({ name: part.path, text: await readScriptFile(part.path, io) });
  }
  return sources;
}

async function readScriptFile(path: string, io: SedIo): Promise<Uint8Array> {
  try {
    const bytes = path === '-' ? await readAll(io.stdin) : await io.readFile(path);
    // The line end of the last line ends it; it does not start another.
    return bytes.at(-1) === 10 ? bytes.subarray(0, -1) : bytes;
  } catch (error) {
    throw new InputError(`couldn't open file ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

async function filter(options: SedOptions, sources: readonly SedSource[], io: SedIo): Promise<number> {
  try {
    const { quiet, extended, zero, posix, listWidth } = options;
    const program = compile(sources, { quiet, extended, zero, posix, ...(listWidth === null ? {} : { listWidth }) });
    return await runFilter(program, options, io);
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    io.stderr.write(`sed: ${placeOf(error, sources)}: ${error.sentence}\n`);
    return exitCodeOf(error);
  }
}

async function runFilter(program: Program, options: SedOptions, io: SedIo): Promise<number> {
  let missing = 0;
  const inputs: Uint8Array[] = [];
  for (const path of options.files.length === 0 ? ['-'] : options.files) {
    try {
      inputs.push(path === '-' ? await readAll(io.stdin) : await io.readFile(path));
    } catch (error) {
      io.stderr.write(`sed: can't read ${path}: ${reasonOf(error)}\n`);
      missing = Math.max(missing, isAbsent(error) ? MISSING_INPUT : FAILED);
    }
  }
  const { output, exitCode } = run(program, inputs, { separate: options.separate, limits: filterLimits(inputs) });
  io.stdout.write(output);
  return exitCode === 0 ? missing : exitCode;
}

/** A filter's files may be large: its bounds grow with them and only stop what never ends. */
function filterLimits(inputs: readonly Uint8Array[]): { steps: number; outputUnits: number; spaceUnits: number } {
  const bytes = inputs.reduce((sum, input) => sum + input.length, 0);
  const units = 256 * 1024 * 1024;
  return { steps: 1e9 + 100_000 * bytes, outputUnits: units + 64 * bytes, spaceUnits: units };
}

/** GNU sed's words for a place, so that people and test suites find it. */
function placeOf(error: SedError, sources: readonly SedSource[]): string {
  if (!error.file.startsWith('-e expression')) return `file ${error.file} line ${error.line}`;
  const text = String(sources.find(({ name }) => name === error.file)?.text ?? '');
  const before = text.split('\n').slice(0, error.line - 1);
  const char = before.reduce((sum, line) => sum + line.length + 1, error.column);
  return `${error.file}, char ${Math.min(char, text.length)}`;
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function isAbsent(error: unknown): boolean {
  return ['ENOENT', 'EACCES', 'ENOTDIR'].includes(codeOf(error));
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'No such file or directory',
  EACCES: 'Permission denied',
  EISDIR: 'Is a directory',
  ENOTDIR: 'Not a directory',
};

function reasonOf(error: unknown): string {
  const code = codeOf(error);
  return REASONS[code] ?? (code === '' ? 'unknown error' : code);
}
