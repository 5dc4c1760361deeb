/** An object in S3 whose rules may take the place of those that were deployed. */
export interface RulesObject {
  /** `s3://<bucket>/<key>`, as it is written and told. */
  readonly uri: string;
  readonly bucket: string;
  readonly key: string;
}

/** Whatever a bucket may be called, and a key of characters that mean themselves in a path, in a policy and in a shell. */
const URI = /^s3:\/\/([^/]+)\/((?=.{1,1024}$)(?:\/?(?!\.\.?(?:\/|$))[\w.-]+)+)$/;
/** S3 user guide, bucket naming rules. */
export const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
export const RULES_URI_TAKES =
  's3://<bucket>/<key>, the key 1 to 1024 letters, digits and . _ - /, no part of it empty or only dots';

/** Of a customer-managed key; an alias has no rights of its own. */
export const KEY_ARN = /^arn:aws[a-z-]*:kms:[a-z0-9-]+:\d{12}:key\/[\w-]+$/;

/** The object as a configuration names it: from there the stack has it, and every command that judges replicas. */
export interface NamedRulesObject {
  readonly uri: string;
  /** Seconds between two looks; undefined: `RULES_TTL_SECONDS.usual`. */
  readonly ttlSeconds?: number | undefined;
  /** The key that it is encrypted with, where that is not S3's own. */
  readonly keyArn?: string | undefined;
}

/** Environment variable with the seconds for which an object that was read is not asked for again. */
export const RULES_TTL = 'REPLICATOR_CONFIG_TTL_SECONDS';
export const RULES_TTL_SECONDS = { least: 1, most: 86_400, usual: 60 } as const;
export const RULES_TTL_TAKES = `a number of seconds from ${RULES_TTL_SECONDS.least} to ${RULES_TTL_SECONDS.most}`;

/**
 * Largest object that is read, in bytes. What it takes to compile one must never end a process, which would read it again:
 * 75,000 rules of the shortest kind take a second of a whole processor and 75 MB, 9,000 usual ones half of one and 15 MB.
 */
export const MAX_RULES_BYTES = 524_288;

/** Undefined: no such address. Whether the bucket's name is one is left to `BUCKET`, since a template may not know it yet. */
export function rulesObjectAt(uri: string): RulesObject | undefined {
  const [, bucket, key] = URI.exec(uri) ?? [];
  return bucket === undefined || key === undefined ? undefined : { uri, bucket, key };
}

/** Whether it is an address of which nothing is left to be known. */
export function isRulesUri(uri: string): boolean {
  return BUCKET.test(rulesObjectAt(uri)?.bucket ?? '');
}
