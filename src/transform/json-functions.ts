import { FunctionExpressionType, jsonpath, type FilterFunction } from 'json-p3';
import { ReplicatorError } from '../core/failure.js';
import { compile, run, SedError, type Program } from '../sed/index.js';
import { extendedRegexOf } from './i-regexp.js';

/** length() of RFC 9535: a text has characters, not the UTF-16 units that the library counts. */
export const lengthFunction: FilterFunction = {
  argTypes: [FunctionExpressionType.ValueType],
  returnType: FunctionExpressionType.ValueType,
  call: (value: unknown) => {
    if (typeof value === 'string') return Array.from(value).length;
    if (Array.isArray(value)) return value.length;
    return typeof value === 'object' && value !== null ? Object.keys(value).length : jsonpath.Nothing;
  },
};

/** Programs kept: a path has few patterns, but a value may hold patterns too. */
const MAX_CACHED_PROGRAMS = 64;

/**
 * match() and search() of RFC 9535 on our own engine, which takes linear time; the library's run on the platform's, where a
 * pattern can take for ever. Throws ReplicatorError RuleFailed for a pattern that the engine refuses.
 */
export function linearRegexFunction(kind: 'match' | 'search'): FilterFunction {
  const programs = new Map<string, Program | undefined>();
  return {
    argTypes: [FunctionExpressionType.ValueType, FunctionExpressionType.ValueType],
    returnType: FunctionExpressionType.LogicalType,
    call: (text: unknown, pattern: unknown): boolean => {
      if (typeof text !== 'string' || typeof pattern !== 'string') return false;
      if (!programs.has(pattern)) {
        if (programs.size >= MAX_CACHED_PROGRAMS) programs.clear();
        programs.set(pattern, programFor(pattern, kind));
      }
      const program = programs.get(pattern);
      return program !== undefined && matches(program, text);
    },
  };
}

/** Ends with 1 on the first record that matches. Undefined for what is no I-Regexp: that matches nothing (RFC 9535, 2.4.6). */
function programFor(pattern: string, kind: 'match' | 'search'): Program | undefined {
  if (!isIRegexp(pattern)) return undefined;
  const regex = extendedRegexOf(pattern);
  const script = kind === 'match' ? `/^(${regex})$/q1` : `/(${regex})/q1`;
  return told(() => compile(script, { extended: true, quiet: true, zero: true }));
}

/** Records end in NUL, so that a text of any lines is one; a text that holds NUL is none that a pattern could mean. */
function matches(program: Program, text: string): boolean {
  return !text.includes('\0') && told(() => run(program, `${text}\0`).exitCode === 1);
}

const checker = new jsonpath.functions.Match({ throwErrors: true, cacheSize: 0 });

/** The library checks a pattern's syntax before it runs it; on an empty text the run is nothing. */
function isIRegexp(pattern: string): boolean {
  try {
    checker.call('', pattern);
    return true;
  } catch {
    return false;
  }
}

function told<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof SedError)) throw error;
    throw new ReplicatorError('RuleFailed', `the pattern of a JSON path cannot run: ${error.sentence}`, {
      cause: error,
    });
  }
}
