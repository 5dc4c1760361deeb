import { ServiceError } from '../service-error.js';
import type { Fields } from '../call.js';
import type { Scope } from './scope.js';
import { attachAll } from './labels.js';
import type { SecretContent, SecretState, SecretVersion } from './state.js';

/** Versions kept; unlabelled ones beyond are pruned, but none younger than a day (quotas page, PutSecretValue). */
const MAX_VERSIONS = 100;
const MIN_AGE_TO_PRUNE_MS = 24 * 60 * 60 * 1000;

/** The value in a request, or undefined. Text and bytes together are refused. */
export function contentOf(input: Fields): SecretContent | undefined {
  const { SecretString: string, SecretBinary: binary } = input;
  if (typeof string === 'string' && binary !== undefined && binary !== null) {
    throw new ServiceError('InvalidParameterException', 'Give either SecretString or SecretBinary, not both.');
  }
  if (typeof string === 'string') return { string };
  return typeof binary === 'string' ? { binary: new Uint8Array(Buffer.from(binary, 'base64')) } : undefined;
}

/** A raw request has to bring its token; SDKs and the CLI fill it in. */
export function tokenOf(input: Fields): string {
  const token = input['ClientRequestToken'];
  if (typeof token === 'string') return token;
  throw new ServiceError('InvalidParameterException', 'You must provide a ClientRequestToken of 32 to 64 characters.');
}

export function sameContent(a: SecretContent, b: SecretContent): boolean {
  if (a.binary !== undefined && b.binary !== undefined) return Buffer.compare(a.binary, b.binary) === 0;
  return a.binary === undefined && b.binary === undefined && a.string === b.string;
}

export function hasContent(version: SecretContent): boolean {
  return version.string !== undefined || version.binary !== undefined;
}

export function tokenReused(): ServiceError {
  return new ServiceError(
    'ResourceExistsException',
    'The ClientRequestToken is already in use by a version of this secret with another value.',
  );
}

/** The secret with one more version that carries the labels. Prunes, or refuses with LimitExceededException. */
export function withVersion(
  scope: Scope,
  secret: SecretState,
  id: string,
  content: SecretContent,
  labels: readonly string[],
): SecretState {
  const known = secret.versions.some((version) => version.id === id);
  const fresh: SecretVersion = { id, stages: [], createdAt: scope.now, ...content };
  // A rotation has announced this version without a value; now the value comes.
  const base = known
    ? secret.versions.map((version) => (version.id === id ? { ...version, ...content } : version))
    : [...secret.versions, fresh];
  const versions = prune(scope, secret, attachAll(base, id, labels));
  return { ...secret, versions, changedAt: scope.now };
}

function prune(scope: Scope, secret: SecretState, versions: readonly SecretVersion[]): readonly SecretVersion[] {
  let surplus = versions.length - MAX_VERSIONS;
  if (surplus <= 0) return versions;
  const youngest = scope.now - MIN_AGE_TO_PRUNE_MS;
  const pruned: string[] = [];
  const kept = versions.filter((version) => {
    if (surplus <= 0 || version.stages.length > 0 || version.createdAt > youngest) return true;
    surplus -= 1;
    pruned.push(version.id);
    return false;
  });
  // The documentation gives 100 and "one write per ten minutes", which do not add up; the stricter number binds here.
  if (surplus > 0) {
    throw new ServiceError('LimitExceededException', `A secret holds at most ${MAX_VERSIONS} versions.`);
  }
  for (const versionId of pruned) {
    scope.records.push({
      eventName: 'SecretVersionDeletion',
      secretArn: secret.arn,
      extra: { SecretVersionId: versionId },
    });
  }
  return kept;
}
