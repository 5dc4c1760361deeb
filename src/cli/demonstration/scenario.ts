import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { ReplicationConfig } from '../../core/config.js';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { ACCOUNT, LOCAL_KEY } from './local-cloud.js';
import type { MadeUpNames } from './made-up-names.js';

/** One thing that happens at the source. */
export interface Act {
  readonly says: string;
  readonly secret: string;
  run(): Promise<unknown>;
}

/** Nothing here is secret: made up for the demonstration, with the forms that people's secrets have. */
const DATABASE = (host: string) =>
  JSON.stringify({
    engine: 'postgres',
    host,
    port: 5432,
    username: 'orders',
    password: 'made-up-for-the-demonstration',
  });
const QUEUE = (region: string, name: string) => `https://sqs.${region}.amazonaws.com/${ACCOUNT}/${name}`;
const CERTIFICATE = [
  '-----BEGIN CERTIFICATE-----',
  'TWFkZSB1cCBmb3IgdGhlIGRlbW9uc3RyYXRpb24=',
  '-----END CERTIFICATE-----',
  '',
].join('\n');
const KEYSTORE = Uint8Array.from({ length: 256 }, (_byte, index) => 255 - index);

/** Five secrets made; one changed, one rotated, one broken and rolled back. */
export function scenario(
  sandbox: Sandbox,
  endpoint: string,
  { region, select }: ReplicationConfig['source'],
  names: MadeUpNames,
): readonly Act[] {
  const identity = { accessKeyId: LOCAL_KEY, secretAccessKey: LOCAL_KEY };
  const client = new SecretsManagerClient({ region, endpoint, credentials: identity, maxAttempts: 1 });
  const Tags = [...select.tags].map(([Key, Value]) => ({ Key, Value }));
  const create = (secret: string, value: string | Uint8Array): Act => ({
    says: 'created',
    secret,
    run: () => client.send(new CreateSecretCommand({ Name: secret, ...content(value), Tags })),
  });
  const put = (says: string, secret: string, value: string): Act => ({
    says,
    secret,
    run: () => client.send(new PutSecretValueCommand({ SecretId: secret, SecretString: value })),
  });
  const { database, queue, token, certificate, keystore } = names;
  return [
    create(database, DATABASE(`orders.abc123.${region}.rds.amazonaws.com`)),
    create(queue, QUEUE(region, 'orders')),
    create(token, 'demo-token-1'),
    create(certificate, CERTIFICATE),
    create(keystore, KEYSTORE),
    put('changed', database, DATABASE(`orders2.abc123.${region}.rds.amazonaws.com`)),
    {
      says: 'rotated',
      secret: token,
      run: async () => sandbox.rotate(ACCOUNT, region, token, { string: 'demo-token-2' }),
    },
    put('changed by mistake', queue, QUEUE(region, 'wrong')),
    { says: 'rolled back', secret: queue, run: () => client.send(rollback(sandbox, region, queue)) },
  ];
}

function rollback(sandbox: Sandbox, region: string, secret: string): UpdateSecretVersionStageCommand {
  const versions = sandbox.secret(ACCOUNT, region, secret)?.versions ?? [];
  const holding = (stage: string) => versions.find(({ stages }) => stages.includes(stage))?.id;
  return new UpdateSecretVersionStageCommand({
    SecretId: secret,
    VersionStage: 'AWSCURRENT',
    MoveToVersionId: holding('AWSPREVIOUS'),
    RemoveFromVersionId: holding('AWSCURRENT'),
  });
}

function content(value: string | Uint8Array) {
  return typeof value === 'string' ? { SecretString: value } : { SecretBinary: value };
}
