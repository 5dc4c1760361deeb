import type { Backoff } from './backoff.js';
import type { ConfigShape, DestinationShape, TransformStepShape } from './config-schema.js';
import { configSchema } from './config-schema.js';
import { issuesOf, type ConfigIssue } from './config-issues.js';
import { accountOfRole, type AccountId, type DestinationId, type Region } from './names.js';
import { selectionOf, type Selection } from './selection.js';

/** One destination, complete: what was left out of the file is filled in. */
export interface DestinationConfig {
  readonly id: DestinationId;
  /** Position in the file, for messages. */
  readonly index: number;
  readonly region: Region;
  readonly role?: { readonly arn: string; readonly account: AccountId; readonly externalId?: string };
  readonly kmsKeyId?: string;
  readonly select: Selection;
  /** Sed script that turns a source's name into its replica's; without one the name stays. */
  readonly rename?: string;
  readonly transform: readonly TransformStepShape[];
  readonly variables: Readonly<Record<string, string>>;
  /** Replica names that may be taken over although they are not ours; exact. */
  readonly adopt: ReadonlySet<string>;
}

export interface ReplicationConfig {
  readonly source: { readonly region: Region; readonly select: Selection };
  readonly destinations: readonly DestinationConfig[];
  readonly retry: Backoff;
  readonly metrics: { readonly namespace: string; readonly publisher: 'api' | 'none' };
}

/** Attempts and delays when the file says nothing (docs/decisions/0002). */
export const DEFAULT_RETRY: Backoff = { attempts: 5, minDelayMs: 2_000, maxDelayMs: 32_000, factor: 2, jitter: 0.1 };
export const DEFAULT_NAMESPACE = 'SecretsReplicator';

/** The configuration is wrong: every issue that was found, each with the path to its place in the document. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
  readonly issues: readonly ConfigIssue[];

  constructor(issues: readonly ConfigIssue[]) {
    super(issues.map((issue) => issue.message).join('\n'));
    this.issues = issues;
  }
}

/** Any document to a configuration. Throws ConfigError with all issues of shape and, if the shape is right, of sense. */
export function parseConfig(document: unknown): ReplicationConfig {
  const parsed = configSchema.safeParse(document);
  if (!parsed.success) throw new ConfigError(issuesOf(parsed.error.issues, document));
  const config = complete(parsed.data);
  const issues = [...doubledIds(config), ...cycles(config), ...wrongRetry(config)];
  if (issues.length > 0) throw new ConfigError(issues);
  return config;
}

function complete(shape: ConfigShape): ReplicationConfig {
  return {
    source: { region: shape.source.region as Region, select: selectionOf(shape.source.select) },
    destinations: shape.destinations.map(completeDestination),
    retry: { ...DEFAULT_RETRY, ...(shape.retry as Partial<Backoff> | undefined) },
    metrics: {
      namespace: shape.metrics?.namespace ?? DEFAULT_NAMESPACE,
      publisher: shape.metrics?.publisher ?? 'api',
    },
  };
}

function completeDestination(shape: DestinationShape, index: number): DestinationConfig {
  return {
    id: (shape.name ?? shape.region) as DestinationId,
    index,
    region: shape.region as Region,
    ...(shape.roleArn === undefined ? {} : { role: roleOf(shape.roleArn, shape.externalId) }),
    ...(shape.kmsKeyId === undefined ? {} : { kmsKeyId: shape.kmsKeyId }),
    select: selectionOf(shape.select),
    ...(shape.rename === undefined ? {} : { rename: shape.rename }),
    transform: shape.transform ?? [],
    variables: shape.variables ?? {},
    adopt: new Set(typeof shape.onConflict === 'object' ? shape.onConflict.adopt : []),
  };
}

function roleOf(arn: string, externalId: string | undefined) {
  return { arn, account: accountOfRole(arn), ...(externalId === undefined ? {} : { externalId }) };
}

function doubledIds(config: ReplicationConfig): ConfigIssue[] {
  const seen = new Set<string>();
  return config.destinations.flatMap(({ id, index }) => {
    if (!seen.has(id)) {
      seen.add(id);
      return [];
    }
    return [{ path: ['destinations', index], message: `two destinations are called ${id}; give each its own name` }];
  });
}

/** Without another region, account or name a replica would be the source itself, or another destination's replica. */
function cycles(config: ReplicationConfig): ConfigIssue[] {
  const taken = new Map([[`${config.source.region} `, 'the source itself']]);
  return config.destinations.flatMap((destination) => {
    if (destination.rename !== undefined) return [];
    const place = `${destination.region} ${destination.role?.account ?? ''}`;
    const owner = taken.get(place);
    taken.set(place, `destination ${destination.id}`);
    if (owner === undefined) return [];
    const message = `destination ${destination.id} would write onto ${owner}: same region, same account, same name; set region, roleArn or rename`;
    return [{ path: ['destinations', destination.index], message }];
  });
}

function wrongRetry(config: ReplicationConfig): ConfigIssue[] {
  const { minDelayMs, maxDelayMs } = config.retry;
  if (minDelayMs <= maxDelayMs) return [];
  return [{ path: ['retry'], message: `retry.minDelayMs is ${minDelayMs}, more than retry.maxDelayMs, ${maxDelayMs}` }];
}
