/** Where the role acts from; tokens as long as nobody knows the account. */
export interface Place {
  readonly partition: string;
  readonly account: string;
}

/** One statement of the role as data. */
export interface Grant {
  readonly id: string;
  readonly effect?: 'Deny';
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly conditions?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
  /** Why a resource with a wildcard is as narrow as can be; required where there is one. */
  readonly wildcard?: string;
}
