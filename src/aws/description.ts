import type { DescribeSecretCommandOutput, SecretListEntry, Tag } from '@aws-sdk/client-secrets-manager';
import { ReplicatorError } from '../core/failure.js';
import type { Region, SecretArn, SecretName, VersionId } from '../core/names.js';
import type { SecretDescription } from '../core/secret-description.js';

type Described = Omit<DescribeSecretCommandOutput, '$metadata'>;

/** The service's answer in our words. Fields the service leaves out stay out. Throws ServiceError for an answer about no secret. */
export function descriptionOf(answer: Described): SecretDescription {
  if (answer.ARN === undefined || answer.Name === undefined) {
    throw new ReplicatorError('ServiceError', 'a secret was described without its ARN and name');
  }
  return {
    arn: answer.ARN as SecretArn,
    name: answer.Name as SecretName,
    tags: new Map((answer.Tags ?? []).map(({ Key, Value }) => [Key ?? '', Value ?? ''])),
    versions: versionsOf(answer.VersionIdsToStages ?? {}),
    rotationEnabled: answer.RotationEnabled ?? false,
    ...optional('description', answer.Description),
    ...optional('kmsKeyId', answer.KmsKeyId),
    ...optional('changedAt', answer.LastChangedDate?.getTime()),
    ...optional('deletedAt', answer.DeletedDate?.getTime()),
    ...optional('primaryRegion', answer.PrimaryRegion as Region | undefined),
    ...optional('owningService', answer.OwningService),
  };
}

/** An entry of a list: the same fields, the versions under another name. */
export function listedOf({ SecretVersionsToStages, ...entry }: SecretListEntry): SecretDescription {
  return descriptionOf({
    ...entry,
    ...(SecretVersionsToStages === undefined ? {} : { VersionIdsToStages: SecretVersionsToStages }),
  });
}

/** Versions without a label are deprecated; the service hides them and so do we where an emulator does not. */
function versionsOf(listed: Readonly<Record<string, string[]>>): ReadonlyMap<VersionId, readonly string[]> {
  return new Map(
    Object.entries(listed).flatMap(([id, stages]) => (stages.length === 0 ? [] : [[id as VersionId, stages] as const])),
  );
}

export function tagList(tags: ReadonlyMap<string, string>): Tag[] {
  return [...tags].map(([Key, Value]) => ({ Key, Value }));
}

function optional<Name extends string, T>(name: Name, value: T | undefined): { readonly [K in Name]?: T } {
  return value === undefined || value === '' ? {} : ({ [name]: value } as { readonly [K in Name]: T });
}
