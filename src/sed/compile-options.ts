/** How a script is to be read; everything defaults to what GNU sed does without options. */
export interface CompileOptions {
  /** As `-n`: print only what the script prints. */
  readonly quiet?: boolean;
  /** As `-E`: extended regex syntax. */
  readonly extended?: boolean;
  /** As `-z`: lines end in NUL. */
  readonly zero?: boolean;
  /** As `--posix`: without GNU sed's extensions, save the escapes for one character; `N` without a next line prints nothing. */
  readonly posix?: boolean;
  /** As POSIXLY_CORRECT in GNU sed's environment: `N` without a next line prints nothing, all else stays. */
  readonly posixlyCorrect?: boolean;
  readonly debug?: never;
  /** As `-l`: columns of a line that `l` prints. Default 70; 0 never breaks. */
  readonly listWidth?: number;
  /**
   * Recognise `${NAME}` (NAME is `[A-Z_][A-Z0-9_]*`) in regexes, replacements, y and the text of a, i, c as a variable
   * that is bound later as literal text; `\${NAME}` stays literal. Default false.
   */
  readonly variables?: boolean;
}
