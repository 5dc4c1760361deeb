import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { median, round, type Print } from './figure.js';
import { ACCOUNT, batchOf, openQuietly, SOURCE_REGION } from './local-function.js';

const CHANGES = 60;
/** The region that does not answer; the two others are measured. */
const HANGING = 'us-west-2';
/** Longer than the function waits for an answer. Milliseconds. */
const HANG_MS = 10_000;

/** From a change to its replicas in two regions: while all regions answer, and while a third one hangs. */
export async function benchLag(print: Print): Promise<void> {
  const all = await lagMs(false);
  const one = await lagMs(true);
  print({
    figure: 'lag of healthy regions while another one hangs',
    all_answer_ms_median: round(all),
    one_hangs_ms_median: round(one),
    ratio: round(one / all),
  });
}

async function lagMs(isHanging: boolean): Promise<number> {
  const { cloud, events } = await openQuietly(3);
  const { sandbox, replicator } = cloud;
  const credentials = { accessKeyId: 'bench', secretAccessKey: 'bench' };
  const { requestHandler } = sandbox;
  const client = new SecretsManagerClient({ region: SOURCE_REGION, credentials, requestHandler });
  const written = new Map<string, () => void>();
  const unsubscribe = sandbox.bus.subscribe((event) => {
    if (event['detail-type'] === 'Secret Label Updated') written.get(event.region)?.();
  });
  const inRegion = (region: string) => new Promise<void>((resolve) => void written.set(region, resolve));
  const lags: number[] = [];
  const pending: Promise<unknown>[] = [];
  try {
    if (isHanging) sandbox.faults.add({ kind: 'delay', region: HANGING, delayMs: HANG_MS });
    for (let change = 0; change < CHANGES; change += 1) {
      const SecretId = `app/${change}`;
      sandbox.seed(ACCOUNT, SOURCE_REGION, { name: SecretId, string: 'first' });
      events.length = 0;
      await client.send(new PutSecretValueCommand({ SecretId, SecretString: `host=db${change}.us-east-1` }));
      const replicas = Promise.all([inRegion('eu-west-1'), inRegion('ap-southeast-2')]);
      const startedAt = performance.now();
      // Not waited for: with a region that hangs an invocation takes long, and the next one runs beside it.
      pending.push(replicator.invoke(batchOf(events.slice(0, 1))).catch(cutOff));
      await replicas;
      lags.push(performance.now() - startedAt);
    }
  } finally {
    unsubscribe();
    await cloud.close();
    await Promise.all(pending);
  }
  return median(lags.slice(CHANGES / 6));
}

/** What is still under way when the process ends has been measured. */
const cutOff = () => undefined;
