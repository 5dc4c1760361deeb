import { Clients } from '../../aws/clients.js';
import type { ReplicationConfig } from '../../core/config.js';
import type { Grant } from '../../core/access/grant.js';
import { policyDocument, type PolicyDocument } from '../../core/access/policy-document.js';
import { loadConfigFile } from '../../files/config-file.js';
import { objectRules, type RulesFlags } from '../rules-in-force.js';
import type { Check } from '../doctor/check.js';
import { examine, type DoctorInput } from '../doctor/doctor.js';
import type { LocalOptions } from '../local-function.js';
import type { Terminal } from '../terminal.js';

export interface DoctorFlags extends RulesFlags {
  /** ARN of the function's role. */
  readonly role?: string | undefined;
  /** The deployed function, by name or ARN. */
  readonly function?: string | undefined;
  /** URLs of queues. */
  readonly queue?: readonly string[] | undefined;
  readonly json: boolean;
}

/** What an operator may wait for. Milliseconds. */
const TIME_MS = 2 * 60_000;
/** The deployed function asks every region before it answers, and may have to start first. Milliseconds. */
const ANSWER_MS = 30_000;
const SIGNS = { ok: 'ok     ', failed: 'FAILED ', unknown: '?      ' } as const;

/** Looks at everything that a change needs, and changes nothing. Exit code 0: nothing is wrong; 1: something is. */
export async function doctor(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  { config: file, rulesObject, role, function: name, queue = [], json }: DoctorFlags,
  { clock, ...network }: LocalOptions = {},
): Promise<number> {
  const loaded = loadConfigFile(file);
  const { config } = loaded;
  const clients = new Clients({ homeRegion: environment['AWS_REGION'] ?? config.source.region, ...network });
  const deployed = new Clients({ homeRegion: config.source.region, answerMs: ANSWER_MS, ...network }).home();
  const read = (uri: string) => objectRules(environment, loaded, uri, network);
  const deps = { clients, deployed, read, now: () => clock?.now() ?? Date.now(), signal: AbortSignal.timeout(TIME_MS) };
  const valid: Check = { place: 'here', what: 'configuration', status: 'ok', detail: `${file} and its rules` };
  const checks = [
    valid,
    ...(await examine(deps, {
      config,
      rulesObject: objectFor(config, rulesObject),
      role,
      queues: queue,
      function: name,
    })),
  ];
  const missing = missingPolicies(checks);
  terminal.out(json ? JSON.stringify({ checks: checks.map(shown), missing }) : rendered(checks, missing));
  return checks.some(({ status }) => status === 'failed') ? 1 : 0;
}

/** Of the key that another object than the configuration's is encrypted with nothing is known. */
function objectFor(
  { rulesObject: named }: ReplicationConfig,
  flag: RulesFlags['rulesObject'],
): DoctorInput['rulesObject'] {
  if (flag === false) return undefined;
  return flag === undefined || flag === named?.uri ? named : { uri: flag };
}

interface MissingPolicy {
  readonly principal: string;
  readonly policy: PolicyDocument;
}

/** One policy for each principal that lacks something, each statement once. */
function missingPolicies(checks: readonly Check[]): readonly MissingPolicy[] {
  const lacking = new Map<string, Map<string, Grant>>();
  for (const { missing } of checks) {
    if (missing === undefined) continue;
    const grants = lacking.get(missing.principal) ?? new Map<string, Grant>();
    for (const grant of missing.grants) grants.set(grant.id, grant);
    lacking.set(missing.principal, grants);
  }
  return [...lacking].map(([principal, grants]) => ({ principal, policy: policyDocument([...grants.values()]) }));
}

function shown({ place, what, status, detail }: Check) {
  return { place, what, status, detail };
}

function rendered(checks: readonly Check[], missing: readonly MissingPolicy[]): string {
  const width = Math.max(...checks.map(({ place, what }) => place.length + what.length + 1));
  const lines = checks.map(
    ({ place, what, status, detail }) => `${SIGNS[status]}${`${place} ${what}`.padEnd(width)}  ${detail}`,
  );
  const policies = missing.map(
    ({ principal, policy }) => `\nMissing for ${principal}:\n\n${JSON.stringify(policy, null, 2)}`,
  );
  return [...lines, ...policies].join('\n');
}
