import {
  CreateSecretCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import type { Sandbox } from '../../sandbox/sandbox.js';
import { ACCOUNT, LOCAL_KEY } from './local-cloud.js';

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
const QUEUE = (name: string) => `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${name}`;
const CERTIFICATE = [
  '-----BEGIN CERTIFICATE-----',
  'TWFkZSB1cCBmb3IgdGhlIGRlbW9uc3RyYXRpb24=',
  '-----END CERTIFICATE-----',
  '',
].join('\n');
const KEYSTORE = Uint8Array.from({ length: 256 }, (_byte, index) => 255 - index);

export const DATABASE_SECRET = 'app/orders/database';
const QUEUE_SECRET = 'app/orders/queue-url';

/** Five secrets made; one changed, one rotated, one broken and rolled back. */
export function scenario(sandbox: Sandbox, endpoint: string, region: string): readonly Act[] {
  const identity = { accessKeyId: LOCAL_KEY, secretAccessKey: LOCAL_KEY };
  const client = new SecretsManagerClient({ region, endpoint, credentials: identity, maxAttempts: 1 });
  const create = (secret: string, value: string | Uint8Array): Act => ({
    says: 'created',
    secret,
    run: () => client.send(new CreateSecretCommand({ Name: secret, ...content(value) })),
  });
  const put = (says: string, secret: string, value: string): Act => ({
    says,
    secret,
    run: () => client.send(new PutSecretValueCommand({ SecretId: secret, SecretString: value })),
  });
  return [
    create(DATABASE_SECRET, DATABASE('orders.abc123.us-east-1.rds.amazonaws.com')),
    create(QUEUE_SECRET, QUEUE('orders')),
    create('app/orders/api-token', 'demo-token-1'),
    create('certificates/orders/tls', CERTIFICATE),
    create('certificates/orders/keystore', KEYSTORE),
    put('changed', DATABASE_SECRET, DATABASE('orders2.abc123.us-east-1.rds.amazonaws.com')),
    {
      says: 'rotated',
      secret: 'app/orders/api-token',
      run: async () => sandbox.rotate(ACCOUNT, region, 'app/orders/api-token', { string: 'demo-token-2' }),
    },
    put('changed by mistake', QUEUE_SECRET, QUEUE('wrong')),
    { says: 'rolled back', secret: QUEUE_SECRET, run: () => client.send(rollback(sandbox, region, QUEUE_SECRET)) },
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
