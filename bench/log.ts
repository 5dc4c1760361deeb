import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { LocalCloud } from '../src/cli/demonstration/local-cloud.js';
import { compileConfig } from '../src/transform/compile-config.js';
import { median, round, type Print } from './figure.js';
import { ACCOUNT, configFor, SOURCE_REGION } from './local-function.js';

const CHANGES = 50;

/** Bytes of our own log for a replica that was written, at the level that the stack sets. */
export async function benchLog(print: Print): Promise<void> {
  const { document, compiled } = configFor(1);
  const written: number[] = [];
  const cloud = await LocalCloud.open({
    config: compileConfig(document, () => '').config,
    compiled,
    port: 0,
    onLine: (line) => {
      if (line.includes('"replica written"')) written.push(Buffer.byteLength(`${line}\n`));
    },
    environment: { LOG_LEVEL: 'INFO', OWNERSHIP_ENFORCED: 'true' },
  });
  try {
    const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
    const client = new SecretsManagerClient({
      region: SOURCE_REGION,
      credentials,
      requestHandler: cloud.sandbox.requestHandler,
    });
    for (let index = 0; index < CHANGES; index += 1) {
      const name = `app/orders/database-${index}`;
      cloud.sandbox.seed(ACCOUNT, SOURCE_REGION, { name, string: 'first' });
      await client.send(new PutSecretValueCommand({ SecretId: name, SecretString: 'host=db.us-east-1' }));
    }
    await cloud.poller.idle();
  } finally {
    await cloud.close();
  }
  print({ figure: 'log of a replica', lines: written.length, bytes_median: round(median(written), 0) });
}
