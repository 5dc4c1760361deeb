import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { median, round, type Print } from './figure.js';
import { ACCOUNT, batchOf, openQuietly, SOURCE_REGION } from './local-function.js';

const CHANGES = 200;
const WARM_UP = 50;

/** Processor and wall time of a warm change, one message a batch, over HTTP to the stand-in on the same machine. */
export async function benchWarm(print: Print): Promise<void> {
  for (const destinations of [1, 3]) {
    const { cloud, events } = await openQuietly(destinations);
    const { sandbox, replicator } = cloud;
    const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
    const client = new SecretsManagerClient({
      region: SOURCE_REGION,
      credentials,
      requestHandler: sandbox.requestHandler,
    });
    const wallMs: number[] = [];
    try {
      for (let index = 0; index < WARM_UP + CHANGES; index += 1) {
        // A secret takes about ninety writes a day, so each tenth change goes to another one.
        const SecretId = `app/${Math.floor(index / 10)}`;
        if (index % 10 === 0) sandbox.seed(ACCOUNT, SOURCE_REGION, { name: SecretId, string: 'first' });
        events.length = 0;
        await client.send(new PutSecretValueCommand({ SecretId, SecretString: `host=db${index}.us-east-1` }));
        const batch = batchOf(events.filter((event) => event['detail-type'] === 'Secret Label Updated'));
        if (index === WARM_UP) replicator.cpuMicros = 0;
        const startedAt = performance.now();
        await replicator.invoke(batch);
        if (index >= WARM_UP) wallMs.push(performance.now() - startedAt);
      }
      const cpuMs = replicator.cpuMicros / 1_000 / CHANGES;
      print({
        figure: 'warm change over HTTP',
        destinations,
        wall_ms_median: round(median(wallMs)),
        cpu_ms_mean: round(cpuMs),
      });
    } finally {
      await cloud.close();
    }
  }
}
