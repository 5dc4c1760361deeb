import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ReplicationConfig } from '../../core/config.js';
import { NATIVE_PATTERN, TRAIL_PATTERN } from '../../core/change-patterns.js';
import { parseSecretArn } from '../../core/names.js';
import { RULES_TTL, rulesObjectAt } from '../../core/rules-object.js';
import { ENVIRONMENT } from '../../core/settings.js';
import { connect } from '../../sandbox/connect.js';
import type { BatchAnswer } from '../../sandbox/batch-answer.js';
import { Poller } from '../../sandbox/poller.js';
import { Sandbox } from '../../sandbox/sandbox.js';
import { serve } from '../../sandbox/server.js';
import { FunctionProcess, type FunctionProcessOptions } from '../function-process.js';
import { packagePath } from '../package-path.js';

export const ACCOUNT = '111122223333';
/** Any key will do: the stand-in gives every key that nobody issued to the default account. */
export const LOCAL_KEY = 'local';
/** Receives before a message is given up, as in the stack. */
const MAX_RECEIVES = 5;
const VISIBILITY_MS = 5_000;

export interface LocalCloudOptions {
  readonly config: ReplicationConfig;
  /** The configuration as the function reads it. */
  readonly compiled: string;
  /** Of the endpoint; another is taken if it is not free. */
  readonly port: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** `s3://<bucket>/<key>`: the configuration lies there as well, and another one may be put in its place. */
  readonly rules?: string;
  readonly onLine: (line: string, stream: 'stdout' | 'stderr') => void;
}

/** Rules, queue and the bundled function on the stand-in for AWS, all on this machine. */
export class LocalCloud {
  private constructor(
    readonly sandbox: Sandbox,
    readonly url: string,
    readonly poller: Poller,
    readonly replicator: FunctionProcess,
    readonly close: () => Promise<void>,
  ) {}

  /** Rejects if the function cannot start; its reason went to `onLine`. */
  static async open(options: LocalCloudOptions): Promise<LocalCloud> {
    const { config, compiled, port, environment = {}, rules, onLine } = options;
    const [now, random] = [Date.now, Math.random];
    const { region } = config.source;
    const sandbox = new Sandbox({ now, random, defaultAccount: ACCOUNT });
    addIdentities(sandbox, config);
    const server = await serve(sandbox, { port, fallback: true });
    const folder = mkdtempSync(join(tmpdir(), 'secrets-replicator-'));
    const deployed = rules === undefined ? withFile(folder, compiled) : withObject(sandbox, folder, compiled, rules);
    const dead = sandbox.queues.create('dead-letters', { region });
    const queue = sandbox.queues.create('changes', {
      region,
      visibilityTimeoutMs: VISIBILITY_MS,
      maxReceiveCount: MAX_RECEIVES,
      deadLetterQueue: dead.name,
    });
    connect(sandbox.bus, queue, { patterns: [NATIVE_PATTERN, TRAIL_PATTERN], region, account: ACCOUNT });
    const replicator = await FunctionProcess.start({
      onLine,
      ...deployed,
      environment: {
        AWS_REGION: region,
        AWS_ENDPOINT_URL: server.url,
        AWS_ACCESS_KEY_ID: LOCAL_KEY,
        AWS_SECRET_ACCESS_KEY: LOCAL_KEY,
        ...deployed.environment,
        [ENVIRONMENT.deadLetterQueueUrl]: `${server.url}/${ACCOUNT}/${dead.name}`,
        ...environment,
      },
    }).catch(async (thrown: unknown) => {
      await server.close();
      throw thrown;
    });
    const handler = (event: unknown) => replicator.invoke(event) as Promise<BatchAnswer>;
    const poller = new Poller({ now, random }, { queue, handler });
    const close = async () => {
      await poller.stop();
      await replicator.stop();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    };
    return new LocalCloud(sandbox, server.url, poller, replicator, close);
  }
}

/** The function over a configuration of its own. */
function withFile(folder: string, compiled: string): Pick<FunctionProcessOptions, 'environment'> {
  const path = join(folder, 'replicator.json');
  writeFileSync(path, compiled, { mode: 0o600 });
  return { environment: { [ENVIRONMENT.config]: path } };
}

/** The function with that configuration beside it, as it is deployed, and in an object that may change its rules. */
function withObject(
  sandbox: Sandbox,
  folder: string,
  compiled: string,
  uri: string,
): Pick<FunctionProcessOptions, 'environment' | 'bundle'> {
  const { bucket = '', key = '' } = rulesObjectAt(uri) ?? {};
  sandbox.buckets.create(bucket);
  sandbox.buckets.put(bucket, key, compiled);
  cpSync(packagePath('dist/lambda'), folder, { recursive: true });
  writeFileSync(join(folder, 'replicator.json'), compiled);
  const environment = { [ENVIRONMENT.config]: uri, [RULES_TTL]: '1' };
  return { environment, bundle: join(folder, 'index.mjs') };
}

/** What destinations in other accounts and partitions are written with. */
function addIdentities(sandbox: Sandbox, { source, destinations }: ReplicationConfig): void {
  for (const { role, credentialsSecret, account = ACCOUNT } of destinations) {
    if (role !== undefined) {
      const externalId = role.externalId === undefined ? {} : { externalId: role.externalId };
      sandbox.roles.add({ roleArn: role.arn, ...externalId });
    }
    if (credentialsSecret === undefined) continue;
    const name = parseSecretArn(credentialsSecret)?.resource.slice(0, -7) ?? credentialsSecret;
    if (sandbox.secret(ACCOUNT, source.region, name) !== undefined) continue;
    sandbox.seed(ACCOUNT, source.region, { name, string: JSON.stringify(sandbox.roles.credentials(account)) });
  }
}
