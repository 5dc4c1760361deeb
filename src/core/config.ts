import type { Backoff } from './backoff.js';
import { DEFAULT_CIRCUIT_BREAKER, type CircuitBreakerConfig } from './circuit-breaker.js';
import { ConfigError, issuesOf, type ConfigIssue } from './config-issues.js';
import {
  configSchema,
  destinationSchema,
  type ConfigShape,
  type DestinationShape,
  type ExpectationShape,
  type RuleTestShape,
} from './config-schema.js';
import { senseIssues } from './config-sense.js';
import { brakesOf, type DeletionBrakes } from './deletion-brakes.js';
import { metadataRulesOf, type MetadataRules } from './metadata.js';
import { accountOfRole, type AccountId, type DestinationId, type Region } from './names.js';
import { embedSedfiles, noSedfiles, type EmbeddedStep, type ReadSedfile } from './sedfile-steps.js';
import { selectionOf, type Selection } from './selection.js';
import { valueAt } from './value-at.js';

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
  /** In order; a sedfile's text stands in its step. */
  readonly transform: readonly EmbeddedStep[];
  readonly variables: Readonly<Record<string, string>>;
  /** What must hold of every result. */
  readonly expect: ExpectationShape;
  /** Cases that show what the rules do; run before a deployment, never in the function. */
  readonly tests: readonly RuleTestShape[];
  /** Replica names that may be taken over although they are not ours; exact. */
  readonly adopt: ReadonlySet<string>;
  readonly metadata: MetadataRules;
  /** Undefined: a replica outlives its source. */
  readonly onDelete: DeletionBrakes | undefined;
}

export interface ReplicationConfig {
  readonly source: { readonly region: Region; readonly select: Selection };
  readonly destinations: readonly DestinationConfig[];
  readonly retry: Backoff;
  readonly circuitBreaker: CircuitBreakerConfig;
  readonly metrics: { readonly namespace: string; readonly publisher: 'api' | 'none' };
  readonly reconcile: ReconcileConfig;
}

export interface ReconcileConfig {
  readonly everyMinutes: number;
  /** What a scheduled run does with drift: repair it, or only tell. */
  readonly mode: 'detect' | 'repair';
}

const DEFAULT_RECONCILE: ReconcileConfig = { everyMinutes: 60, mode: 'repair' };

/** Attempts and delays when the file says nothing (docs/decisions/0002). */
export const DEFAULT_RETRY: Backoff = { attempts: 5, minDelayMs: 2_000, maxDelayMs: 32_000, factor: 2, jitter: 0.1 };
const DEFAULT_NAMESPACE = 'SecretsReplicator';

/** What a document says, and what is wrong with it. */
export interface CheckedConfig {
  /** Undefined when there is any issue. */
  readonly config: ReplicationConfig | undefined;
  /** Those whose own part of the document has the right shape, so that their rules can be checked although something else is wrong. */
  readonly destinations: readonly DestinationConfig[];
  readonly issues: readonly ConfigIssue[];
}

/** Any document to a configuration that needs no file beside it. Throws ConfigError with every issue of shape and sense. */
export function parseConfig(document: unknown): ReplicationConfig {
  const { config, issues } = checkConfig(document, noSedfiles);
  if (config === undefined) throw new ConfigError(issues);
  return config;
}

/** Every issue of shape; of sense too, once the shape is right. Throws only what `readSedfile` throws beside SedfileUnreadable. */
export function checkConfig(document: unknown, readSedfile: ReadSedfile): CheckedConfig {
  const parsed = configSchema.safeParse(document);
  const shapes = parsed.success ? [...parsed.data.destinations.entries()] : soundDestinations(document);
  const completed = shapes.map(([index, shape]) => {
    const { steps, issues } = embedSedfiles(shape, index, readSedfile);
    return { destination: completeDestination(shape, index, steps), issues };
  });
  const destinations = completed.map(({ destination }) => destination);
  const unreadable = completed.flatMap(({ issues }) => issues);
  if (!parsed.success) {
    const issues = [...issuesOf(parsed.error.issues, document), ...unreadable];
    return { config: undefined, destinations, issues };
  }
  const config = complete(parsed.data, destinations);
  const issues = [...unreadable, ...senseIssues(config)];
  return { config: issues.length === 0 ? config : undefined, destinations, issues };
}

function soundDestinations(document: unknown): [number, DestinationShape][] {
  const list = valueAt(document, ['destinations']);
  if (!Array.isArray(list)) return [];
  return list.flatMap((entry: unknown, index): [number, DestinationShape][] => {
    const parsed = destinationSchema.safeParse(entry);
    return parsed.success ? [[index, parsed.data]] : [];
  });
}

function complete(shape: ConfigShape, destinations: readonly DestinationConfig[]): ReplicationConfig {
  return {
    source: { region: shape.source.region as Region, select: selectionOf(shape.source.select) },
    destinations,
    retry: { ...DEFAULT_RETRY, ...(shape.retry as Partial<Backoff> | undefined) },
    circuitBreaker: {
      ...DEFAULT_CIRCUIT_BREAKER,
      ...(shape.circuitBreaker as Partial<CircuitBreakerConfig> | undefined),
    },
    metrics: {
      namespace: shape.metrics?.namespace ?? DEFAULT_NAMESPACE,
      publisher: shape.metrics?.publisher ?? 'api',
    },
    reconcile: { ...DEFAULT_RECONCILE, ...(shape.reconcile as Partial<ReconcileConfig> | undefined) },
  };
}

function completeDestination(
  shape: DestinationShape,
  index: number,
  transform: readonly EmbeddedStep[],
): DestinationConfig {
  return {
    id: (shape.name ?? shape.region) as DestinationId,
    index,
    region: shape.region as Region,
    ...(shape.roleArn === undefined ? {} : { role: roleOf(shape.roleArn, shape.externalId) }),
    ...(shape.kmsKeyId === undefined ? {} : { kmsKeyId: shape.kmsKeyId }),
    select: selectionOf(shape.select),
    ...(shape.rename === undefined ? {} : { rename: shape.rename }),
    transform,
    variables: shape.variables ?? {},
    expect: shape.expect ?? {},
    tests: shape.tests ?? [],
    adopt: new Set(typeof shape.onConflict === 'object' ? shape.onConflict.adopt : []),
    metadata: metadataRulesOf(shape.metadata),
    onDelete: brakesOf(shape.onDelete),
  };
}

function roleOf(arn: string, externalId: string | undefined) {
  return { arn, account: accountOfRole(arn), ...(externalId === undefined ? {} : { externalId }) };
}
