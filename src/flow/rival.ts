import { ReplicatorError } from '../core/failure.js';
import { parseSecretArn, type AccountId, type SecretName } from '../core/names.js';
import type { SecretDescription } from '../core/secret-description.js';
import type { Destination, Neighbour } from './destination.js';
import { isSelectedFor } from './subject.js';

/**
 * Why a destination may not have this replica: one that stands before it in the file gives the same source the same name
 * in the same account and region. Each would take the other's version for an outdated one, and write for ever. What a
 * rename makes of names is only known when a name is there. Undefined: it may.
 */
export function rivalry(
  source: SecretDescription,
  { config, earlier }: Destination,
  name: string,
): ReplicatorError | undefined {
  const sourceAccount = parseSecretArn(source.arn)?.account;
  const account = accountOf({ config }, sourceAccount);
  const rival = earlier.find(
    (one) =>
      accountOf(one, sourceAccount) === account && isSelectedFor(one, source) && nameAt(one, source.name) === name,
  );
  if (rival === undefined) return undefined;
  const message = `destination ${rival.config.id} already gives this source the same replica; change rename or select of one of both`;
  return new ReplicatorError('NameTaken', message);
}

function accountOf({ config }: Pick<Neighbour, 'config'>, sourceAccount: AccountId | undefined): AccountId | undefined {
  return config.account ?? sourceAccount;
}

/** The replica's name; undefined where there can be none. */
export function nameAt({ rules }: Pick<Neighbour, 'rules'>, source: SecretName): string | undefined {
  try {
    return rules.replicaName(source);
  } catch {
    // A rule that fails on the name gives no name.
    return undefined;
  }
}
