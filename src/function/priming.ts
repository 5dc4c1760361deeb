import { createSecureContext } from 'node:tls';
import { cannedNetwork } from '../aws/canned-network.js';
import { silentLog, type Log } from '../aws/log.js';
import type { ReplicationConfig } from '../core/config.js';
import { asReplicatorError } from '../core/failure.js';
import { globMatches } from '../core/glob.js';
import { ENVIRONMENT } from '../core/settings.js';
import type { CompiledConfig } from '../transform/compile-checked.js';
import { CannedSecrets } from './canned-secrets.js';
import { systemClock } from './clock.js';
import { functionOver } from './function.js';
import { reasonOf } from './report-log.js';
import { wire } from './wiring.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** Code is the same for each of them, and few have rules that no other has. */
const MAX_DESTINATIONS = 4;
/** Globs that a name is looked for in. */
const MAX_GLOBS = 50;
/** What priming may take; milliseconds. It takes about 60. */
const TIME_MS = 1_000;
/**
 * Megabytes of memory, which bring 1/1,769 of a processor each to an invocation. Priming adds 60 ms to a start and takes
 * 45 ms off the first invocation, if both had all of a processor (`npm run bench`): from about here on it would cost more.
 */
const PRIMED_BELOW_MB = 1_200;
const ACCOUNT = '000000000000';
const CREDENTIALS = { accessKeyId: 'priming', secretAccessKey: 'priming' };
/** Of all settings these bear upon how a replica comes to be; metrics, events and spans come after it. */
const KEPT = ['AWS_REGION', ENVIRONMENT.dryRun, ENVIRONMENT.ownershipEnforced];

/** Whether a start is to do what its first invocation would do with less of a processor, or while somebody waits for it. */
export function isPrimed(environment: Environment): boolean {
  const megabytes = Number(environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? PRIMED_BELOW_MB);
  return megabytes < PRIMED_BELOW_MB || environment['AWS_LAMBDA_INITIALIZATION_TYPE'] === 'provisioned-concurrency';
}

/**
 * Replicates a made-up secret over a made-up network, so that what a first change runs has been loaded and compiled before
 * it comes: a start has all of a processor, an invocation a share of one (docs/decisions/0020). Nothing of it reaches AWS,
 * the log or what the function remembers. Never rejects: without it a first replica is only later.
 */
export async function prime(environment: Environment, compiled: CompiledConfig, log: Log): Promise<void> {
  try {
    // The first connection would read the root certificates.
    if (environment['AWS_ENDPOINT_URL'] === undefined) createSecureContext();
    log.debug('start primed', { replicas: await rehearse(environment, compiled) });
  } catch (thrown) {
    log.debug('start not primed', reasonOf(asReplicatorError(thrown)));
  }
}

/** How many destinations it came to the end of. */
async function rehearse(environment: Environment, { config, rules }: CompiledConfig): Promise<number> {
  const { region } = config.source;
  const name = nameFor(config);
  const arn = `arn:aws:secretsmanager:${region}:${ACCOUNT}:secret:${name}-primed`;
  const secrets = new CannedSecrets({ arn, name }, () => systemClock.now());
  const wiring = wire(
    { ...Object.fromEntries(KEPT.map((name) => [name, environment[name]])), [ENVIRONMENT.enableMetrics]: 'false' },
    { config: primable(config), rules: rules.slice(0, MAX_DESTINATIONS) },
    {
      requestHandler: cannedNetwork(secrets.answer),
      credentials: () => Promise.resolve(CREDENTIALS),
      log: silentLog,
      write: () => undefined,
    },
  );
  const event = {
    id: name,
    'detail-type': 'Secret Label Updated',
    source: 'aws.secretsmanager',
    account: ACCOUNT,
    time: new Date(systemClock.now()).toISOString(),
    region,
    resources: [arn],
    detail: { name, labelUpdated: 'AWSCURRENT' },
  };
  const records = [{ messageId: name, body: JSON.stringify(event) }];
  await functionOver(wiring)({ Records: records }, { awsRequestId: name, getRemainingTimeInMillis: () => TIME_MS });
  return secrets.created;
}

/** The same where everything is selected, nobody is told, and what fails is not tried again. */
function primable({ eventBus: _told, ...config }: ReplicationConfig): ReplicationConfig {
  const everything = { include: ['*'], exclude: [], tags: new Map<string, string>() };
  return {
    ...config,
    source: { ...config.source, select: everything },
    destinations: config.destinations.slice(0, MAX_DESTINATIONS).map((one) => ({ ...one, select: everything })),
    retry: { ...config.retry, attempts: 1 },
  };
}

/** A name that as many steps as possible are for. */
function nameFor({ source, destinations }: ReplicationConfig): string {
  const steps = destinations.slice(0, MAX_DESTINATIONS).flatMap(({ transform }) => transform.map(({ names }) => names));
  const names = [...steps.flatMap((globs) => globs ?? []), ...source.select.include]
    .slice(0, MAX_GLOBS)
    .map((glob) => glob.replaceAll('*', 'priming').replaceAll('?', '-'));
  const hits = (name: string) => steps.filter((globs) => globs?.some((glob) => globMatches(glob, name)) ?? true).length;
  return names.toSorted((a, b) => hits(b) - hits(a))[0] ?? 'priming';
}
