import { compile, run, SedError, type Program } from '../../sed/index.js';
import { exitCodeOf, type SedIo } from './sed-io.js';

interface Request {
  readonly id: unknown;
  readonly script: Uint8Array;
  readonly input: Uint8Array;
  readonly opts: Readonly<Record<'n' | 'E' | 'z' | 's', boolean>>;
}

/** Programs kept compiled, so that a thousand requests with one script compile it once. */
const MAX_PROGRAMS = 64;

/** Answers one JSON request a line until the input ends. Gives 0: a failing request is an answer. */
export function answerLines(io: SedIo): number {
  const programs = new Map<string, Program>();
  for (const line of linesOf(io.read('-'))) {
    if (line.trim() !== '') io.out(`${JSON.stringify(answer(line, programs))}\n`);
  }
  return 0;
}

function answer(line: string, programs: Map<string, Program>): Record<string, unknown> {
  let id: unknown = null;
  try {
    const request = parseRequest(line);
    ({ id } = request);
    const { output, exitCode } = run(programFor(request, programs), request.input, { separate: request.opts.s });
    return { id, ...textField('output', output), exit: exitCode };
  } catch (error) {
    if (error instanceof SedError) return { id, error: error.message, exit: exitCodeOf(error) };
    if (error instanceof RequestError) return { id: error.id, error: error.message, exit: 1 };
    throw error;
  }
}

class RequestError extends Error {
  override readonly name = 'RequestError';
  constructor(
    readonly id: unknown,
    message: string,
  ) {
    super(message);
  }
}

function parseRequest(line: string): Request {
  const fields = parseObject(line);
  const id = fields['id'] ?? null;
  const opts = fields['opts'] ?? {};
  if (typeof opts !== 'object' || Array.isArray(opts)) throw new RequestError(id, 'opts is an object with n, E, z, s');
  const flag = (name: string): boolean => (opts as Record<string, unknown>)[name] === true;
  return {
    id,
    script: bytesField(fields, 'script', id),
    input: bytesField(fields, 'input', id),
    opts: { n: flag('n'), E: flag('E'), z: flag('z'), s: flag('s') },
  };
}

function parseObject(line: string): Record<string, unknown> {
  try {
    const parsed: unknown = JSON.parse(line);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed))
      return parsed as Record<string, unknown>;
  } catch {
    // Said below, without the line's text.
  }
  throw new RequestError(null, 'a request is one JSON object on one line');
}

function bytesField(fields: Readonly<Record<string, unknown>>, name: string, id: unknown): Uint8Array {
  const coded = fields[`${name}_b64`];
  if (typeof coded === 'string') return Buffer.from(coded, 'base64');
  const text = fields[name];
  if (typeof text !== 'string') throw new RequestError(id, `a request needs ${name} or ${name}_b64 as a string`);
  return Buffer.from(text, 'utf8');
}

function programFor({ script, opts }: Request, programs: Map<string, Program>): Program {
  const key = JSON.stringify([opts.n, opts.E, opts.z, Buffer.from(script).toString('latin1')]);
  const known = programs.get(key);
  if (known !== undefined) return known;
  const program = compile([{ name: 'script', text: script }], { quiet: opts.n, extended: opts.E, zero: opts.z });
  if (programs.size >= MAX_PROGRAMS) programs.clear();
  programs.set(key, program);
  return program;
}

function textField(name: string, bytes: Uint8Array): Record<string, string> {
  try {
    return { [name]: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { [`${name}_b64`]: Buffer.from(bytes).toString('base64') };
  }
}

function* linesOf(chunks: Iterable<Uint8Array>): Generator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  for (const chunk of chunks) {
    const lines = (rest + decoder.decode(chunk, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest + decoder.decode();
}
