import type { Call, Fields } from '../call.js';
import { drawUuid } from '../chance.js';
import { partitionOf } from '../identity.js';
import { announced } from './rotation.js';
import type { SecretsManager } from './service.js';
import { CURRENT, PENDING, type SecretState, versionWithStage } from './state.js';

/** What a rotation function makes up in its first step. */
export type NewValue = { readonly string: string } | { readonly binary: Uint8Array };

export interface RotationOptions {
  /** The version that RotateSecret announced; default: a new one. */
  readonly versionId?: string;
  /** The step after which the rotation function fails: AWSPENDING stays, AWSCURRENT does not move. */
  readonly failAfter?: 'createSecret' | 'setSecret' | 'testSecret';
}

export interface RotationPlace {
  readonly account: string;
  readonly region: string;
  readonly random: () => number;
  readonly now: () => number;
}

/** The four steps: createSecret puts under AWSPENDING, setSecret and testSecret leave no trace, finishSecret moves AWSCURRENT. */
export function rotate(
  service: SecretsManager,
  place: RotationPlace,
  name: string,
  value: NewValue,
  options: RotationOptions,
): SecretState {
  const store = service.stores.of(place.account, place.region);
  const secret = store.get(name);
  if (secret === undefined) throw new Error(`rotate: there is no secret called "${name}" in ${place.region}`);
  const versionId = options.versionId ?? drawUuid(place.random);
  if (options.versionId === undefined) store.put(announced({ now: place.now() }, secret, versionId));
  const step = (operation: string, input: Fields): Fields =>
    service.carryOut(rotationCall(place, secret.arn, operation, input));
  const record = (eventName: string, errorMessage?: string): void =>
    service.record(place.account, place.region, {
      eventName,
      secretArn: secret.arn,
      ...(errorMessage === undefined ? {} : { errorMessage }),
    });

  record('RotationStarted');
  step('PutSecretValue', { ClientRequestToken: versionId, VersionStages: [PENDING], ...valueFields(value) });
  if (options.failAfter !== undefined)
    record('RotationFailed', `The rotation function failed after ${options.failAfter}.`);
  else {
    const current = versionWithStage(secret, CURRENT)?.id;
    step('UpdateSecretVersionStage', {
      VersionStage: CURRENT,
      MoveToVersionId: versionId,
      RemoveFromVersionId: current,
    });
    const done = store.get(name) ?? secret;
    store.put({ ...done, rotatedAt: place.now() });
    record('RotationSucceeded');
  }
  return store.get(name) ?? secret;
}

function valueFields(value: NewValue): Fields {
  return 'string' in value
    ? { SecretString: value.string }
    : { SecretBinary: Buffer.from(value.binary).toString('base64') };
}

/** A call as the rotation function's role would make it: it names the secret by ARN. */
function rotationCall(place: RotationPlace, arn: string, operation: string, input: Fields): Call {
  const { account, region } = place;
  const partition = partitionOf(region);
  return {
    service: 'secretsmanager',
    operation,
    region,
    caller: {
      accessKeyId: 'ASIASANDBOXROTATION',
      account,
      arn: `arn:${partition}:sts::${account}:assumed-role/rotation-function/rotation-function`,
      principalId: 'AROASANDBOXROTATION:rotation-function',
      roleArn: `arn:${partition}:iam::${account}:role/rotation-function`,
    },
    input: { SecretId: arn, ...input },
    requestId: drawUuid(place.random),
    userAgent: 'rotation-function',
    origin: '',
    stale: false,
  };
}
