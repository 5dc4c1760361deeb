import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FunctionProcess } from '../src/cli/function-process.js';
import type { SecretArn, VersionId } from '../src/core/names.js';
import { OWNER_TAG } from '../src/core/ownership.js';
import { versionToken } from '../src/core/version-token.js';
import type { ReconcileAnswer } from '../src/function/reconcile-action.js';
import { Sandbox } from '../src/sandbox/sandbox.js';
import { serve } from '../src/sandbox/server.js';
import { compileConfig } from '../src/transform/compile-config.js';
import { round, type Print } from './figure.js';
import { ACCOUNT, configFor, SOURCE_REGION } from './local-function.js';

/** A quarter of an hour, the longest that Lambda runs. */
const TIMEOUT_MS = 900_000;

/** Sources compared by a process before its memory is asked, however many a run has: garbage comes with work, not with size. */
const COMPARED = 100_000;

/** A reconcile with nothing to do: the bundle in a process of its own, the stand-in over HTTP. */
export async function benchReconcile(print: Print): Promise<void> {
  const peaks: number[] = [];
  for (const [secrets, destinations] of [
    [10_000, 1],
    [100_000, 1],
    [10_000, 3],
  ] as const) {
    const { answer, cpuSeconds, wallSeconds, peakMib, calls } = await reconcileInSync(secrets, destinations);
    if (answer.counts['inSync'] !== secrets * destinations) throw new Error('the replicas are not in sync');
    if (destinations === 1) peaks.push(peakMib);
    print({
      figure: 'reconcile with nothing to do',
      secrets,
      destinations,
      list_calls: calls.lists,
      other_calls: calls.others,
      cpu_s: round(cpuSeconds),
      wall_s: round(wallSeconds),
      peak_memory_mib: round(peakMib, 0),
    });
  }
  const [few = Number.NaN, many = Number.NaN] = peaks;
  print({ figure: 'memory of a reconcile, 100,000 against 10,000 secrets', ratio: round(many / few) });
}

async function reconcileInSync(secrets: number, destinations: number) {
  const sandbox = new Sandbox({ now: Date.now, random: Math.random, defaultAccount: ACCOUNT });
  const { document, compiled } = configFor(destinations);
  seedInSync(sandbox, document, secrets);
  const server = await serve(sandbox, { port: 0 });
  const folder = mkdtempSync(join(tmpdir(), 'secrets-replicator-'));
  writeFileSync(join(folder, 'replicator.json'), compiled);
  const replicator = await FunctionProcess.start({
    timeoutMs: TIMEOUT_MS,
    environment: {
      AWS_REGION: SOURCE_REGION,
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      LOG_LEVEL: 'ERROR',
      REPLICATOR_CONFIG: join(folder, 'replicator.json'),
    },
  });
  try {
    const startedAt = performance.now();
    const answer = (await replicator.invoke({ action: 'reconcile' })) as ReconcileAnswer;
    const wallSeconds = (performance.now() - startedAt) / 1_000;
    const cpuSeconds = replicator.cpuMicros / 1e6;
    const lists = sandbox.calls.count({ operation: 'ListSecrets' });
    const others = sandbox.calls.count({ service: 'secretsmanager' }) - lists;
    for (let compared = secrets; compared < COMPARED; compared += secrets) {
      await replicator.invoke({ action: 'reconcile' });
    }
    return { answer, cpuSeconds, wallSeconds, peakMib: replicator.peakKib / 1_024, calls: { lists, others } };
  } finally {
    await replicator.stop();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

/** Sources, and their replicas as a back-fill would have left them. */
function seedInSync(sandbox: Sandbox, document: object, secrets: number): void {
  const { config, rules } = compileConfig(document, () => '');
  for (let index = 0; index < secrets; index += 1) {
    const name = `app/${String(index).padStart(6, '0')}`;
    const source = sandbox.seed(ACCOUNT, SOURCE_REGION, { name, string: 'x' });
    const tags = { [OWNER_TAG]: `arn:aws:secretsmanager:${SOURCE_REGION}:${ACCOUNT}:secret:${name}` };
    for (const [position, { id, region }] of config.destinations.entries()) {
      const place = { region, sourceRegion: SOURCE_REGION, account: ACCOUNT, sourceAccount: ACCOUNT };
      const digest = rules[position]?.bind({ ...place, sourceName: name, replicaName: name }).digest;
      const versionId = versionToken({
        sourceArn: source.arn as SecretArn,
        sourceVersion: (source.versions[0]?.id ?? '') as VersionId,
        destination: id,
        rulesDigest: digest,
      });
      sandbox.seed(ACCOUNT, region, { name, string: 'x', versionId, tags });
    }
  }
}
