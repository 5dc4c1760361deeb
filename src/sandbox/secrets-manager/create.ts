import type { Fields } from '../call.js';
import { optionalText, textOf } from '../fields.js';
import { ServiceError } from '../service-error.js';
import { replicate, replicationStatus } from './replication.js';
import { arnOf, demandValidName, newSuffix } from './resolve.js';
import { commit, type Scope } from './scope.js';
import { CURRENT, type SecretContent, type SecretState } from './state.js';
import { withTags } from './tags.js';
import { contentOf, sameContent, tokenOf, tokenReused, withVersion } from './versions.js';

/** Without a value the secret has no version at all. Repeated with the same token and value it changes nothing. */
export function createSecret(scope: Scope, input: Fields): Fields {
  const name = textOf(input, 'Name');
  demandValidName(name);
  const content = contentOf(input);
  const existing = scope.store.get(name);
  if (existing !== undefined) return repeated(existing, content, input);

  const bare = newSecret(scope, name, input);
  const secret = content === undefined ? bare : withVersion(scope, bare, tokenOf(input), content, [CURRENT]);
  commit(scope, undefined, secret);
  if (input['AddReplicaRegions'] !== undefined) replicate(scope, secret, input);
  return created(scope.store.get(name) ?? secret, content === undefined ? undefined : tokenOf(input));
}

function newSecret(scope: Scope, name: string, input: Fields): SecretState {
  const { account } = scope.call.caller;
  const { region } = scope.call;
  const suffix = newSuffix(scope);
  return {
    account,
    region,
    name,
    suffix,
    arn: arnOf(account, region, name, suffix),
    description: optionalText(input, 'Description'),
    kmsKeyId: customerKey(input['KmsKeyId']),
    type: optionalText(input, 'Type'),
    tags: withTags({}, input['Tags']),
    versions: [],
    createdAt: scope.now,
    changedAt: scope.now,
    rotationEnabled: false,
    replication: [],
  };
}

/** The AWS managed key is never told, so it is not kept; an empty id means that key as well. */
export function customerKey(kmsKeyId: unknown): string | undefined {
  return kmsKeyId === '' || kmsKeyId === 'alias/aws/secretsmanager' ? undefined : (kmsKeyId as string | undefined);
}

function repeated(existing: SecretState, content: SecretContent | undefined, input: Fields): Fields {
  if (existing.deletedAt !== undefined) {
    throw new ServiceError('InvalidRequestException', 'A secret with this name is already scheduled for deletion.');
  }
  const token = input['ClientRequestToken'];
  const version = existing.versions.find(({ id }) => id === token);
  if (version === undefined || content === undefined) {
    throw new ServiceError('ResourceExistsException', `The secret ${existing.name} already exists.`);
  }
  if (!sameContent(version, content)) throw tokenReused();
  return created(existing, version.id);
}

function created(secret: SecretState, versionId: string | undefined): Fields {
  return {
    ARN: secret.arn,
    Name: secret.name,
    VersionId: versionId,
    ReplicationStatus: secret.replication.length === 0 ? undefined : replicationStatus(secret),
  };
}
