import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { HttpHandler } from '../../src/aws/client-config.js';
import type { Log } from '../../src/aws/log.js';
import type { Fields } from '../../src/aws/log-record.js';
import { functionOver, type Handler } from '../../src/function/function.js';
import { wire, type Wiring } from '../../src/function/wiring.js';
import type { EventBridgeEvent } from '../../src/sandbox/event-bus.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { CURRENT } from '../../src/sandbox/secrets-manager/state.js';
import { compileConfig } from '../../src/transform/compile-config.js';
import { seededRandom } from './seeded-random.js';
import { VirtualClock } from './virtual-clock.js';

export const ACCOUNT = '111122223333';
export const SOURCE_REGION = 'us-east-1';

export interface LogRecord {
  readonly level: 'debug' | 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: Fields;
}

export interface WorldOptions {
  readonly destinations: readonly object[];
  readonly source?: object;
  readonly retry?: object;
  readonly reconcile?: object;
  readonly metrics?: object;
  readonly events?: object;
  readonly environment?: Readonly<Record<string, string>>;
  /** Whose cloud and clock are taken over, for a second deployment or another configuration. */
  readonly on?: World;
  /** Around every call of the function, for schedules; the world's own calls go straight. */
  readonly around?: (handler: HttpHandler) => HttpHandler;
}

const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' });

/** A stand-in for AWS, the function wired to it, and the events between both in the test's hands. */
export class World {
  /** Begins now: the SDK asks the machine's clock whether credentials have expired. */
  readonly clock: VirtualClock;
  readonly sandbox: Sandbox;
  readonly events: EventBridgeEvent[] = [];
  readonly records: LogRecord[] = [];
  /** What went to the function's log past its logger. */
  readonly lines: string[] = [];
  readonly handler: Handler;
  readonly wiring: Wiring;
  readonly #clients = new Map<string, SecretsManagerClient>();

  constructor(given: WorldOptions) {
    const { destinations, source = {}, environment = {}, around = (handler) => handler } = given;
    const { retry, reconcile, metrics, events } = given;
    const random = seededRandom(1);
    this.clock = given.on?.clock ?? new VirtualClock(Date.now());
    const sleep = async (ms: number) => this.clock.advance(ms);
    this.sandbox = given.on?.sandbox ?? new Sandbox({ now: this.clock.now, random, sleep });
    this.sandbox.bus.subscribe((event) => this.events.push(event));
    const document = {
      version: 1,
      source: { region: SOURCE_REGION, ...source },
      destinations,
      ...(retry === undefined ? {} : { retry }),
      ...(reconcile === undefined ? {} : { reconcile }),
      ...(metrics === undefined ? {} : { metrics }),
      ...(events === undefined ? {} : { events }),
    };
    const compiled = compileConfig(document, () => {
      throw new Error('the test names no sedfile');
    });
    const options = {
      requestHandler: around(this.sandbox.requestHandler),
      credentials,
      log: recording(this.records, {}),
      write: (line: string) => this.lines.push(line),
      clock: this.clock,
      random,
    };
    this.wiring = wire({ AWS_REGION: SOURCE_REGION, ...environment }, compiled, options);
    this.handler = functionOver(this.wiring);
  }

  /** A client of the default account, past any schedule. */
  client(region = SOURCE_REGION): SecretsManagerClient {
    const known = this.#clients.get(region);
    if (known !== undefined) return known;
    const made = new SecretsManagerClient({
      region,
      credentials,
      requestHandler: this.sandbox.requestHandler,
      maxAttempts: 1,
    });
    this.#clients.set(region, made);
    return made;
  }

  async create(name: string, value: string | Uint8Array, region = SOURCE_REGION): Promise<string> {
    const answer = await this.client(region).send(new CreateSecretCommand({ Name: name, ...content(value) }));
    return answer.VersionId ?? '';
  }

  /** Resolves to the new version's id. A second passes first, as between two changes of a person. */
  async put(name: string, value: string | Uint8Array, region = SOURCE_REGION): Promise<string> {
    this.clock.advance(1_000);
    const answer = await this.client(region).send(new PutSecretValueCommand({ SecretId: name, ...content(value) }));
    return answer.VersionId ?? '';
  }

  async moveCurrent(name: string, from: string, to: string): Promise<void> {
    this.clock.advance(1_000);
    const move = { SecretId: name, VersionStage: CURRENT, MoveToVersionId: to, RemoveFromVersionId: from };
    await this.client().send(new UpdateSecretVersionStageCommand(move));
  }

  /** The value under AWSCURRENT; undefined where there is no secret or no value. */
  current(region: string, name: string, account = ACCOUNT): string | Uint8Array | undefined {
    const version = this.versions(region, name, account).find(({ stages }) => stages.includes(CURRENT));
    return version?.string ?? version?.binary;
  }

  versions(region: string, name: string, account = ACCOUNT) {
    return this.sandbox.secret(account, region, name)?.versions ?? [];
  }

  /** The events of one region so far; those of every region are taken away. */
  takeEvents(region = SOURCE_REGION): EventBridgeEvent[] {
    return this.events.splice(0).filter((event) => event.region === region);
  }

  /** One invocation with these events, or raw bodies, as a batch of a queue; the ids of the messages that come back. */
  async deliver(...bodies: readonly (object | string)[]): Promise<readonly string[]> {
    const Records = bodies.map((body, index) =>
      record(`message-${index}`, typeof body === 'string' ? body : JSON.stringify(body)),
    );
    const answer = await this.invoke({ Records });
    if (!('batchItemFailures' in answer)) throw new Error('a batch is answered with its failures');
    return answer.batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
  }

  invoke(event: unknown, remainingMs = 60_000): ReturnType<Handler> {
    const invokedFunctionArn = `arn:aws:lambda:${SOURCE_REGION}:${ACCOUNT}:function:replicator`;
    const awsRequestId = 'request-1';
    return this.handler(event, { awsRequestId, invokedFunctionArn, getRemainingTimeInMillis: () => remainingMs });
  }

  /** What the log said of outcomes, one word each. */
  said(): string[] {
    return this.records
      .filter(({ message }) => message.startsWith('replica '))
      .map(({ message }) => message.slice('replica '.length));
  }
}

function content(value: string | Uint8Array) {
  return typeof value === 'string' ? { SecretString: value } : { SecretBinary: value };
}

function record(messageId: string, body: string) {
  return { messageId, receiptHandle: messageId, body, attributes: {}, messageAttributes: {}, eventSource: 'aws:sqs' };
}

function recording(records: LogRecord[], above: Fields): Log {
  const at =
    (level: LogRecord['level']) =>
    (message: string, fields: Fields = {}) => {
      records.push({ level, message, fields: { ...above, ...fields } });
    };
  return {
    debug: at('debug'),
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => recording(records, { ...above, ...fields }),
    written: async () => undefined,
  };
}
