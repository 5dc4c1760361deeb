import type { AwsCredentialIdentityProvider } from '@smithy/types';
import type { HttpHandler } from '../aws/client-config.js';
import { Clients, identityOf, type Identity } from '../aws/clients.js';
import { jsonLog, type Log } from '../aws/log.js';
import { SecretsManagerStore } from '../aws/secrets.js';
import type { CircuitBreakerConfig } from '../core/circuit-breaker.js';
import type { DestinationConfig, ReplicationConfig } from '../core/config.js';
import { parseSettings, type Settings } from '../core/settings.js';
import type { DestinationRules } from '../core/transformed.js';
import type { CompiledConfig } from '../transform/compile-checked.js';
import { breakerFor, type Breaker } from '../flow/breaker.js';
import type { Neighbour } from '../flow/destination.js';
import { KnownSecrets } from '../flow/known-secrets.js';
import { Pace } from '../flow/pace.js';
import type { Clock, SecretStore } from '../flow/ports.js';
import { WriteBudget } from '../flow/write-budget.js';
import { systemClock } from './clock.js';
import { onDemand, type OnDemand, type WriteLine } from './on-demand.js';

/** Everything the function needs, made once and kept while the process is warm. */
export interface Wiring extends OnDemand {
  readonly config: ReplicationConfig;
  readonly settings: Settings;
  readonly source: SecretStore;
  readonly destinations: readonly WiredDestination[];
  readonly known: KnownSecrets;
  readonly budget: WriteBudget;
  /** What this process did last; another one may have done more since. */
  readonly last: { reconcile?: LastReconcile };
  readonly log: Log;
  /** For the share of invocations that log everything. */
  readonly fullLog: Log;
  readonly clock: Clock;
  readonly random: () => number;
}

/** The end of a comparison of everything, or of the last part of it. */
export interface LastReconcile {
  /** ISO 8601. */
  readonly at: string;
  /** Every list was read to its end, for every destination. */
  readonly complete: boolean;
}

export interface WiredDestination {
  readonly config: DestinationConfig;
  readonly rules: DestinationRules;
  readonly store: SecretStore;
  readonly breaker: Breaker;
  /** Shared by every destination of the same account and region. */
  readonly pace: Pace;
  readonly earlier: readonly Neighbour[];
}

/** What rules leave as it is. */
interface Parts extends Omit<Wiring, 'config' | 'destinations'> {
  readonly destinations: readonly Pick<WiredDestination, 'store' | 'breaker' | 'pace'>[];
}

/** What a caller may replace; a deployed function replaces nothing. */
export interface WiringOptions {
  readonly requestHandler?: HttpHandler;
  readonly credentials?: AwsCredentialIdentityProvider;
  readonly log?: Log;
  readonly write?: WriteLine;
  readonly clock?: Clock;
  readonly random?: () => number;
}

/** Environment and configuration to a wired function. Throws SettingsError for a setting that cannot be understood. */
export function wire(
  environment: Readonly<Record<string, string | undefined>>,
  compiled: CompiledConfig,
  options: WiringOptions = {},
): Wiring {
  const { config } = compiled;
  const settings = parseSettings(environment);
  const {
    log = jsonLog(settings.logLevel),
    write = writeLine,
    clock = systemClock,
    random = Math.random,
    ...network
  } = options;
  const clients = new Clients({
    homeRegion: environment['AWS_REGION'] ?? config.source.region,
    now: () => clock.now(),
    ...network,
  });
  const storeIn = (region: string, identity?: Identity) =>
    new SecretsManagerStore(clients.secretsManager(region, identity), region);
  const paces = new Map<string, Pace>();
  const paceOf = ({ region, account }: DestinationConfig) => {
    const key = `${account ?? ''} ${region}`;
    const pace = paces.get(key) ?? new Pace(clock);
    paces.set(key, pace);
    return pace;
  };
  const parts: Parts = {
    settings,
    source: storeIn(config.source.region),
    destinations: config.destinations.map((destination) => ({
      store: storeIn(destination.region, identityOf(destination, config.source.region)),
      breaker: breakerFor(breakerConfig(config, settings), clock),
      pace: paceOf(destination),
    })),
    known: new KnownSecrets(clock),
    budget: new WriteBudget(clock),
    last: {},
    ...onDemand(config, settings, clients, write, clock),
    log,
    fullLog: options.log ?? jsonLog('DEBUG'),
    clock,
    random,
  };
  return underRules(parts, compiled);
}

function breakerConfig({ circuitBreaker }: ReplicationConfig, settings: Settings): CircuitBreakerConfig {
  return { ...circuitBreaker, enabled: settings.circuitBreaker ?? circuitBreaker.enabled };
}

/** Clients, breakers, paces and memory as they are, under these rules. */
export function underRules(parts: Parts, { config, rules }: CompiledConfig): Wiring {
  const ruled = config.destinations.map((one, index) => ({ config: one, rules: ruleAt(rules, index) }));
  const destinations = ruled.flatMap((own, index) => {
    const place = parts.destinations[index];
    const earlier = ruled.slice(0, index).filter((one) => one.config.region === own.config.region);
    return place === undefined ? [] : [{ ...place, ...own, earlier }];
  });
  return { ...parts, config, destinations };
}

function ruleAt(rules: readonly DestinationRules[], index: number): DestinationRules {
  const found = rules[index];
  if (found === undefined) throw new TypeError('every destination has rules');
  return found;
}

/** Past `console`, to which Lambda's runtime adds columns of its own. */
const writeLine: WriteLine = (line) => {
  process.stdout.write(`${line}\n`);
};
