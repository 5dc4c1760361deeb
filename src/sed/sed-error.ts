/** What kind of thing went wrong. Stable: programs may compare it. */
export type SedErrorCode =
  | 'unknown-command'
  | 'refused-command'
  | 'bad-address'
  | 'bad-argument'
  | 'bad-flag'
  | 'bad-regex'
  | 'unterminated'
  | 'unbalanced-block'
  | 'missing-label'
  | 'undefined-variable'
  | 'no-previous-regex'
  | 'script-too-large'
  | 'pattern-too-large'
  | 'steps-exceeded'
  | 'output-too-large'
  | 'space-too-large'
  | 'output-not-text';

/** Where in a script: `file` is the source's name, line and column count from 1, the column in UTF-16 code units. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** How far a script had been read when an error was noticed, in the piece the reader stood in. GNU sed's messages point there. */
export interface ReadTo {
  readonly file: string;
  readonly line: number;
  readonly bytes: number;
}

/** The only error this library throws on purpose. The message never holds script text or input text. */
export class SedError extends Error implements Place {
  override readonly name = 'SedError';
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The sentence without its place, for callers who print places their own way. */
  readonly sentence: string;

  constructor(
    readonly code: SedErrorCode,
    place: Place,
    sentence: string,
    /** Null for what is found when a program runs, or by looking at the whole script. */
    readonly readTo: ReadTo | null = null,
  ) {
    super(`${place.file}, line ${place.line}, column ${place.column}: ${sentence}`);
    this.file = place.file;
    this.line = place.line;
    this.column = place.column;
    this.sentence = sentence;
  }
}
