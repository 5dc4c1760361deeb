import {
  BatchGetSecretValueCommand,
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  ListSecretVersionIdsCommand,
  PutSecretValueCommand,
  RestoreSecretCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
  type SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { ReplicatorError } from '../core/failure.js';
import type { SecretArn, SecretId, VersionId } from '../core/names.js';
import { CURRENT, type SecretDescription } from '../core/secret-description.js';
import { SecretValue } from '../core/secret-value.js';
import type { Amendment, NewSecret, Promotion, SecretPage, SecretStore, VersionedValue } from '../flow/ports.js';
import { descriptionOf, listedOf, tagList } from './description.js';
import { failureOf } from './failures.js';

/** Most secrets in one answer (Secrets Manager API reference, ListSecrets). */
const MAX_PAGE = 100;

/** Pages of versions that are read: a secret has 100, and a few more until they are pruned. */
const MAX_VERSION_PAGES = 5;

/** Secrets Manager of one region through one client. */
export class SecretsManagerStore implements SecretStore {
  readonly #client: SecretsManagerClient;
  readonly #region: string;

  constructor(client: SecretsManagerClient, region: string) {
    this.#client = client;
    this.#region = region;
  }

  async describe(secret: SecretId, signal: AbortSignal): Promise<SecretDescription | undefined> {
    try {
      const answer = await this.#client.send(new DescribeSecretCommand({ SecretId: secret }), { abortSignal: signal });
      return descriptionOf(answer);
    } catch (thrown) {
      const error = failureOf(thrown, 'DescribeSecret', this.#region);
      if (error.code === 'NotFound') return undefined;
      throw error;
    }
  }

  async read(secret: SecretArn, signal: AbortSignal): Promise<VersionedValue> {
    // The stage is always named: without it an emulator may answer with another version than the current one.
    const command = new GetSecretValueCommand({ SecretId: secret, VersionStage: CURRENT });
    const answer = await this.#call('GetSecretValue', () => this.#client.send(command, { abortSignal: signal }));
    const found = valueIn(answer);
    if (found !== undefined) return found;
    throw new ReplicatorError('ServiceError', `GetSecretValue in ${this.#region} answered without a value`);
  }

  async readMany(secrets: readonly SecretArn[], signal: AbortSignal): Promise<ReadonlyMap<SecretArn, VersionedValue>> {
    const command = new BatchGetSecretValueCommand({ SecretIdList: [...secrets] });
    const answer = await this.#call('BatchGetSecretValue', () => this.#client.send(command, { abortSignal: signal }));
    const read = new Map<SecretArn, VersionedValue>();
    for (const entry of answer.SecretValues ?? []) {
      const found = entry.VersionStages?.includes(CURRENT) === true ? valueIn(entry) : undefined;
      if (found !== undefined && entry.ARN !== undefined) read.set(entry.ARN as SecretArn, found);
    }
    return read;
  }

  async create(secret: NewSecret, signal: AbortSignal): Promise<void> {
    const command = new CreateSecretCommand({
      Name: secret.name,
      ClientRequestToken: secret.token,
      ...content(secret.value),
      ...(secret.description === undefined ? {} : { Description: secret.description }),
      ...(secret.kmsKeyId === undefined ? {} : { KmsKeyId: secret.kmsKeyId }),
      Tags: tagList(secret.tags),
    });
    await this.#call('CreateSecret', () => this.#client.send(command, { abortSignal: signal }));
  }

  async put(secret: SecretArn, token: VersionId, value: SecretValue, signal: AbortSignal): Promise<readonly string[]> {
    const command = new PutSecretValueCommand({ SecretId: secret, ClientRequestToken: token, ...content(value) });
    const answer = await this.#call('PutSecretValue', () => this.#client.send(command, { abortSignal: signal }));
    if (answer.VersionId === undefined) {
      throw new ReplicatorError('ServiceError', `PutSecretValue in ${this.#region} answered without a version`);
    }
    return answer.VersionStages ?? [];
  }

  async promote(promotion: Promotion, signal: AbortSignal): Promise<void> {
    const command = new UpdateSecretVersionStageCommand({
      SecretId: promotion.secret,
      VersionStage: CURRENT,
      MoveToVersionId: promotion.to,
      ...(promotion.from === undefined ? {} : { RemoveFromVersionId: promotion.from }),
    });
    await this.#call('UpdateSecretVersionStage', () => this.#client.send(command, { abortSignal: signal }));
  }

  async restore(secret: SecretArn, signal: AbortSignal): Promise<void> {
    const command = new RestoreSecretCommand({ SecretId: secret });
    await this.#call('RestoreSecret', () => this.#client.send(command, { abortSignal: signal }));
  }

  async list(from: string | undefined, signal: AbortSignal): Promise<SecretPage> {
    const command = new ListSecretsCommand({
      MaxResults: MAX_PAGE,
      IncludePlannedDeletion: true,
      // Source and destinations in the same order is what lets a reconcile compare them page by page (docs/decisions/0008).
      SortBy: 'name',
      SortOrder: 'asc',
      ...(from === undefined ? {} : { NextToken: from }),
    });
    const answer = await this.#call('ListSecrets', () => this.#client.send(command, { abortSignal: signal }));
    return { secrets: (answer.SecretList ?? []).map(listedOf), next: answer.NextToken };
  }

  async tag(secret: SecretArn, tags: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const command = new TagResourceCommand({ SecretId: secret, Tags: tagList(tags) });
    await this.#call('TagResource', () => this.#client.send(command, { abortSignal: signal }));
  }

  async untag(secret: SecretArn, keys: readonly string[], signal: AbortSignal): Promise<void> {
    const command = new UntagResourceCommand({ SecretId: secret, TagKeys: [...keys] });
    await this.#call('UntagResource', () => this.#client.send(command, { abortSignal: signal }));
  }

  async versionDates(secret: SecretArn, signal: AbortSignal): Promise<readonly number[]> {
    const input = { SecretId: secret, IncludeDeprecated: true, MaxResults: MAX_PAGE };
    const dates: number[] = [];
    let from: string | undefined;
    for (let page = 0; page < MAX_VERSION_PAGES; page += 1) {
      const command = new ListSecretVersionIdsCommand({ ...input, ...(from === undefined ? {} : { NextToken: from }) });
      const answer = await this.#call('ListSecretVersionIds', () =>
        this.#client.send(command, { abortSignal: signal }),
      );
      for (const { CreatedDate } of answer.Versions ?? [])
        if (CreatedDate !== undefined) dates.push(CreatedDate.getTime());
      from = answer.NextToken;
      if (from === undefined) break;
    }
    return dates;
  }

  async probe(signal: AbortSignal): Promise<void> {
    const command = new ListSecretsCommand({ MaxResults: 1 });
    await this.#call('ListSecrets', () => this.#client.send(command, { abortSignal: signal }));
  }

  async amend(secret: SecretArn, { description, kmsKeyId }: Amendment, signal: AbortSignal): Promise<void> {
    const command = new UpdateSecretCommand({
      SecretId: secret,
      ...(description === undefined ? {} : { Description: description }),
      ...(kmsKeyId === undefined ? {} : { KmsKeyId: kmsKeyId }),
    });
    await this.#call('UpdateSecret', () => this.#client.send(command, { abortSignal: signal }));
  }

  async delete(secret: SecretArn, recoveryDays: number, signal: AbortSignal): Promise<void> {
    const command = new DeleteSecretCommand({ SecretId: secret, RecoveryWindowInDays: recoveryDays });
    await this.#call('DeleteSecret', () => this.#client.send(command, { abortSignal: signal }));
  }

  async #call<T>(operation: string, run: () => Promise<T>): Promise<T> {
    try {
      return await run();
    } catch (thrown) {
      throw failureOf(thrown, operation, this.#region);
    }
  }
}

interface ValueEntry {
  readonly VersionId?: string | undefined;
  readonly SecretString?: string | undefined;
  readonly SecretBinary?: Uint8Array | undefined;
  readonly CreatedDate?: Date | undefined;
}

function valueIn({ VersionId, SecretString, SecretBinary, CreatedDate }: ValueEntry): VersionedValue | undefined {
  const content = SecretString ?? SecretBinary;
  if (content === undefined || VersionId === undefined) return undefined;
  return {
    version: VersionId as VersionId,
    value: new SecretValue(content),
    ...(CreatedDate === undefined ? {} : { createdAt: CreatedDate.getTime() }),
  };
}

function content(value: SecretValue): { SecretString: string } | { SecretBinary: Uint8Array } {
  const revealed = value.reveal();
  return typeof revealed === 'string' ? { SecretString: revealed } : { SecretBinary: revealed };
}
