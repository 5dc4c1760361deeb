import { randomUUID } from 'node:crypto';
import {
  DescribeSecretCommand,
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from '@aws-sdk/client-secrets-manager';
import { HttpRequest } from '@smithy/core/protocols';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { HttpHandler } from '../../src/aws/client-config.js';
import type { Fields } from '../../src/sandbox/call.js';
import type { EventListener } from '../../src/sandbox/event-bus.js';
import { labelUpdated, trailEvent } from '../../src/sandbox/events.js';
import { readScope } from '../../src/sandbox/identity.js';
import type { Sandbox } from '../../src/sandbox/sandbox.js';
import type { SecretState } from '../../src/sandbox/secrets-manager/state.js';
import type { Cloud } from './cloud.js';
import type { EventClock } from './event-clock.js';
import { failing } from './failing.js';

/** Owner of whatever unknown credentials make there. */
const ACCOUNT = '123456789012';
const PENDING = 'AWSPENDING';
const CURRENT = 'AWSCURRENT';
const PREVIOUS = 'AWSPREVIOUS';

export interface MotoCloudDeps {
  readonly url: string;
  /** Queues, metrics and faults. */
  readonly sandbox: Sandbox;
  readonly clock: EventClock;
  readonly region: string;
  readonly random: () => number;
}

/** moto's Secrets Manager behind our own faults. It sends no events, so they are made of the calls of those who change the sources. */
export function motoCloud(deps: MotoCloudDeps): Cloud {
  const listeners: EventListener[] = [];
  const straight = forwarding(deps);
  const quietHandler = announcing(deps, straight, listeners);
  const client = clientOf(deps.region, quietHandler);
  const stages = async (name: string) => {
    const { VersionIdsToStages = {} } = await client.send(new DescribeSecretCommand({ SecretId: name }));
    const at = (stage: string) => Object.entries(VersionIdsToStages).find(([, held]) => held.includes(stage))?.[0];
    return { current: at(CURRENT), previous: at(PREVIOUS) };
  };
  return {
    account: ACCOUNT,
    requestHandler: failing(deps, straight),
    quietHandler,
    hasStaleReads: false,
    subscribe: (listener) => void listeners.push(listener),
    rotate: async (name, SecretString) => {
      const { current } = await stages(name);
      const ClientRequestToken = randomUUID();
      const pending = { SecretId: name, SecretString, ClientRequestToken, VersionStages: [PENDING] };
      await client.send(new PutSecretValueCommand(pending));
      const move = { MoveToVersionId: ClientRequestToken, RemoveFromVersionId: current };
      await client.send(new UpdateSecretVersionStageCommand({ SecretId: name, VersionStage: CURRENT, ...move }));
    },
    stages,
    look: (places) => looked(straight, places),
  };
}

function clientOf(region: string, requestHandler: HttpHandler): SecretsManagerClient {
  const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' });
  return new SecretsManagerClient({ region, credentials, requestHandler, maxAttempts: 1 });
}

/** Secrets Manager goes to moto, everything else to the stand-in. Time stands still while moto answers. */
function forwarding({ url, sandbox, clock }: MotoCloudDeps): HttpHandler {
  const { hostname, port } = new URL(url);
  const network = new NodeHttpHandler();
  return Object.assign(Object.create(network) as HttpHandler, {
    handle: (request: HttpRequest, options?: object) => {
      if (!request.hostname.startsWith('secretsmanager.')) return sandbox.requestHandler.handle(request, options);
      const there = Object.assign(HttpRequest.clone(request), { protocol: 'http:', hostname, port: Number(port) });
      return clock.during(network.handle(there, options));
    },
    destroy: () => network.destroy(),
  });
}

/** Makes the events of each call that succeeds. */
function announcing(deps: MotoCloudDeps, inner: HttpHandler, listeners: readonly EventListener[]): HttpHandler {
  const handle = async (request: HttpRequest, options?: object) => {
    const answer = await inner.handle(request, options);
    const { response } = answer as { response: { statusCode: number; body: AsyncIterable<Uint8Array> } };
    const chunks: Uint8Array[] = [];
    for await (const chunk of response.body) chunks.push(chunk);
    const body = Buffer.concat(chunks);
    response.body = body as unknown as typeof response.body;
    if (response.statusCode === 200) {
      const input = JSON.parse(new TextDecoder().decode(request.body as Uint8Array)) as Fields;
      const output = JSON.parse(body.toString()) as Fields;
      for (const event of eventsOf(deps, request, input, output)) for (const listener of listeners) listener(event);
    }
    return answer;
  };
  return Object.assign(Object.create(inner) as HttpHandler, { handle });
}

function eventsOf({ clock, random }: MotoCloudDeps, request: HttpRequest, input: Fields, output: Fields) {
  const operation = request.headers['x-amz-target']?.split('.')[1] ?? '';
  if (/^(Get|BatchGet|Describe|List)/.test(operation)) return [];
  const { region, accessKeyId } = readScope(request.headers['authorization']);
  const envelope = { account: ACCOUNT, region, at: clock.now(), random };
  const [arn, name] = [String(output['ARN']), String(output['Name'])];
  const caller = { account: ACCOUNT, accessKeyId, arn: `arn:aws:iam::${ACCOUNT}:user/people`, principalId: 'people' };
  const call = { service: 'secretsmanager', operation, region, caller, input, requestId: randomUUID() } as const;
  const trail = trailEvent(
    envelope,
    { ...call, userAgent: 'people', origin: '', stale: false },
    arn,
    output,
    undefined,
  );
  const version = input['MoveToVersionId'] ?? output['VersionId'];
  const isCurrent = operation === 'UpdateSecretVersionStage' || input['VersionStages'] === undefined;
  return [trail, ...(isCurrent ? [labelUpdated(envelope, arn, name, CURRENT, String(version))] : [])];
}

/** The current values as far as they are there, in the form in which the stand-in shows its own. */
async function looked(
  handler: HttpHandler,
  places: readonly { readonly region: string; readonly name: string }[],
): Promise<Pick<Sandbox, 'secret'>> {
  const found = new Map<string, SecretState>();
  const clients = new Map<string, SecretsManagerClient>();
  for (const { region, name } of places) {
    const client = clients.get(region) ?? clientOf(region, handler);
    clients.set(region, client);
    try {
      const command = new GetSecretValueCommand({ SecretId: name, VersionStage: CURRENT });
      const { SecretString: string, VersionId: id = '' } = await client.send(command);
      const versions = [{ id, stages: [CURRENT], createdAt: 0, string }];
      found.set(`${region} ${name}`, { tags: {}, versions } as unknown as SecretState);
    } catch (thrown) {
      if ((thrown as Error).name !== 'ResourceNotFoundException') throw thrown;
    }
  }
  return { secret: (_account, region, name) => found.get(`${region} ${name}`) };
}
