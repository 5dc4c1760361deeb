import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { CURRENT } from '../../src/sandbox/secrets-manager/state.js';
import type { Cloud } from './cloud.js';

/** No name holds this word, every value does. */
export const CANARY = 'canary';

/** Those who change the sources; the service never fails them. */
export class People {
  changes = 0;
  readonly #client: SecretsManagerClient;

  constructor(
    private readonly cloud: Cloud,
    private readonly region: string,
    private readonly random: () => number,
  ) {
    this.#client = new SecretsManagerClient({
      region,
      credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
      requestHandler: cloud.quietHandler,
      maxAttempts: 1,
    });
  }

  async create(name: string): Promise<void> {
    await this.#client.send(new CreateSecretCommand({ Name: name, SecretString: this.#value() }));
  }

  /** An update, a rollback or a rotation. */
  async change(name: string): Promise<void> {
    const chance = this.random();
    if (chance < 0.2 && (await this.#rollBack(name))) return;
    const string = this.#value();
    if (chance < 0.4) await this.cloud.rotate(name, string);
    else await this.#client.send(new PutSecretValueCommand({ SecretId: name, SecretString: string }));
  }

  async #rollBack(SecretId: string): Promise<boolean> {
    const { current, previous } = await this.cloud.stages(SecretId);
    if (current === undefined || previous === undefined) return false;
    const move = { VersionStage: CURRENT, MoveToVersionId: previous, RemoveFromVersionId: current };
    await this.#client.send(new UpdateSecretVersionStageCommand({ SecretId, ...move }));
    this.changes += 1;
    return true;
  }

  #value(): string {
    this.changes += 1;
    return `${CANARY}-${this.changes} host=db${this.changes}.${this.region}`;
  }
}
