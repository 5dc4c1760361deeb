/** A pattern that cannot be parsed or compiled. `index` is a position in the pattern's text. */
export class RegexProblem extends Error {
  override readonly name = 'RegexProblem';
  constructor(
    readonly index: number,
    message: string,
    /** The pattern is right but larger than allowed. */
    readonly isSize = false,
  ) {
    super(message);
  }
}
