import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { FunctionProcess } from '../../src/cli/function-process.js';
import type { SecretStore } from '../../src/flow/ports.js';
import { functionOver } from '../../src/function/function.js';
import type { EventBridgeEvent } from '../../src/sandbox/event-bus.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { serve } from '../../src/sandbox/server.js';
import { World } from '../support/world.js';

const REGION = 'us-east-1';
/** Never found in any output: the words of values, of patterns and of replacements. */
const CANARIES = ['canary-value-4711', 'canary-pattern-4711', 'canary-replacement-4711', 'canary-variable-4711'];
const [VALUE, PATTERN, REPLACEMENT, VARIABLE] = CANARIES;

const DOCUMENT = {
  version: 1,
  source: { region: REGION },
  events: { bus: 'outcomes' },
  retry: { attempts: 2, minDelayMs: 0, maxDelayMs: 0 },
  destinations: [
    {
      region: 'us-west-2',
      variables: { HOST: VARIABLE },
      transform: [
        { sed: `s/${PATTERN}/${REPLACEMENT}\${HOST}/g` },
        { json: [{ path: '$.host', sed: `s/x/${REPLACEMENT}/` }], names: ['app/json*'] },
      ],
    },
    { region: 'eu-west-1' },
  ],
};

/** A text as it stands, and every way base64 may hide it: at each of the three offsets, without the ends that depend on neighbours. */
function traces(canary: string): string[] {
  const hidden = ['', ' ', '  '].map((shift) =>
    Buffer.from(shift + canary)
      .toString('base64')
      .slice(4, -4),
  );
  return [canary, ...hidden, Buffer.from(canary).toString('hex')];
}

