import type { Grant, Place } from '../../core/access/grant.js';
import { rulesGrants } from '../../core/access/rules-access.js';
import type { ReplicationConfig } from '../../core/config.js';
import { rulesObjectAt, type NamedRulesObject } from '../../core/rules-object.js';
import { objectTold, type ObjectRules } from '../rules-in-force.js';
import { ask, type Check } from './check.js';

/** Rejects with ReplicatorError. */
export type ReadRules = (uri: string) => Promise<ObjectRules>;

/** What is asked with: where the function's role acts, and who asks in its place. */
interface Ours {
  readonly config: ReplicationConfig;
  readonly place: Place;
  readonly principal: string;
}

interface Published {
  readonly checks: readonly Check[];
  /** To read the object; the function's role needs them too. */
  readonly grants: readonly Grant[];
  /** With its rules; undefined: there is none that could be taken. */
  readonly config: ReplicationConfig | undefined;
}

/** Whether the object that may change rules can be read, by whoever asks, and would be taken. Never rejects. */
export async function rulesCheck(
  read: ReadRules,
  named: NamedRulesObject | undefined,
  { config, place, principal }: Ours,
): Promise<Published> {
  const at = rulesObjectAt(named?.uri ?? '');
  if (at === undefined) return { checks: [], grants: [], config: undefined };
  const key = named?.keyArn === undefined ? {} : { keyArn: named.keyArn };
  const grants = rulesGrants({ config, place, rulesObject: { ...at, ...key } });
  let found: ObjectRules | undefined;
  const asked = await ask(
    { place: 'rules', principal, grants },
    'object',
    ['s3:GetObject', 'kms:Decrypt'],
    async () => {
      found = await read(at.uri);
      return found.refusal === undefined ? told(found) : '';
    },
  );
  if (found?.refusal === undefined) return { checks: [located(asked, at.uri)], grants, config: found?.config };
  const detail = `${at.uri}: RulesRefused: ${found.refusal}`;
  return { checks: [{ ...asked, status: 'failed', detail }], grants, config: undefined };
}

function told({ rulesFrom }: Extract<ObjectRules, { refusal?: undefined }>): string {
  return `${objectTold(rulesFrom)}; ${rulesFrom.sameAsFile ? 'the same as here' : 'other rules than here'}`;
}

/** S3's own answer does not say of which object. */
function located(check: Check, uri: string): Check {
  return check.status === 'ok' ? check : { ...check, detail: `${uri}: ${check.detail}` };
}
