import { setTimeout as wait } from 'node:timers/promises';
import { CallLog } from './call-log.js';
import { EventBus } from './event-bus.js';
import { Faults } from './faults.js';
import { Gateway } from './gateway.js';
import { callCloudWatch } from './metrics/cloudwatch.js';
import { Metrics } from './metrics/metrics.js';
import { Queues } from './queues/queues.js';
import { callSqs } from './queues/sqs.js';
import { callEventBridge, CustomBuses } from './put-events.js';
import { SandboxRequestHandler } from './request-handler.js';
import { Roles } from './roles.js';
import { type NewValue, type RotationOptions, rotate } from './secrets-manager/rotate.js';
import { seed, type Seed } from './secrets-manager/seed.js';
import { SecretsManager } from './secrets-manager/service.js';
import type { SecretState } from './secrets-manager/state.js';
import { Buckets } from './s3/buckets.js';
import { callS3 } from './s3/s3.js';
import { callSts } from './sts.js';

export interface SandboxOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** [0, 1): ids, ARN suffixes, passwords, the chance of faults. */
  readonly random: () => number;
  /** For delay faults; default: real time. */
  readonly sleep?: (ms: number) => Promise<void>;
  /** Owner of every access key that nobody issued; default 111122223333. */
  readonly defaultAccount?: string;
}

/** A strict stand-in for Secrets Manager, STS, CloudWatch metrics, SQS, PutEvents, objects in S3 and the change events, for any account and region. */
export class Sandbox {
  readonly faults: Faults;
  readonly calls = new CallLog();
  readonly bus = new EventBus();
  /** Buses of the user's own; `bus` is the one on which the service tells of changes. */
  readonly buses = new CustomBuses();
  readonly metrics = new Metrics();
  readonly queues: Queues;
  readonly roles: Roles;
  readonly buckets: Buckets;
  readonly gateway: Gateway;
  /** For SDK clients: `new SecretsManagerClient({ requestHandler: sandbox.requestHandler, region, credentials })`. */
  readonly requestHandler: SandboxRequestHandler;
  readonly now: () => number;
  readonly random: () => number;
  readonly defaultAccount: string;
  readonly #secrets: SecretsManager;

  constructor(options: SandboxOptions) {
    const { now, random, sleep = wait, defaultAccount = '111122223333' } = options;
    this.now = now;
    this.random = random;
    this.defaultAccount = defaultAccount;
    this.faults = new Faults(random);
    this.queues = new Queues({ now, random, defaultAccount });
    this.roles = new Roles({ now, random, defaultAccount });
    this.buckets = new Buckets({ now, defaultAccount });
    this.#secrets = new SecretsManager({ now, random, bus: this.bus });
    this.gateway = new Gateway({
      random,
      sleep: async (ms) => {
        await sleep(ms);
      },
      roles: this.roles,
      faults: this.faults,
      calls: this.calls,
      services: {
        secretsmanager: (call) => this.#secrets.carryOut(call),
        sts: (call) => callSts(this.roles, call),
        monitoring: (call) => callCloudWatch(this.metrics, now(), call),
        sqs: (call) => callSqs(this.queues, call),
        events: (call) => callEventBridge(this.buses, { now: now(), random }, call),
        s3: (call) => callS3(this.buckets, call),
      },
    });
    this.requestHandler = new SandboxRequestHandler(this.gateway);
  }

  /** The state of a secret, without a call. It is never changed in place: ask again after a write. */
  secret(account: string, region: string, name: string): SecretState | undefined {
    return this.#secrets.stores.of(account, region).get(name);
  }

  /** Number of secrets, those scheduled for deletion included. */
  count(account: string, region: string): number {
    return this.#secrets.stores.of(account, region).size;
  }

  /** Puts a secret there without call, log entry or event, also one that the API cannot make. */
  seed(account: string, region: string, wanted: Seed): SecretState {
    return seed(
      this.#secrets.stores.of(account, region),
      { now: this.now(), random: this.random },
      account,
      region,
      wanted,
    );
  }

  /** Plays a rotation function over the four steps, with the events of a real rotation. */
  rotate(account: string, region: string, name: string, value: NewValue, options: RotationOptions = {}): SecretState {
    return rotate(this.#secrets, { account, region, random: this.random, now: this.now }, name, value, options);
  }

  /** Makes RotateSecret work: it plays a rotation with the value given here. Without it RotateSecret is refused. */
  onRotateSecret(newValue: (secret: SecretState) => NewValue): void {
    this.#secrets.startRotation = (secret, versionId) => {
      queueMicrotask(() => this.rotate(secret.account, secret.region, secret.name, newValue(secret), { versionId }));
    };
  }
}
