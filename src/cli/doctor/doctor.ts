import { callerIdentity, type Caller } from '../../aws/caller.js';
import type { ClientConfig } from '../../aws/client-config.js';
import { identityOf, type Clients, type Identity } from '../../aws/clients.js';
import { Probes } from '../../aws/probes.js';
import { SqsQueue } from '../../aws/queue.js';
import { SecretsManagerStore } from '../../aws/secrets.js';
import { deniedActions } from '../../aws/simulated-policy.js';
import { grantsFor } from '../../core/access/function-access.js';
import type { Grant } from '../../core/access/grant.js';
import { replicaRoleGrants } from '../../core/access/replica-role-access.js';
import { sampleCalls } from '../../core/access/sample-calls.js';
import type { DestinationConfig, ReplicationConfig } from '../../core/config.js';
import type { NamedRulesObject } from '../../core/rules-object.js';
import { ask, type Asking, type Check } from './check.js';
import { deployedChecks } from './deployed-checks.js';
import { rulesCheck, type ReadRules } from './rules-check.js';
import { destinationChecks, sourceChecks, type Reached } from './place-checks.js';

export interface DoctorInput {
  readonly config: ReplicationConfig;
  /** The function's role: IAM is asked what its policies allow. */
  readonly role: string | undefined;
  /** The object that may change rules. */
  readonly rulesObject: NamedRulesObject | undefined;
  readonly queues: readonly string[];
  /** The deployed function, by name or ARN. */
  readonly function: string | undefined;
}

export interface DoctorDeps {
  readonly clients: Clients;
  /** In the source's region. */
  readonly deployed: ClientConfig;
  /** Rejects with ReplicatorError. */
  readonly read: ReadRules;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** Signatures are refused when clocks differ by more than this (IAM user guide, Signature Version 4). Milliseconds. */
const MAX_SKEW_MS = 5 * 60_000;

/** Every check there is, in the order of a change's way. Never rejects; without credentials there is one check only. */
export async function examine(deps: DoctorDeps, input: DoctorInput): Promise<readonly Check[]> {
  let caller: Caller | undefined;
  const home = deps.clients.home();
  const asking = { place: 'here', principal: 'you', grants: [] };
  const identity = await ask(asking, 'credentials', [], async () => {
    caller = await callerIdentity(home, deps.signal);
    return caller.arn;
  });
  if (caller === undefined) return [identity];
  const { arn, account, partition } = caller;
  const grants = grantsFor({ config: input.config, place: { partition, account } });
  const places = await Promise.all([
    sourceChecks(
      reached(deps, 'source', input.config.source.region, { principal: arn, grants }),
      input.config.source.select,
    ),
    ...input.config.destinations.map((destination) =>
      destination.role === undefined
        ? destinationChecks(
            reached(
              deps,
              destination.id,
              destination.region,
              destination.credentialsSecret === undefined
                ? { principal: arn, grants }
                : { principal: 'the credentials of credentialsSecret', grants: [] },
              identityOf(destination, input.config.source.region),
            ),
          )
        : otherAccount(deps, input.config, destination, destination.role, {
            account,
            partition,
            principal: arn,
            grants,
          }),
    ),
  ]);
  const queues = await Promise.all(input.queues.map((url) => queueCheck(deps, home, url)));
  const published = await rulesCheck(deps.read, input.rulesObject, {
    config: input.config,
    place: { partition, account },
    principal: arn,
  });
  const all = [...grants, ...published.grants];
  const role = input.role === undefined ? [] : await roleChecks(deps, home, input.role, all);
  const { function: name } = input;
  const here = { config: input.config, rulesObject: input.rulesObject?.uri, published: published.config };
  const atWork = name === undefined ? [] : await deployedChecks({ ...deps, client: deps.deployed }, here, name);
  return [identity, clockCheck(deps, caller), ...places.flat(), ...published.checks, ...queues, ...role, ...atWork];
}

function reached(
  { clients, signal }: DoctorDeps,
  place: string,
  region: string,
  as: Pick<Asking, 'principal' | 'grants'>,
  identity?: Identity,
): Reached {
  const client = clients.secretsManager(region, identity);
  const store = new SecretsManagerStore(client, region);
  return { asking: { place, ...as }, store, probes: new Probes(client, region), signal };
}

interface Ours extends Pick<Asking, 'principal' | 'grants'> {
  readonly account: string;
  readonly partition: string;
}

/** First the role itself, with the external id that the function would send. */
async function otherAccount(
  deps: DoctorDeps,
  config: ReplicationConfig,
  { id: place, region }: DestinationConfig,
  role: NonNullable<DestinationConfig['role']>,
  { account, partition, principal, grants }: Ours,
): Promise<readonly Check[]> {
  const taken = await ask({ place, principal, grants }, 'role', ['sts:AssumeRole'], async () => {
    await deps.clients.secretsManager(region, role).config.credentials();
    return `${role.arn} is taken`;
  });
  const hint = `its trust has to name ${principal} and the externalId of ${place}; it names the function's role only if -c role=${place} made it`;
  if (taken.status !== 'ok') return [{ ...taken, detail: `${taken.detail}; ${hint}` }];
  const input = { config, place: { partition, account: role.account }, sourceAccount: account };
  const as = { principal: role.arn, grants: replicaRoleGrants(input, role.arn) };
  return [taken, ...(await destinationChecks(reached(deps, place, region, as, role)))];
}

function clockCheck({ now }: DoctorDeps, { serverTime }: Caller): Check {
  const named = { place: 'here', what: 'clock' };
  if (serverTime === undefined) return { ...named, status: 'unknown', detail: 'the answer of AWS has no date' };
  const seconds = Math.round((now() - serverTime) / 1_000);
  const status = Math.abs(seconds) * 1_000 < MAX_SKEW_MS ? 'ok' : 'failed';
  return { ...named, status, detail: `${seconds} s from that of AWS, which takes up to ${MAX_SKEW_MS / 1_000}` };
}

async function queueCheck({ signal }: DoctorDeps, home: ClientConfig, url: string): Promise<Check> {
  const place = url.slice(url.lastIndexOf('/') + 1);
  return ask({ place, principal: 'you', grants: [] }, 'queue', [], async () => {
    const { waiting, underWay } = await new SqsQueue(home, url).depth(signal);
    return `${waiting} waiting, ${underWay} under way`;
  });
}

/** One question a statement. What a policy of the other side refuses, IAM does not tell here. */
async function roleChecks(
  { signal }: DoctorDeps,
  home: ClientConfig,
  role: string,
  grants: readonly Grant[],
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  for (const sample of sampleCalls(grants)) {
    const { grant } = sample;
    const named = { place: 'role', what: grant.id };
    let denied: readonly string[] = [];
    const check = await ask({ place: 'role', principal: 'you', grants: [] }, grant.id, [], async () => {
      denied = await deniedActions(home, role, sample, signal);
      return `allowed: ${grant.actions.join(', ')}`;
    });
    if (denied.length === 0) checks.push(check);
    else
      checks.push({
        ...named,
        status: 'failed',
        detail: `denied: ${denied.join(', ')}`,
        missing: { principal: role, grants: [grant] },
      });
    // Who may not ask once may not ask again.
    if (check.status === 'failed') break;
  }
  return checks;
}
