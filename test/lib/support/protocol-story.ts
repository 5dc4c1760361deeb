import {
  DeleteSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateSecretCommand,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { parseConfig } from '../../../src/core/check-config.js';
import type { ReplicationConfig } from '../../../src/core/config.js';
import { OWNER_TAG } from '../../../src/core/ownership.js';
import { sqsRecord } from '../../../src/sandbox/queues/record.js';
import { CURRENT, PREVIOUS } from '../../../src/sandbox/secrets-manager/state.js';
import { labelUpdated } from '../../support/change-events.js';
import { ACCOUNT, World, type WorldOptions } from '../../support/world.js';
import { CallRecorder, type RecordedCall } from './recorded-calls.js';

/** Enough that the brakes let one replica be deleted. */
const SECRETS = 25;
/** More than a page of a list, so that a run without time is cut. */
const MANY = 250;
/** Puts after which the function looks at the versions of a replica. */
const PUTS = 12;

type Document = Pick<WorldOptions, 'destinations'> & { readonly source: object; readonly metrics?: object };

/** Every call that the function makes under a configuration, once everything has happened to its secrets that can. */
export async function callsUnder(document: Document, rulesUri?: string): Promise<readonly RecordedCall[]> {
  const story = new Story(document, rulesUri);
  await story.createAndChange();
  await story.rollBack();
  await story.amend();
  await story.restore();
  await story.failAndBury();
  await story.reconcile();
  await story.runOutOfTime();
  return story.recorder.calls;
}

class Story {
  readonly recorder = new CallRecorder(() => this.#world.sandbox);
  readonly #config: ReplicationConfig;
  readonly #world: World;
  readonly #names: readonly string[];

  constructor(document: Document, rulesUri = '') {
    this.#config = parseConfig(document);
    const { region, select } = this.#config.source;
    const urlOf = (queue: string) => `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${queue}`;
    const environment = {
      AWS_REGION: region,
      CHANGE_QUEUE_URL: urlOf('Queue'),
      DEAD_LETTER_QUEUE_URL: urlOf('DeadLetters'),
      OWNERSHIP_ENFORCED: 'true',
      CIRCUIT_BREAKER: 'false',
      REPLICATOR_CONFIG: rulesUri,
    };
    this.#world = new World({ ...document, retry: { attempts: 1 }, environment, around: this.recorder.around });
    for (const queue of ['Queue', 'DeadLetters']) this.#world.sandbox.queues.create(queue, { region });
    for (const { role } of this.#config.destinations)
      if (role !== undefined) this.#world.sandbox.roles.add({ roleArn: role.arn });
    const prefix = (select.include[0] ?? '*').replace(/^\*$/, 'app/*').replace('*', '');
    this.#names = Array.from({ length: SECRETS }, (_, index) => `${prefix}${index}`);
    for (const name of [...this.#names, ...this.#adopted()]) this.#seed(name);
  }

  async createAndChange(): Promise<void> {
    for (const { region, adopt } of this.#config.destinations)
      for (const name of adopt) this.#world.sandbox.seed(ACCOUNT, region, { name, string: 'theirs' });
    await this.#deliver(...this.#names.slice(0, 2));
    await this.#sync(...this.#names, ...this.#adopted());
    for (let put = 0; put < PUTS; put += 1) {
      await this.#put(this.#first, `value ${put}`);
      await this.#sync(this.#first);
    }
  }

  /** The source goes back to an earlier version. */
  async rollBack(): Promise<void> {
    for (const SecretId of [this.#first, ...this.#adopted()]) {
      await this.#put(SecretId, 'soon taken back');
      await this.#sync(SecretId);
      const versions = this.#world.versions(this.#config.source.region, SecretId);
      const idOf = (stage: string) => versions.find(({ stages }) => stages.includes(stage))?.id;
      const move = { MoveToVersionId: idOf(PREVIOUS), RemoveFromVersionId: idOf(CURRENT) };
      await this.#client().send(new UpdateSecretVersionStageCommand({ SecretId, VersionStage: CURRENT, ...move }));
      await this.#sync(SecretId);
    }
  }

  /** The description changes at the source, tags come and go there, and the key of a replica that is to have a certain one. */
  async amend(): Promise<void> {
    await this.#client().send(new UpdateSecretCommand({ SecretId: this.#first, Description: 'another' }));
    await this.#client().send(new TagResourceCommand({ SecretId: this.#first, Tags: [{ Key: 'cost', Value: '1' }] }));
    await this.#client().send(new UntagResourceCommand({ SecretId: this.#first, TagKeys: ['team'] }));
    for (const { client, SecretId, hasKey } of this.#replicas(this.#first))
      if (hasKey) await client.send(new UpdateSecretCommand({ SecretId, KmsKeyId: 'alias/other' }));
    await this.#sync(this.#first);
  }

  /** Somebody deleted replicas. */
  async restore(): Promise<void> {
    for (const name of [this.#second, ...this.#adopted()]) {
      for (const { client, SecretId } of this.#replicas(name)) await client.send(new DeleteSecretCommand({ SecretId }));
      await this.#put(name, 'after the deletion');
      await this.#sync(name);
    }
  }

  async failAndBury(): Promise<void> {
    await this.#world.deliver('no event');
    await this.#put(this.#first, 'not at once');
    this.#world.sandbox.faults.add({ kind: 'throttle', operation: 'GetSecretValue', times: 1 });
    await this.#deliver(this.#first);
    await this.#world.invoke({ action: 'health' });
  }

  async reconcile(): Promise<void> {
    const gone = { SecretId: this.#second, ForceDeleteWithoutRecovery: true };
    await this.#client().send(new DeleteSecretCommand(gone));
    await this.#world.invoke({ action: 'reconcile' });
  }

  /** Told once is enough, without roles, whose sessions would end in the hours that pass here. */
  async runOutOfTime(): Promise<void> {
    if (this.#config.destinations.some(({ role }) => role !== undefined)) return;
    const [first = ''] = this.#names;
    for (let index = SECRETS; index < MANY; index += 1) this.#seed(`${first.replace(/\d+$/, '')}${index}`);
    this.#world.sandbox.faults.add({ kind: 'delay', operation: 'CreateSecret', delayMs: 20_000 });
    await this.#world.invoke({ action: 'reconcile' });
  }

  get #first(): string {
    return this.#names[0] ?? '';
  }

  get #second(): string {
    return this.#names[1] ?? '';
  }

  #adopted(): readonly string[] {
    return this.#config.destinations.flatMap(({ adopt }) => [...adopt]);
  }

  #client(): SecretsManagerClient {
    return this.#world.client(this.#config.source.region);
  }

  #seed(name: string): void {
    const { region, select } = this.#config.source;
    const tags = { team: 'orders', ...Object.fromEntries(select.tags) };
    this.#world.sandbox.seed(ACCOUNT, region, {
      name,
      string: name,
      tags,
      description: name,
      kmsKeyId: 'alias/sources',
    });
  }

  async #put(name: string, value: string): Promise<void> {
    this.#world.clock.advance(1_000);
    await this.#client().send(new PutSecretValueCommand({ SecretId: name, SecretString: value }));
  }

  async #sync(...names: readonly string[]): Promise<void> {
    await this.#world.invoke({ action: 'sync', names });
  }

  /** As a batch of the queue. */
  async #deliver(...names: readonly string[]): Promise<void> {
    const { region } = this.#config.source;
    const queue = this.#world.sandbox.queues.get('Queue');
    for (const name of names) {
      const secret = this.#world.sandbox.secret(ACCOUNT, region, name);
      const current = secret?.versions.find(({ stages }) => stages.includes(CURRENT));
      queue.send(JSON.stringify(labelUpdated({ arn: secret?.arn ?? '', name, region, versionId: current?.id ?? '' })));
    }
    await this.#world.invoke({ Records: queue.receive(10).map((message) => sqsRecord(queue, message)) });
  }

  /** Of one source, each with a client of whoever owns its account, whose calls are none of the function's. */
  #replicas(source: string): readonly { client: SecretsManagerClient; SecretId: string; hasKey: boolean }[] {
    const { sandbox } = this.#world;
    const owner = sandbox.secret(ACCOUNT, this.#config.source.region, source)?.arn.replace(/-\w{6}$/, '');
    return this.#config.destinations.flatMap(({ region, role, kmsKeyId }) => {
      const account = role?.account ?? ACCOUNT;
      const credentials = async () => sandbox.roles.credentials(account);
      const client = new SecretsManagerClient({ region, credentials, requestHandler: sandbox.requestHandler });
      const end = source.slice(source.lastIndexOf('/'));
      const found = PREFIXES.map((prefix) => sandbox.secret(account, region, `${prefix}${end}`));
      return found.flatMap((one) =>
        one === undefined || one.tags[OWNER_TAG] !== owner
          ? []
          : [{ client, SecretId: one.name, hasKey: kmsKeyId !== undefined }],
      );
    });
  }
}

/** Of the names that the configurations give replicas. */
const PREFIXES = ['app', 'eu', 'bpp', 'partner', 'shared'];
