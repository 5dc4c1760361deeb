import type { Call, Fields } from '../call.js';
import { labelUpdated, serviceEvent, trailEvent } from '../events.js';
import type { EventBus } from '../event-bus.js';
import { ServiceError } from '../service-error.js';
import { checkMembers, type Members } from '../shape.js';
import { createSecret } from './create.js';
import { deleteSecret, restoreSecret } from './deletion.js';
import { describeSecret, listSecretVersionIds } from './describe.js';
import { movedLabels } from './labels.js';
import { listSecrets } from './list.js';
import { getRandomPassword } from './password.js';
import { deleteResourcePolicy, getResourcePolicy, putResourcePolicy } from './policy.js';
import { batchGetSecretValue, getSecretValue } from './read.js';
import { removeRegionsFromReplication, replicateSecretToRegions, stopReplicationToReplica } from './replication.js';
import { cancelRotateSecret, rotateSecret, type StartRotation } from './rotation.js';
import type { Scope, ServiceRecord } from './scope.js';
import { SHAPES, type OperationName } from './shapes.js';
import { updateSecretVersionStage } from './stage.js';
import { PENDING, PREVIOUS } from './state.js';
import { SecretStores } from './store.js';
import { tagResource, untagResource } from './tags.js';
import { putSecretValue, updateSecret } from './write.js';

type Operation = (scope: Scope, input: Fields) => Fields;

const OPERATIONS: Readonly<Record<Exclude<OperationName, 'RotateSecret'>, Operation>> = {
  CreateSecret: createSecret,
  PutSecretValue: putSecretValue,
  UpdateSecret: updateSecret,
  UpdateSecretVersionStage: updateSecretVersionStage,
  GetSecretValue: getSecretValue,
  BatchGetSecretValue: batchGetSecretValue,
  DescribeSecret: describeSecret,
  ListSecrets: listSecrets,
  ListSecretVersionIds: listSecretVersionIds,
  DeleteSecret: deleteSecret,
  RestoreSecret: restoreSecret,
  TagResource: tagResource,
  UntagResource: untagResource,
  PutResourcePolicy: putResourcePolicy,
  GetResourcePolicy: getResourcePolicy,
  DeleteResourcePolicy: deleteResourcePolicy,
  ReplicateSecretToRegions: replicateSecretToRegions,
  RemoveRegionsFromReplication: removeRegionsFromReplication,
  StopReplicationToReplica: stopReplicationToReplica,
  CancelRotateSecret: cancelRotateSecret,
  GetRandomPassword: getRandomPassword,
};

/** A default rule gets records of calls that write, not of those that read. */
const READS = /^(Get|BatchGet|Describe|List)/;

export interface SecretsManagerOptions {
  readonly now: () => number;
  readonly random: () => number;
  readonly bus: EventBus;
}

/** The state machine behind the API: every account and region. */
export class SecretsManager {
  readonly stores: SecretStores;
  /** Set by the test hook that plays the rotation function. */
  startRotation: StartRotation | undefined;

  constructor(private readonly options: SecretsManagerOptions) {
    this.stores = new SecretStores(options.now);
  }

  carryOut(call: Call): Fields {
    const members: Members | undefined = Object.hasOwn(SHAPES, call.operation)
      ? SHAPES[call.operation as OperationName]
      : undefined;
    if (members === undefined) {
      throw new ServiceError('UnknownOperationException', `Secrets Manager has no operation "${call.operation}".`);
    }
    const scope = this.#scope(call);
    const isWrite = !READS.test(call.operation);
    try {
      checkMembers(members, call.input);
      const output = this.#run(scope, call.operation as OperationName);
      if (isWrite) this.#announce(scope, output, undefined);
      return output;
    } catch (error) {
      if (isWrite && error instanceof ServiceError) this.#announce(scope, {}, error);
      throw error;
    }
  }

  /** Sends an event that the service makes by itself. */
  record(account: string, region: string, record: ServiceRecord): void {
    const { bus, now, random } = this.options;
    if (bus.isHeard) bus.send(serviceEvent({ account, region, at: now(), random }, record));
  }

  #run(scope: Scope, operation: OperationName): Fields {
    const { input } = scope.call;
    return operation === 'RotateSecret'
      ? rotateSecret(scope, input, this.startRotation)
      : OPERATIONS[operation](scope, input);
  }

  #scope(call: Call): Scope {
    return {
      call,
      now: this.options.now(),
      random: this.options.random,
      stores: this.stores,
      store: this.stores.of(call.caller.account, call.region),
      changes: [],
      records: [],
      arn: undefined,
    };
  }

  /** The native events first: they do not take the way through a trail. */
  #announce(scope: Scope, output: Fields, error: ServiceError | undefined): void {
    const { bus } = this.options;
    if (!bus.isHeard) return;
    const envelope = {
      account: scope.call.caller.account,
      region: scope.call.region,
      at: scope.now,
      random: scope.random,
    };
    if (error === undefined) {
      for (const { before, after } of scope.changes) {
        for (const { label, versionId } of movedLabels(before?.versions ?? [], after.versions)) {
          if (label !== PENDING && label !== PREVIOUS)
            bus.send(labelUpdated(envelope, after.arn, after.name, label, versionId));
        }
      }
    }
    bus.send(trailEvent(envelope, scope.call, scope.arn, output, error));
    if (error === undefined) for (const record of scope.records) bus.send(serviceEvent(envelope, record));
  }
}
