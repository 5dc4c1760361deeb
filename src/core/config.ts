import type { Backoff } from './backoff.js';
import { DEFAULT_CIRCUIT_BREAKER, type CircuitBreakerConfig } from './circuit-breaker.js';
import type { ConfigIssue } from './config-issues.js';
import type { ConfigShape, DestinationShape, ExpectationShape, RuleTestShape } from './config-schema.js';
import { brakesOf, type DeletionBrakes } from './deletion-brakes.js';
import { metadataRulesOf, type MetadataRules } from './metadata.js';
import type { MetricSettings } from './metric-series.js';
import { accountOfRole, type AccountId, type DestinationId, type Region } from './names.js';
import type { NamedRulesObject } from './rules-object.js';
import { embedSedfiles, type EmbeddedStep, type ReadSedfile } from './sedfile-steps.js';
import { selectionOf, type Selection } from './selection.js';

/** One destination, complete: what was left out of the file is filled in. */
export interface DestinationConfig {
  readonly id: DestinationId;
  /** Position in the file, for messages. */
  readonly index: number;
  readonly region: Region;
  readonly role?: { readonly arn: string; readonly account: AccountId; readonly externalId?: string };
  /** Name or ARN of a secret beside the sources that holds the credentials to write with, for another partition. */
  readonly credentialsSecret?: string;
  /** Owner of the replicas; undefined: the function's own account, written with its own role. */
  readonly account?: AccountId;
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
  readonly metrics: MetricsConfig;
  /** Name or ARN of the bus that hears of written replicas. */
  readonly eventBus?: string;
  readonly reconcile: ReconcileConfig;
  /** Undefined: the configuration names none. What the function reads, its environment says. */
  readonly rulesObject?: NamedRulesObject;
}

export interface MetricsConfig extends MetricSettings {
  readonly publisher: 'api' | 'emf' | 'none';
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

/** A document of the right shape, with what it leaves out filled in. */
export function completeConfig(shape: ConfigShape, destinations: readonly DestinationConfig[]): ReplicationConfig {
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
      totalsOnly: new Set(shape.metrics?.totalsOnly),
    },
    ...(shape.events === undefined ? {} : { eventBus: shape.events.bus }),
    reconcile: { ...DEFAULT_RECONCILE, ...(shape.reconcile as Partial<ReconcileConfig> | undefined) },
    ...(shape.rulesObject === undefined ? {} : { rulesObject: shape.rulesObject }),
  };
}

/** Those at these positions, each with the text of its sedfiles; and the sedfiles that cannot be had. */
export function completeDestinations(
  shapes: Iterable<readonly [number, DestinationShape]>,
  readSedfile: ReadSedfile,
): { readonly destinations: readonly DestinationConfig[]; readonly issues: readonly ConfigIssue[] } {
  const completed = [...shapes].map(([index, shape]) => {
    const { steps, issues } = embedSedfiles(shape, index, readSedfile);
    return { destination: completeDestination(shape, index, steps), issues };
  });
  return {
    destinations: completed.map(({ destination }) => destination),
    issues: completed.flatMap(({ issues }) => issues),
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
    ...(shape.credentialsSecret === undefined ? {} : { credentialsSecret: shape.credentialsSecret }),
    ...accountOf(shape),
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

function accountOf({ roleArn, accountId }: DestinationShape): { readonly account?: AccountId } {
  const account = roleArn === undefined ? (accountId as AccountId | undefined) : accountOfRole(roleArn);
  return account === undefined ? {} : { account };
}

function roleOf(arn: string, externalId: string | undefined) {
  return { arn, account: accountOfRole(arn), ...(externalId === undefined ? {} : { externalId }) };
}
