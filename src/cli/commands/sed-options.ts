/** One `-e` or `-f`, in the order given. */
export type ScriptPart =
  { readonly kind: 'expression'; readonly text: string } | { readonly kind: 'file'; readonly path: string };

export interface SedOptions {
  quiet: boolean;
  extended: boolean;
  zero: boolean;
  separate: boolean;
  posix: boolean;
  jsonl: boolean;
  unbuffered: boolean;
  show: 'help' | 'version' | null;
  listWidth: number | undefined;
  readonly script: ScriptPart[];
  readonly files: string[];
}

/** What is wrong with the arguments, as one sentence. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

type Take = (options: SedOptions, value: string) => void;

interface Option {
  readonly short?: string;
  readonly long: readonly string[];
  /** `attached`: only behind `=`, or directly behind the letter. */
  readonly takesValue?: true | 'attached';
  readonly take: Take;
}

const ignore: Take = () => undefined;

function refuse(reason: string): Take {
  return () => {
    throw new UsageError(reason);
  };
}

const OPTIONS: readonly Option[] = [
  { short: 'n', long: ['quiet', 'silent'], take: (options) => (options.quiet = true) },
  { short: 'E', long: ['regexp-extended'], take: (options) => (options.extended = true) },
  { short: 'r', long: [], take: (options) => (options.extended = true) },
  { short: 's', long: ['separate'], take: (options) => (options.separate = true) },
  { short: 'z', long: ['null-data', 'zero-terminated'], take: (options) => (options.zero = true) },
  { short: 'u', long: ['unbuffered'], take: (options) => (options.unbuffered = true) },
  { short: 'b', long: ['binary'], take: ignore },
  { long: ['posix'], take: (options) => (options.posix = true) },
  { long: ['sandbox', 'follow-symlinks'], take: ignore },
  { long: ['jsonl'], take: (options) => (options.jsonl = true) },
  { long: ['help'], take: (options) => (options.show = 'help') },
  { long: ['version'], take: (options) => (options.show = 'version') },
  {
    short: 'e',
    long: ['expression'],
    takesValue: true,
    take: (options, text) => options.script.push({ kind: 'expression', text }),
  },
  {
    short: 'f',
    long: ['file'],
    takesValue: true,
    take: (options, path) => options.script.push({ kind: 'file', path }),
  },
  { short: 'l', long: ['line-length'], takesValue: true, take: takeWidth },
  {
    short: 'i',
    long: ['in-place'],
    takesValue: 'attached',
    take: refuse('option -i is not supported: this is a filter, it changes no file'),
  },
  { long: ['debug'], take: refuse('option --debug is not supported') },
];

/** Arguments to options, as GNU's getopt reads them: options anywhere, short ones joined, long ones shortened. */
export function parseSedOptions(argv: readonly string[]): SedOptions {
  const options: SedOptions = {
    quiet: false,
    extended: false,
    zero: false,
    separate: false,
    posix: false,
    jsonl: false,
    unbuffered: false,
    show: null,
    listWidth: undefined,
    script: [],
    files: [],
  };
  const rest = [...argv];
  for (let argument = rest.shift(); argument !== undefined; argument = rest.shift()) {
    if (argument === '--') options.files.push(...rest.splice(0));
    else if (argument.startsWith('--')) takeLong(options, argument.slice(2), rest);
    else if (argument.startsWith('-') && argument !== '-') takeShort(options, argument.slice(1), rest);
    else options.files.push(argument);
  }
  return options;
}

function takeLong(options: SedOptions, argument: string, rest: string[]): void {
  const [name = '', ...values] = argument.split('=');
  const exact = OPTIONS.filter(({ long }) => long.includes(name));
  const found = exact.length > 0 ? exact : OPTIONS.filter(({ long }) => long.some((known) => known.startsWith(name)));
  const option = found[0];
  if (option === undefined) throw new UsageError(`unrecognized option '--${name}'`);
  if (found.length > 1) throw new UsageError(`option '--${name}' is ambiguous`);
  if (values.length > 0 && option.takesValue === undefined)
    throw new UsageError(`option '--${option.long[0]}' doesn't allow an argument`);
  const value = values.length > 0 ? values.join('=') : option.takesValue === true ? rest.shift() : '';
  if (value === undefined) throw new UsageError(`option '--${option.long[0]}' requires an argument`);
  option.take(options, value);
}

function takeShort(options: SedOptions, letters: string, rest: string[]): void {
  for (let k = 0; k < letters.length; k++) {
    const letter = letters.charAt(k);
    const option = OPTIONS.find(({ short }) => short === letter);
    if (option === undefined) throw new UsageError(`invalid option -- '${letter}'`);
    if (option.takesValue === undefined) {
      option.take(options, '');
      continue;
    }
    const value = letters.slice(k + 1) || (option.takesValue === true ? rest.shift() : '');
    if (value === undefined) throw new UsageError(`option requires an argument -- '${letter}'`);
    option.take(options, value);
    return;
  }
}

function takeWidth(options: SedOptions, value: string): void {
  // As GNU sed reads it: what is no number is 0, which never breaks.
  options.listWidth = Math.max(Number.parseInt(value, 10) || 0, 0);
}
