import type { Fields } from '../call.js';
import { optionalNumber, optionalText, textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { matches, readFilters } from './filters.js';
import { decodeToken, page } from './paging.js';
import { resolve } from './resolve.js';
import { demandNotDeleted, seconds, type Scope } from './scope.js';
import { CURRENT, type SecretState, type SecretVersion, versionWithId, versionWithStage } from './state.js';
import { hasContent } from './versions.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const MAX_BATCH = 20;

export function getSecretValue(scope: Scope, input: Fields): Fields {
  const secret = resolve(scope, textOf(input, 'SecretId'));
  demandNotDeleted(secret);
  const version = pick(secret, input);
  touch(scope, secret);
  return valueEntry(secret, version);
}

/** Up to 20 secrets by id or by filter. One that cannot be read is an entry of Errors; the call succeeds. */
export function batchGetSecretValue(scope: Scope, input: Fields): Fields {
  const ids = input['SecretIdList'] as string[] | undefined;
  const filters = input['Filters'];
  if ((ids === undefined) === (filters === undefined)) {
    throw new ServiceError('InvalidParameterException', 'Give either SecretIdList or Filters, not both.');
  }
  if (ids !== undefined && input['MaxResults'] !== undefined) {
    throw new ServiceError('InvalidParameterException', 'MaxResults goes with Filters only.');
  }
  if (ids !== undefined) return readAll(scope, ids);
  const wanted = readFilters(filters);
  const found = page(scope.store, {
    after: decodeToken('batch', optionalText(input, 'NextToken')),
    limit: optionalNumber(input, 'MaxResults') ?? MAX_BATCH,
    descending: false,
    accept: (secret) => secret.deletedAt === undefined && matches(secret, wanted),
    kind: 'batch',
  });
  const names = found.secrets.map((secret) => secret.name);
  return { ...readAll(scope, names), NextToken: found.nextToken };
}

function readAll(scope: Scope, ids: readonly string[]): Fields {
  const values: Fields[] = [];
  const errors: Fields[] = [];
  for (const id of ids) {
    try {
      values.push(getSecretValue(scope, { SecretId: id }));
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      errors.push({ SecretId: id, ErrorCode: error.code, Message: error.message });
    }
  }
  return { SecretValues: values, Errors: errors };
}

function pick(secret: SecretState, input: Fields): SecretVersion {
  const id = optionalText(input, 'VersionId');
  const stage = optionalText(input, 'VersionStage') ?? (id === undefined ? CURRENT : undefined);
  const version = id === undefined ? versionWithStage(secret, stage ?? CURRENT) : versionWithId(secret, id);
  if (version === undefined || !hasContent(version)) {
    const which = id === undefined ? `staging label: ${stage}` : `VersionId: ${id}`;
    throw new ServiceError(
      'ResourceNotFoundException',
      `Secrets Manager can't find the specified secret value for ${which}`,
    );
  }
  if (stage !== undefined && !version.stages.includes(stage)) {
    throw new ServiceError('InvalidRequestException', 'The VersionStage is not attached to the given VersionId.');
  }
  return version;
}

/** LastAccessedDate has the granularity of a day. */
function touch(scope: Scope, secret: SecretState): void {
  const today = Math.floor(scope.now / DAY_MS) * DAY_MS;
  if (secret.accessedAt !== today) scope.store.touch({ ...secret, accessedAt: today });
}

function valueEntry(secret: SecretState, version: SecretVersion): Fields {
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: version.id,
    SecretString: version.string,
    SecretBinary: version.binary === undefined ? undefined : Buffer.from(version.binary).toString('base64'),
    VersionStages: version.stages.length === 0 ? undefined : version.stages,
    CreatedDate: seconds(version.createdAt),
  };
}
