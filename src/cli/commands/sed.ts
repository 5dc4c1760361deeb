import { compile, pipe, SedError, type Program, type SedSource } from '../../sed/index.js';
import { answerLines } from './sed-jsonl.js';
import { BAD_USAGE, MISSING_INPUT, FAILED, exitCodeOf, InputError, reasonOf, type SedIo } from './sed-io.js';
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

/** The sed filter. Gives its exit code. */
export function sedCommand(argv: readonly string[], io: SedIo): number {
  try {
    const options = parseSedOptions(argv);
    if (options.show !== null) return show(options.show, io);
    if (options.jsonl) return answerLines(io);
    const sources = readSources(options, io);
    if (sources === null) {
      io.err(USAGE);
      return BAD_USAGE;
    }
    return filter(options, sources, io);
  } catch (error) {
    if (!(error instanceof UsageError) && !(error instanceof InputError)) throw error;
    io.err(error instanceof UsageError ? `sed: ${error.message}\n${USAGE}` : `sed: ${error.message}\n`);
    return error instanceof UsageError ? BAD_USAGE : FAILED;
  }
}

function show(what: 'help' | 'version', io: SedIo): number {
  io.out(what === 'help' ? USAGE : 'secrets-replicator sed: the language of GNU sed 4.9 for text in memory\n');
  return 0;
}

/** The script's pieces; without -e and -f the first argument is the script. Null when there is none. */
function readSources(options: SedOptions, io: SedIo): SedSource[] | null {
  if (options.script.length === 0) {
    const text = options.files.shift();
    if (text === undefined) return null;
    options.script.push({ kind: 'expression', text });
  }
  let expressions = 0;
  return options.script.map((part) =>
    part.kind === 'expression'
      ? { name: `-e expression #${++expressions}`, text: part.text }
      : { name: part.path, text: readScriptFile(part.path, io) },
  );
}

function readScriptFile(path: string, io: SedIo): Uint8Array {
  try {
    return Buffer.concat(Array.from(io.read(path), (chunk) => Uint8Array.from(chunk)));
  } catch (error) {
    throw new InputError(`couldn't open file ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

function filter(options: SedOptions, sources: readonly SedSource[], io: SedIo): number {
  try {
    const { quiet, extended, zero, posix, listWidth = widthOf(io.environment['COLS']) } = options;
    const posixlyCorrect = io.environment['POSIXLY_CORRECT'] !== undefined;
    const program = compile(sources, {
      quiet,
      extended,
      zero,
      posix,
      posixlyCorrect,
      ...(listWidth === undefined ? {} : { listWidth }),
    });
    return runFilter(program, options, io);
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    io.err(`sed: ${told(error)}\n`);
    return exitCodeOf(error);
  }
}

/** GNU sed leaves the last column of the terminal that COLS tells of free. */
function widthOf(columns: string | undefined): number | undefined {
  const count = Number.parseInt(columns ?? '', 10);
  return count > 1 ? count - 1 : undefined;
}

/** A filter's files may be large: its bounds only stop what never ends. */
const LIMITS = { steps: 4e9, outputUnits: Number.MAX_SAFE_INTEGER, spaceUnits: 256 * 1024 * 1024 };

function runFilter(program: Program, options: SedOptions, io: SedIo): number {
  let missing = 0;
  const inputs = function* (): Generator<Iterable<Uint8Array>> {
    for (const path of options.files.length === 0 ? ['-'] : options.files) {
      const chunks = opened(path, options.unbuffered, io);
      if (chunks === null) missing = MISSING_INPUT;
      else yield chunks;
    }
  };
  const { separate, unbuffered } = options;
  const { exitCode } = pipe(program, inputs(), (bytes) => io.out(bytes), { separate, unbuffered, limits: LIMITS });
  return missing === 0 ? exitCode : missing;
}

/** Unbuffered, no byte is taken that another reader of standard input may want. Null, and said, for a file that is not there. */
function opened(path: string, unbuffered: boolean, io: SedIo): Iterable<Uint8Array> | null {
  try {
    const chunks = io.read(path, unbuffered && path === '-' ? 1 : undefined);
    return path === '-' ? chunks : readable(path, chunks);
  } catch (error) {
    io.err(`sed: can't read ${path}: ${reasonOf(error)}\n`);
    return null;
  }
}

function* readable(path: string, chunks: Iterable<Uint8Array>): Generator<Uint8Array> {
  try {
    yield* chunks;
  } catch (error) {
    throw new InputError(`read error on ${path}: ${reasonOf(error)}`, { cause: error });
  }
}

/** GNU sed's form of a place, so that people and test suites find it, and ours behind it. */
function told({ code, file, line, column, sentence, readTo }: SedError): string {
  const where = `line ${line}, column ${column}`;
  if (code === 'missing-label') return `${sentence} (${file}, ${where})`;
  const at = readTo?.file ?? file;
  const place = at.startsWith('-e expression #')
    ? `${at}, char ${readTo?.bytes ?? 0}`
    : `file ${at} line ${readTo?.line ?? line}`;
  return `${place}: ${sentence} (${where})`;
}