describe('no value leaves', () => {
  test('through output, metrics, queue messages, outcome events or errors, at DEBUG, whatever happens', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'leak-test-'));
    const path = join(folder, 'replicator.json');
    writeFileSync(path, JSON.stringify(DOCUMENT));
    const sandbox = new Sandbox({ now: Date.now, random: Math.random });
    const dead = sandbox.queues.create('dead');
    sandbox.buses.create('outcomes');
    const server = await serve(sandbox, { port: 0 });
    const told: string[] = [];
    const replicator = await FunctionProcess.start({
      onLine: (line) => told.push(line),
      environment: {
        AWS_REGION: REGION,
        AWS_ENDPOINT_URL: server.url,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        REPLICATOR_CONFIG: path,
        LOG_LEVEL: 'DEBUG',
        DEAD_LETTER_QUEUE_URL: `${server.url}/111122223333/dead`,
      },
    });
    const events: EventBridgeEvent[] = [];
    sandbox.bus.subscribe((event) => {
      if (event.region === REGION) events.push(event);
    });
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new SecretsManagerClient({ region: REGION, endpoint: server.url, credentials });
    const deliver = async (invoke = batch) => {
      const answers = await Promise.allSettled(invoke(events.splice(0)).map((event) => replicator.invoke(event)));
      for (const answer of answers)
        told.push(answer.status === 'fulfilled' ? JSON.stringify(answer.value) : String(answer.reason));
    };
    const create = (Name: string, SecretString: string) => client.send(new CreateSecretCommand({ Name, SecretString }));
    try {
      await create('app/plain', `${VALUE} ${PATTERN}`);
      await create('app/json/good', JSON.stringify({ host: `x ${VALUE}` }));
      await create('app/json/bad', `{"host": ${VALUE}`);
      await client.send(new CreateSecretCommand({ Name: 'app/binary', SecretBinary: Buffer.from(VALUE ?? '') }));
      await create('app/big', `${PATTERN} `.repeat(3_000));
      await deliver();
      await client.send(
        new PutSecretValueCommand({ SecretId: 'app/plain', SecretString: `${VALUE} again ${PATTERN}` }),
      );
      for (const kind of ['throttle', 'error500', 'reset', 'lost-answer'] as const) {
        sandbox.faults.add({ kind, service: 'secretsmanager', times: 2 });
        await client
          .send(new PutSecretValueCommand({ SecretId: 'app/plain', SecretString: `${VALUE} ${kind}` }))
          .catch(() => undefined);
        await deliver();
      }
      sandbox.faults.add({ kind: 'region-down', region: 'us-west-2' });
      await client.send(new PutSecretValueCommand({ SecretId: 'app/plain', SecretString: `${VALUE} ${PATTERN} down` }));
      await deliver((all) => [...all]);
      const failed = await replicator.invoke({ action: 'sync' }).catch(String);
      told.push(JSON.stringify(failed), JSON.stringify(await replicator.invoke({ action: 'plan' })));
    } finally {
      await replicator.stop();
      await server.close();
      rmSync(folder, { recursive: true });
    }
    const queued = dead.messages().map((message) => JSON.stringify(message));
    const measured = JSON.stringify(sandbox.metrics.points('SecretsReplicator'));
    const outcomes = sandbox.buses.events('outcomes').map((event) => JSON.stringify(event));
    const everything = [...told, ...queued, ...outcomes, measured].join('\n');
    // The run did what it should: something was written, something failed, something is a dead letter.
    expect(everything).toContain('replica written');
    expect(everything).toContain('replica failed');
    expect(everything).toContain('attempt failed');
    expect(everything).toContain('BinaryWithRules');
    expect(queued.length).toBeGreaterThan(0);
    expect(outcomes.length).toBeGreaterThan(0);
    const found = CANARIES.flatMap(traces).filter((trace) => everything.includes(trace));
    expect(found).toEqual([]);
  });

  test('through a defect of our own, whose message quotes what it stumbled over, or the causes behind it', async () => {
    const world = new World({ destinations: [{ region: 'us-west-2' }] });
    const defect = async () => {
      throw new TypeError(`cannot read ${VALUE}`, { cause: new Error(VALUE) });
    };
    const source: SecretStore = Object.assign(Object.create(world.wiring.source), { list: defect });
    const handler = functionOver({ ...world.wiring, source });
    const thrown: unknown = await handler({ action: 'sync' }).catch((error: unknown) => error);
    expect(thrown).toMatchObject({ name: 'FailedInvocation', message: expect.stringContaining('Unexpected: ') });
    expect(inspect([thrown, world.records], { depth: Infinity, showHidden: true })).not.toContain(VALUE);
    expect(world.records).toContainEqual(
      expect.objectContaining({ fields: expect.objectContaining({ frames: expect.anything() }) }),
    );
  });

  test('through a printed value object', async () => {
    const { SecretValue } = await import('../../src/core/secret-value.js');
    const value = new SecretValue(VALUE ?? '');
    const printed = [
      String(value),
      JSON.stringify({ value }),
      inspect(value),
      inspect({ deep: [value] }, { showHidden: true }),
      ['', value].join(''),
    ].join(' ');
    expect(printed).not.toContain(VALUE);
    expect(printed).toContain('[secret]');
  });
});

describe('the ways out of a value', () => {
  test('are the transform, the writer, and what checks values of its own: demonstration, explain and rule tests', () => {
    const root = new URL('../../src/', import.meta.url);
    const revealing = readdirSync(root, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.ts') && readFileSync(new URL(path, root), 'utf8').includes('.reveal()'))
      .toSorted();
    expect(revealing).toEqual([
      'aws/secrets.ts',
      'cli/commands/explain.ts',
      'cli/demonstration/expected-replicas.ts',
      'transform/explain.ts',
      'transform/pipeline.ts',
      'transform/rule-tests.ts',
    ]);
  });
});

function batch(events: readonly object[]): object[] {
  return [
    {
      Records: events.map((event, index) => ({
        messageId: `m${index}`,
        eventSource: 'aws:sqs',
        body: JSON.stringify(event),
      })),
    },
  ];
}
