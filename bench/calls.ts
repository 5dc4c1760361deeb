import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { Sandbox } from '../src/sandbox/sandbox.js';
import type { Print } from './figure.js';
import { ACCOUNT, batchOf, openQuietly, SOURCE_REGION } from './local-function.js';

/** What the nearest rival needs, counted on its own source: updates with one and three destinations, redeliveries likewise. */
const RIVAL = { update: [7, 15], redelivery: [7, 15] } as const;

const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };

/** AWS calls per change, counted by the stand-in on the bundle. */
export async function benchCalls(print: Print): Promise<void> {
  for (const [index, destinations] of [1, 3].entries()) {
    const { cloud, events } = await openQuietly(destinations);
    const { sandbox, replicator } = cloud;
    const client = new SecretsManagerClient({
      region: SOURCE_REGION,
      credentials,
      requestHandler: sandbox.requestHandler,
    });
    const put = async (SecretString: string) =>
      client.send(new PutSecretValueCommand({ SecretId: 'app/db', SecretString }));
    try {
      sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/db', string: 'host=a.us-east-1' });
      await replicator.invoke({ action: 'sync', names: ['app/db'] });
      events.length = 0;
      await put('host=b.us-east-1');
      const batch = batchOf(events.filter((event) => event['detail-type'] === 'Secret Label Updated'));
      const update = await counted(sandbox, () => replicator.invoke(batch));
      const redelivery = await counted(sandbox, () => replicator.invoke(batch));
      print({ figure: 'calls per warm update', destinations, calls: update.secrets, rival: RIVAL.update[index] ?? 0 });
      print({
        figure: 'calls per redelivery',
        destinations,
        calls: redelivery.secrets,
        values_read: redelivery.reads,
        rival: RIVAL.redelivery[index] ?? 0,
      });
      await benchBatches(print, sandbox, replicator, destinations);
    } finally {
      await cloud.close();
    }
  }
}

/** Ten secrets in a batch: new ones; changed ones whose replicas the process has not seen since it made them; ones that it knows. */
async function benchBatches(
  print: Print,
  sandbox: Sandbox,
  replicator: { invoke(event: unknown): Promise<unknown> },
  destinations: number,
) {
  const names = Array.from({ length: 10 }, (_name, index) => `app/batch/${index}`);
  const client = new SecretsManagerClient({
    region: SOURCE_REGION,
    credentials,
    requestHandler: sandbox.requestHandler,
  });
  for (const name of names) sandbox.seed(ACCOUNT, SOURCE_REGION, { name, string: `${name} in us-east-1` });
  for (const secrets of ['new', 'changed, replica not known yet', 'changed, known']) {
    if (secrets !== 'new') {
      for (const SecretId of names) {
        const SecretString = `${SecretId} ${secrets} in us-east-1`;
        await client.send(new PutSecretValueCommand({ SecretId, SecretString }));
      }
    }
    const batch = batchOf(names.map((name) => nativeEvent(sandbox, name)));
    const calls = await counted(sandbox, () => replicator.invoke(batch));
    print({
      figure: 'calls for a batch of ten secrets',
      secrets,
      destinations,
      metrics_calls: calls.metrics,
      calls_per_replica: calls.secrets / (10 * destinations),
    });
  }
}

function nativeEvent(sandbox: Sandbox, name: string): object {
  const secret = sandbox.secret(ACCOUNT, SOURCE_REGION, name);
  return {
    version: '0',
    id: name,
    'detail-type': 'Secret Label Updated',
    source: 'aws.secretsmanager',
    account: ACCOUNT,
    time: new Date().toISOString(),
    region: SOURCE_REGION,
    resources: [secret?.arn],
    detail: {
      name,
      labelUpdated: 'AWSCURRENT',
      versionId: secret?.versions.find(({ stages }) => stages.includes('AWSCURRENT'))?.id,
    },
  };
}

async function counted(sandbox: Sandbox, run: () => Promise<unknown>) {
  sandbox.calls.clear();
  await run();
  return {
    secrets: sandbox.calls.count({ service: 'secretsmanager' }),
    reads: sandbox.calls.count({ operation: 'GetSecretValue' }),
    metrics: sandbox.calls.count({ service: 'monitoring' }),
  };
}
