import { METRIC_NAMESPACE, METRIC_NAMESPACE_TAKES } from './metrics.js';

/** Environment variables of the function. The stack writes these names and the handler reads them. */
export const ENVIRONMENT = {
  config: 'REPLICATOR_CONFIG',
  logLevel: 'LOG_LEVEL',
  logSampleRate: 'LOG_SAMPLE_RATE',
  enableMetrics: 'ENABLE_METRICS',
  metricsNamespace: 'METRICS_NAMESPACE',
  tracing: 'TRACING',
  dryRun: 'DRY_RUN',
  deadLetterQueueUrl: 'DEAD_LETTER_QUEUE_URL',
  changeQueueUrl: 'CHANGE_QUEUE_URL',
  circuitBreaker: 'CIRCUIT_BREAKER',
  ownershipEnforced: 'OWNERSHIP_ENFORCED',
} as const;

export type LogLevel = 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';
/** From the most to the least told. */
export const LOG_LEVELS: readonly LogLevel[] = ['DEBUG', 'INFO', 'WARN', 'ERROR'];

/** Rules that may be changed while the function runs; what else was set of them, whoever reads them asks for. */
export interface RulesSettings {
  readonly uri: string;
  readonly given: (name: string) => string | undefined;
}

/** What an operator may set without a deployment. */
export interface Settings {
  /** Path of a JSON configuration; undefined: the one beside the bundle. */
  readonly configPath: string | undefined;
  /** Undefined: rules change by a deployment only. */
  readonly rules: RulesSettings | undefined;
  readonly logLevel: LogLevel;
  /** Share of invocations that log everything, 0 to 1. */
  readonly logSampleRate: number;
  readonly metricsEnabled: boolean;
  readonly metricsNamespace: string | undefined;
  /** Spans through the OpenTelemetry API; off, none of it is loaded. */
  readonly tracing: boolean;
  /** Decide and report, but write nothing. */
  readonly dryRun: boolean;
  /** Where messages with a permanent cause go; undefined: they are returned as failed and the queue gives up on them. */
  readonly deadLetterQueueUrl: string | undefined;
  /** Where messages come from; undefined: those that come back wait for as long as the queue is set to. */
  readonly changeQueueUrl: string | undefined;
  /** Undefined: as the configuration says. */
  readonly circuitBreaker: boolean | undefined;
  /** The function's role refuses writes to secrets without our tag, as the stack's does; then a replica need not be looked at before each put. */
  readonly ownershipEnforced: boolean;
}

/** A setting that cannot be understood is an error at start, not a default. */
class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

export function parseSettings(environment: Readonly<Record<string, string | undefined>>): Settings {
  const given = (name: string) => {
    const text = environment[name]?.trim();
    return text === '' ? undefined : text;
  };
  const config = given(ENVIRONMENT.config);
  const isObject = config?.startsWith('s3:') === true;
  return {
    configPath: isObject ? undefined : config,
    rules: isObject ? { uri: config, given } : undefined,
    logLevel: logLevelOf(given(ENVIRONMENT.logLevel)),
    logSampleRate: shareOf(ENVIRONMENT.logSampleRate, given(ENVIRONMENT.logSampleRate)),
    tracing: flag(ENVIRONMENT.tracing, given(ENVIRONMENT.tracing), false),
    metricsEnabled: flag(ENVIRONMENT.enableMetrics, given(ENVIRONMENT.enableMetrics), true),
    metricsNamespace: namespaceOf(given(ENVIRONMENT.metricsNamespace)),
    dryRun: flag(ENVIRONMENT.dryRun, given(ENVIRONMENT.dryRun), false),
    deadLetterQueueUrl: given(ENVIRONMENT.deadLetterQueueUrl),
    changeQueueUrl: given(ENVIRONMENT.changeQueueUrl),
    ownershipEnforced: flag(ENVIRONMENT.ownershipEnforced, given(ENVIRONMENT.ownershipEnforced), false),
    circuitBreaker: flag(ENVIRONMENT.circuitBreaker, given(ENVIRONMENT.circuitBreaker), undefined),
  };
}

function logLevelOf(text: string | undefined): LogLevel {
  const level = LOG_LEVELS.find((one) => one === (text ?? 'INFO').toUpperCase());
  if (level !== undefined) return level;
  throw new SettingsError(`${ENVIRONMENT.logLevel} takes ${LOG_LEVELS.join(', ')}`);
}

function namespaceOf(text: string | undefined): string | undefined {
  if (text === undefined || METRIC_NAMESPACE.test(text)) return text;
  throw new SettingsError(`${ENVIRONMENT.metricsNamespace} ${METRIC_NAMESPACE_TAKES}`);
}

function shareOf(name: string, text = '0'): number {
  const share = Number(text);
  if (share >= 0 && share <= 1) return share;
  throw new SettingsError(`${name} takes a number from 0, none, to 1, all`);
}

function flag<T>(name: string, text: string | undefined, otherwise: T): boolean | T {
  if (text === undefined) return otherwise;
  if (/^(true|1|yes|on)$/i.test(text)) return true;
  if (/^(false|0|no|off)$/i.test(text)) return false;
  throw new SettingsError(`${name} takes true or false`);
}
