import type { Cursor } from './cursor.js';
import { beforeUnescaping, unescapeRegex } from './escapes.js';
import type { Fragment } from './fragment.js';
import type { RegexUse } from './program.js';
import { checkSize } from './regex/size.js';
import { parseRegex } from './regex/parse.js';
import { Regex } from './regex/regex.js';
import { RegexProblem } from './regex/regex-problem.js';
import type { ParsedRegex } from './regex/syntax.js';
import { SedError, type Place, type SedErrorCode } from './sed-error.js';
import { hasMark } from './variables.js';

export interface RegexSyntax {
  readonly extended: boolean;
  readonly lineEnd: '\n' | '\0';
  /** Without GNU sed's operators. */
  readonly posix: boolean;
}

/** Parses and checks a regex that stands in the script at `start`. Throws SedError with the place of what is wrong. */
export function compileRegexUse(
  cursor: Cursor,
  fragment: Fragment,
  start: number,
  flags: { ignoreCase: boolean; multiline: boolean },
  syntax: RegexSyntax,
): RegexUse {
  const place = cursor.place(start);
  if (fragment.text === '') {
    if (flags.ignoreCase || flags.multiline) {
      throw cursor.error(
        'bad-flag',
        'an empty regex means the one used last, with its flags; it takes no I or M',
        start,
      );
    }
    return { place, parsed: null, compiled: null };
  }
  const text = unescapeRegex(fragment.text, syntax.posix);
  try {
    const { ignoreCase, multiline } = flags;
    const given = { ignoreCase, multiline, lineEnd: syntax.lineEnd };
    const parsed = parseRegex(text, syntax.extended, given, syntax.posix);
    if (!hasMark(text)) return regexUse(place, parsed);
    return { place, parsed, compiled: null };
  } catch (error) {
    if (!(error instanceof RegexProblem)) throw error;
    const index = beforeUnescaping(fragment.text, error.index, syntax.posix);
    throw cursor.error(codeOf(error), error.message, fragment.placeOf(index, start));
  }
}

/** A regex without unbound variables, ready to match. Throws RegexProblem when it is too large. */
export function regexUse(place: Place, parsed: ParsedRegex): RegexUse {
  checkSize(parsed.root);
  return { place, parsed, compiled: new Regex(parsed) };
}

/** The error for a problem that has no finer place than its regex. */
export function regexError(problem: RegexProblem, place: Place): SedError {
  return new SedError(codeOf(problem), place, problem.message);
}

function codeOf(problem: RegexProblem): SedErrorCode {
  return problem.isSize ? 'pattern-too-large' : 'bad-regex';
}
