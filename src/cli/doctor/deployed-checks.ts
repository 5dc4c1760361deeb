import { askFunction } from '../../aws/ask-function.js';
import type { ClientConfig } from '../../aws/client-config.js';
import { eventRules, passedOn, type EventRule } from '../../aws/event-rules.js';
import type { ReplicationConfig } from '../../core/config.js';
import { configDigest } from '../../core/config-digest.js';
import type { Health, Queued } from '../../function/health.js';
import { ask, type Check } from './check.js';

export interface DeployedDeps {
  /** In the source's region, and patient: the function asks every region itself. */
  readonly client: ClientConfig;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

/** What the operator has. */
export interface Here {
  readonly config: ReplicationConfig;
  /** Address of the object that may change rules, if one is named. */
  readonly rulesObject: string | undefined;
  /** With the rules of that object; undefined: there is none that could be taken. */
  readonly published: ReplicationConfig | undefined;
}

/** The deployed function by its own word, and whether EventBridge has anything for it. Asks, and changes nothing. Never rejects. */
export async function deployedChecks(deps: DeployedDeps, here: Here, name: string): Promise<readonly Check[]> {
  const [healthy, events] = await Promise.all([functionChecks(deps, here, name), eventChecks(deps)]);
  return [...healthy, ...events];
}

async function functionChecks({ client, signal }: DeployedDeps, here: Here, name: string): Promise<readonly Check[]> {
  let answer: unknown;
  const asked = await asking('function', 'answers', async () => {
    answer = await askFunction(client, name, { action: 'health' }, signal);
    return name;
  });
  if (asked.status !== 'ok') return [{ ...asked, detail: `${asked.detail}; looked for in ${client.region}` }];
  if (!isHealth(answer)) {
    return [
      { ...asked, status: 'failed', detail: `${name} does not answer the action health; it is another function` },
    ];
  }
  const { deadLetters } = answer.queues;
  return [
    asked,
    configurationCheck(answer, here),
    ...rulesChecks(answer, here),
    readiness(answer),
    ...(deadLetters === undefined ? [] : [letters(deadLetters)]),
  ];
}

function isHealth(answer: unknown): answer is Health {
  return typeof answer === 'object' && answer !== null && 'action' in answer && answer.action === 'health';
}

/** An object changes rules without a change of the file. */
function configurationCheck({ config: running }: Health, { config, rulesObject, published }: Here): Check {
  const named = { place: 'function', what: 'configuration' };
  if (running === configDigest(config)) return { ...named, status: 'ok', detail: 'the same as here' };
  if (published !== undefined && running === configDigest(published)) {
    return { ...named, status: 'ok', detail: `the same as here, with the rules of ${rulesObject}` };
  }
  const remedy = 'deploy or publish it, or name its own with --config';
  return { ...named, status: 'failed', detail: `it runs another one than this file; ${remedy}` };
}

/** Whether the rules in force are those of the object that may change them, and that object is the one named here. */
function rulesChecks({ rules }: Health, { rulesObject }: Here): readonly Check[] {
  const named = { place: 'function', what: 'rules' };
  const failed = (detail: string): readonly Check[] => [{ ...named, status: 'failed', detail }];
  if (rules === undefined) {
    return rulesObject === undefined
      ? []
      : failed(`from its deployment alone, and ${rulesObject} is named here; deploy it`);
  }
  const { object, from, since, refusal } = rules;
  if (rulesObject !== undefined && rulesObject !== object) {
    return failed(`from ${object}, and ${rulesObject} is named here; deploy it, or name the other`);
  }
  if (refusal === undefined) {
    const hint = rulesObject === undefined ? `; ${UNNAMED}` : '';
    return [{ ...named, status: 'ok', detail: `from ${object} since ${since ?? 'now'}${hint}` }];
  }
  const inForce = from === 'bundle' ? 'the deployed ones' : `those of ${since ?? 'before'}`;
  return failed(`${inForce} are in force; ${object}: ${refusal.code}: ${refusal.reason}`);
}

const UNNAMED = 'name it as rulesObject, so that status, plan, sync, undo and explain go by it';

/** Each place as the function itself reaches it, with its own role. */
function readiness({ ready, source, sourceRegion, destinations }: Health): Check {
  const places = [{ id: `source ${sourceRegion}`, breaker: 'closed', ...source }, ...destinations];
  const wrong = places.flatMap((place) => {
    if (!place.reachable) return [`${place.id}: ${place.code}`];
    return place.breaker === 'open' ? [`${place.id}: its circuit breaker is open`] : [];
  });
  const detail = wrong.length === 0 ? 'source and every destination answer it' : wrong.join(', ');
  return { place: 'function', what: 'ready', status: ready ? 'ok' : 'failed', detail };
}

function letters(queued: Queued): Check {
  const named = { place: 'function', what: 'dead letters' };
  if ('code' in queued) return { ...named, status: 'unknown', detail: `not told: ${queued.code}` };
  const { waiting } = queued;
  return {
    ...named,
    status: waiting === 0 ? 'ok' : 'failed',
    detail: waiting === 0 ? 'none' : `${waiting}; see redrive`,
  };
}

const DAYS = 14;

async function eventChecks(deps: DeployedDeps): Promise<readonly Check[]> {
  let rules: readonly EventRule[] = [];
  const listed = await asking('events', 'rules', async () => {
    rules = await eventRules(deps.client, deps.signal);
    return '';
  });
  if (listed.status !== 'ok') return [listed];
  const values = await ruleCheck(deps, 'values', withType(rules, 'Secret Label Updated'), NO_VALUES);
  const calls = await ruleCheck(deps, 'calls', withType(rules, 'AWS API Call via CloudTrail'), NO_CALLS);
  return [values, calls];
}

const NO_VALUES = 'no value became current, or Secrets Manager does not tell of it in this region';
const NO_CALLS =
  'no trail records write events here, or nothing was written; without one, deletions, tags and descriptions wait for the next comparison';

/** Rules on what Secrets Manager tells in this way. */
function withType(rules: readonly EventRule[], type: string): readonly EventRule[] {
  return rules.filter(({ pattern }) => {
    const { source, 'detail-type': types } = JSON.parse(pattern) as Readonly<Record<string, unknown>>;
    return includes(source, 'aws.secretsmanager') && includes(types, type);
  });
}

function includes(list: unknown, item: string): boolean {
  return Array.isArray(list) && list.includes(item);
}

/** Whether a rule is there and on, and whether anything came by it. */
async function ruleCheck(
  { client, now, signal }: DeployedDeps,
  what: string,
  rules: readonly EventRule[],
  silence: string,
): Promise<Check> {
  const named = { place: 'events', what };
  const on = rules.filter(({ isOn }) => isOn).map(({ name }) => name);
  if (on.length === 0) {
    const there = rules.length === 0 ? 'is there' : 'is on';
    return {
      ...named,
      status: 'failed',
      detail: `no rule for these ${there} in ${client.region}; deploy the stack there`,
    };
  }
  const range = { from: now() - DAYS * 86_400_000, to: now() };
  let events = 0;
  const counted = await asking('events', what, async () => {
    for (const rule of on) events += await passedOn(client, rule, range, signal);
    return `${on.join(', ')}: ${events} in ${DAYS} days`;
  });
  return counted.status === 'ok' && events === 0
    ? { ...counted, status: 'unknown', detail: `${counted.detail}: ${silence}` }
    : counted;
}

/** What the operator may not ask is no defect of the deployment. */
async function asking(place: string, what: string, question: () => Promise<string>): Promise<Check> {
  const check = await ask({ place, principal: 'you', grants: [] }, what, [], question);
  return check.detail.startsWith('AccessDenied: ') ? { ...check, status: 'unknown' } : check;
}
