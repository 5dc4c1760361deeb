/*
 * The sed language for text in memory: compile a script, bind its variables, run it. Usable alone; nothing behind this
 * door is public.
 */
export { compile } from './compile.js';
export type { CompileOptions } from './compile-options.js';
export { bind } from './bind.js';
export { pipe, run, type PipeOptions, type RuleHits, type RunOptions, type RunResult } from './run.js';
export { SedError, type SedErrorCode } from './sed-error.js';
export type { Limits } from './limits.js';
export type { Program, VariableUse } from './program.js';
export type { SedSource } from './cursor.js';
