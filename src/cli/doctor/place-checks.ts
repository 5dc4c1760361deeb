import type { Probes } from '../../aws/probes.js';
import { isReplica } from '../../core/ownership.js';
import { currentVersion, type SecretDescription } from '../../core/secret-description.js';
import { selectsName, selectsTags, type Selection } from '../../core/selection.js';
import type { SecretStore } from '../../flow/ports.js';
import { ask, type Asking, type Check } from './check.js';

/** Pages that are looked through for a secret to ask about; a hundred secrets each. */
const MAX_PAGES = 10;

/** A place, reached with the credentials that the function would use there. */
export interface Reached {
  readonly asking: Asking;
  readonly store: Pick<SecretStore, 'list'>;
  readonly probes: Probes;
  readonly signal: AbortSignal;
}

/** List, describe, and permission to read: asked for a version that does not exist, so that no value is answered. */
export async function sourceChecks(reached: Reached, selection: Selection): Promise<readonly Check[]> {
  const { asking, probes, signal } = reached;
  const isSource = (secret: SecretDescription) =>
    secret.deletedAt === undefined && selectsName(selection, secret.name) && selectsTags(selection, secret.tags);
  const { checks, found } = await looked(reached, isSource);
  if (found === undefined) return [...checks, open(asking, 'read', 'no selected secret was found to ask about')];
  const read = await ask(asking, 'read', ['secretsmanager:GetSecretValue', 'kms:Decrypt'], async () => {
    await probes.read(found.arn, signal);
    return `allowed for ${found.name}; the key is used by a real read only`;
  });
  return [...checks, read];
}

/** List, describe, and permission to write: asked of a replica in ways that cannot change it. */
export async function destinationChecks(reached: Reached): Promise<readonly Check[]> {
  const { asking, probes, signal } = reached;
  const { checks, found } = await looked(
    reached,
    (secret) => isReplica(secret) && secret.deletedAt === undefined && currentVersion(secret) !== undefined,
  );
  const version = found === undefined ? undefined : currentVersion(found);
  if (found === undefined || version === undefined) {
    const why = 'no replica is there to ask about; --role asks IAM instead';
    return [...checks, open(asking, 'write', why)];
  }
  const write = await ask(asking, 'write', ['secretsmanager:UpdateSecretVersionStage'], async () => {
    await probes.promote(found.arn, signal);
    return `allowed for ${found.name}`;
  });
  const key = await ask(asking, 'key', ['secretsmanager:PutSecretValue', 'kms:GenerateDataKey'], async () => {
    await probes.put(found.arn, version, signal);
    return `usable for ${found.name}`;
  });
  return [...checks, write, key];
}

function open({ place }: Asking, what: string, detail: string): Check {
  return { place, what, status: 'unknown', detail };
}

interface Looked {
  readonly checks: readonly Check[];
  readonly found: SecretDescription | undefined;
}

async function looked({ asking, store, probes, signal }: Reached, wanted: (secret: SecretDescription) => boolean) {
  let found: SecretDescription | undefined;
  const list = await ask(asking, 'list', ['secretsmanager:ListSecrets'], async () => {
    let [seen, next]: [number, string | undefined] = [0, undefined];
    for (let page = 0; page < MAX_PAGES && found === undefined && (page === 0 || next !== undefined); page += 1) {
      const answer = await store.list(next, signal);
      ({ next } = answer);
      seen += answer.secrets.length;
      found = answer.secrets.find(wanted);
    }
    return `${seen} secrets looked at`;
  });
  const describe = await ask(asking, 'describe', ['secretsmanager:DescribeSecret'], async () => {
    await probes.describe(signal);
    return 'allowed';
  });
  return { checks: [list, describe], found } satisfies Looked;
}
