import { ConfigError, placeOf, type ConfigIssue } from '../core/config-issues.js';
import { ReplicatorError } from '../core/failure.js';
import type { RuleReport } from '../core/transformed.js';
import { bind, compile, run, SedError, type Program } from '../sed/index.js';
import { unknownVariable, type Values } from './variables.js';

/** A script of the configuration and where it stands. */
export interface ScriptSource {
  readonly text: string;
  readonly extended: boolean;
  /** Its name in reports: the sedfile, or the place of an inline rule, `dr.transform[1].sed`. */
  readonly file: string;
  /** Its place in the document. */
  readonly path: readonly PropertyKey[];
  /** Variables that have a value here. */
  readonly known: readonly string[];
}

/** A compiled script. */
export interface Script {
  readonly variables: ReadonlySet<string>;
  readonly canonical: { readonly sed: string; readonly extended: boolean };
  /** Once per set of values; the compiled program is shared. */
  readonly bind: (values: Values) => BoundScript;
}

/** A script on one text. Throws ReplicatorError RuleFailed with the place of the rule. */
export type BoundScript = (text: string) => { text: string; rules: readonly RuleReport[] };

/** Throws ConfigError: the first thing that cannot be compiled, or every variable that is not known. */
export function compileScript(source: ScriptSource): Script {
  const program = compiled(source);
  const issues = unknownVariables(program, source);
  if (issues.length > 0) throw new ConfigError(issues);
  return {
    variables: new Set(program.variables.map(({ name }) => name)),
    canonical: { sed: source.text, extended: source.extended },
    bind: (values) => {
      const bound = program.variables.length === 0 ? program : bind(program, values);
      return (text) => runScript(bound, text, source.file);
    },
  };
}

/** The programs compiled last, by file, syntax and text: destinations often share a sedfile, and compiling takes a millisecond. */
const programs = new Map<string, Program>();
const MAX_PROGRAMS = 32;

function compiled({ text, extended, file, path }: ScriptSource): Program {
  const key = `${extended} ${file.length} ${file}${text}`;
  const known = programs.get(key);
  if (known !== undefined) return known;
  try {
    const program = compile([{ name: file, text }], { extended, variables: true });
    if (programs.size >= MAX_PROGRAMS) programs.clear();
    programs.set(key, program);
    return program;
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    throw new ConfigError(
      [{ path, message: `${placeOf(path)}: ${error.sentence}`, script: { line: error.line, column: error.column } }],
      { cause: error },
    );
  }
}

function unknownVariables(program: Program, { path, known }: ScriptSource): ConfigIssue[] {
  return program.variables
    .filter(({ name }) => !known.includes(name))
    .map(({ name, line, column }) => ({
      path,
      message: `${placeOf(path)}: ${unknownVariable(name, known)}`,
      script: { line, column },
    }));
}

function runScript(program: Program, text: string, file: string): ReturnType<BoundScript> {
  const { output, exitCode, hits } = ran(program, text);
  if (exitCode !== 0)
    throw new ReplicatorError('RuleFailed', `${file} ended with exit code ${exitCode}, which refuses the value`);
  return { text: output, rules: hits };
}

function ran(program: Program, text: string) {
  try {
    return run(program, text);
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    throw new ReplicatorError('RuleFailed', error.message, { cause: error });
  }
}
