/** One thing that is wrong, and where in the document. */
export interface ConfigIssue {
  readonly path: readonly PropertyKey[];
  /** A whole sentence, its place in the document included. Never a pattern, never a value of the document. */
  readonly message: string;
  /** The key at `path` is what is wrong, not its value. */
  readonly key?: true;
  /** Where in the script that stands at `path`; counted from 1. */
  readonly script?: { readonly line: number; readonly column: number };
}

/** The configuration is wrong: every issue that was found, each with the path to its place in the document. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[], options?: ErrorOptions) {
    super(issues.map((issue) => issue.message).join('\n'), options);
    this.issues = issues;
  }
}

/** `destinations[0].region`, or `the document` for its root. */
export function placeOf(path: readonly PropertyKey[]): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`)).join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}
