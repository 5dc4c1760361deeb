import { readFileSync } from 'node:fs';
import { FunctionProcess } from '../src/cli/function-process.js';
import { packagePath } from '../src/cli/package-path.js';
import { Sandbox } from '../src/sandbox/sandbox.js';
import { serve } from '../src/sandbox/server.js';
import { bundleSizes } from '../scripts/build/bundle-sizes.js';
import { median, round, type Print } from './figure.js';
import { ACCOUNT, batchOf, SOURCE_REGION } from './local-function.js';
import { bundlePeer } from './peer/bundle.js';
import { processorShare, type ProcessorShare } from './processor-share.js';

const RUNS = 15;
/** What the stack gives the function when nobody says otherwise. */
const MEGABYTES = 512;

/**
 * From the start of a process to the first replica written, with the configuration beside the bundle; and the bundle's size.
 * As Lambda runs it: all of a processor for the start, a share of one for the invocation. And with all of one throughout.
 */
export async function benchCold(print: Print): Promise<void> {
  const meta = readFileSync(packagePath('dist/meta/lambda/meta.json'), 'utf8');
  const { atStart, withMetrics, total } = bundleSizes(JSON.parse(meta));
  const peer = bundlePeer();
  print({ figure: 'bundle bytes', at_start: atStart, first_replica: withMetrics, total, peer: peer.bytes });
  print({ figure: `cold start at ${MEGABYTES} MB`, ...(await atShare(peer.path)) });
  print({ figure: 'cold start', ...(await compared(peer.path, undefined)) });
}

async function atShare(peer: string) {
  const share = processorShare(MEGABYTES);
  if (share === undefined) return { not_measured: 'this machine lets nobody limit a process' };
  try {
    return await compared(peer, share);
  } finally {
    share.close();
  }
}

async function compared(peer: string, share: ProcessorShare | undefined) {
  const bundle = packagePath('dist/lambda/index.mjs');
  // The stand-in answers the first callers slowly, and nobody's start is to pay for that.
  await coldStart(bundle, share);
  await coldStart(peer, share);
  const ours: Start[] = [];
  const theirs: Start[] = [];
  const bare: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    ours.push(await coldStart(bundle, share));
    theirs.push(await coldStart(peer, share));
    bare.push(await readyMs(packagePath('bench/peer/nothing.mjs')));
  }
  const nodeMs = median(bare);
  const of = (starts: readonly Start[], what: keyof Start) => median(starts.map((start) => start[what]));
  return {
    node: process.version,
    ready_ms: round(of(ours, 'readyMs'), 0),
    first_replica_ms: round(of(ours, 'replicaMs'), 0),
    answer_ms: round(of(ours, 'answerMs'), 0),
    cpu_ms: round(of(ours, 'cpuMs'), 0),
    peer_ready_ms: round(of(theirs, 'readyMs'), 0),
    peer_first_replica_ms: round(of(theirs, 'replicaMs'), 0),
    peer_answer_ms: round(of(theirs, 'answerMs'), 0),
    peer_cpu_ms: round(of(theirs, 'cpuMs'), 0),
    ratio_ready: round(of(ours, 'readyMs') / of(theirs, 'readyMs')),
    ratio_first_replica: round(of(ours, 'replicaMs') / of(theirs, 'replicaMs')),
    // Both sides pay for it, and nothing in a bundle changes it.
    node_ms: round(nodeMs, 0),
    ratio_first_replica_beyond_node: round((of(ours, 'replicaMs') - nodeMs) / (of(theirs, 'replicaMs') - nodeMs)),
    ratio_answer: round(of(ours, 'answerMs') / of(theirs, 'answerMs')),
    ratio_cpu: round(of(ours, 'cpuMs') / of(theirs, 'cpuMs')),
  };
}

interface Start {
  readonly readyMs: number;
  readonly replicaMs: number;
  /** Until the invocation ended, metrics sent. */
  readonly answerMs: number;
  /** Processor time of the function's process alone. */
  readonly cpuMs: number;
}

async function readyMs(bundle: string): Promise<number> {
  const startedAt = performance.now();
  const replicator = await FunctionProcess.start({ bundle, environment: {} });
  const ms = performance.now() - startedAt;
  await replicator.stop();
  return ms;
}

async function coldStart(bundle: string, share: ProcessorShare | undefined): Promise<Start> {
  const sandbox = new Sandbox({ now: Date.now, random: Math.random, defaultAccount: ACCOUNT });
  const name = 'app/orders/first';
  const { arn } = sandbox.seed(ACCOUNT, SOURCE_REGION, { name, string: 'host=db.us-east-1' });
  const server = await serve(sandbox, { port: 0 });
  const startedAt = performance.now();
  let replicaMs = Number.NaN;
  // The event is the moment at which the replica is there; what an invocation does afterwards keeps nobody waiting.
  sandbox.bus.subscribe(({ region }) => {
    if (region === 'us-west-2') replicaMs = performance.now() - startedAt;
  });
  const replicator = await FunctionProcess.start({
    bundle,
    environment: {
      AWS_REGION: SOURCE_REGION,
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      LOG_LEVEL: 'ERROR',
      ...(share === undefined ? {} : { AWS_LAMBDA_FUNCTION_MEMORY_SIZE: `${MEGABYTES}` }),
    },
  });
  const readyMs = performance.now() - startedAt;
  if (replicator.pid !== undefined) share?.hold(replicator.pid);
  await replicator.invoke(batchOf([labelMoved(arn, name)]));
  const answerMs = performance.now() - startedAt;
  const cpuMs = replicator.lifeCpuMicros / 1_000;
  await replicator.stop();
  await server.close();
  if (sandbox.secret(ACCOUNT, 'us-west-2', name) === undefined) throw new Error(`${bundle} wrote no replica`);
  return { readyMs, replicaMs, answerMs, cpuMs };
}

function labelMoved(arn: string, name: string): object {
  return {
    id: 'first',
    'detail-type': 'Secret Label Updated',
    source: 'aws.secretsmanager',
    account: ACCOUNT,
    time: new Date().toISOString(),
    region: SOURCE_REGION,
    resources: [arn],
    detail: { name, labelUpdated: 'AWSCURRENT' },
  };
}
