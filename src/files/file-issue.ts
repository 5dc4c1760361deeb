/** One thing that is wrong in a file. */
export interface FileIssue {
  /** As the caller, or the configuration, names it. */
  readonly file: string;
  /** Counted from 1; undefined when the file itself is the issue. */
  readonly place: FilePlace | undefined;
  /** Never a pattern, a value, or any other text of the file. */
  readonly message: string;
}

export interface FilePlace {
  readonly line: number;
  /** In UTF-16 units, as editors count. */
  readonly column: number;
}

/** A configuration that cannot be used: every issue, one line each, `replicator.yaml:12:5 <sentence>`. */
export class ConfigFileError extends Error {
  override readonly name = 'ConfigFileError';
  readonly issues: readonly FileIssue[];

  constructor(issues: readonly FileIssue[], options?: ErrorOptions) {
    const sorted = issues.toSorted(byPlace);
    super(sorted.map(renderIssue).join('\n'), options);
    this.issues = sorted;
  }
}

function renderIssue({ file, place, message }: FileIssue): string {
  return place === undefined ? `${file} ${message}` : `${file}:${place.line}:${place.column} ${message}`;
}

function byPlace(a: FileIssue, b: FileIssue): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return (a.place?.line ?? 0) - (b.place?.line ?? 0) || (a.place?.column ?? 0) - (b.place?.column ?? 0);
}
