import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FunctionProcess } from '../../src/cli/function-process.js';
import { Sandbox } from '../../src/sandbox/sandbox.js';
import { serve } from '../../src/sandbox/server.js';
import { labelUpdated } from '../support/change-events.js';

/** Bytes of the log for one replica, its line break included. */
const LIMIT = 600;
const ACCOUNT = '111122223333';
const NAME = 'production/orders/database';

describe('the log of one replication', () => {
  const folder = mkdtempSync(join(tmpdir(), 'log-lines-'));
  const sandbox = new Sandbox({ now: Date.now, random: Math.random });
  const { arn, versions } = sandbox.seed(ACCOUNT, 'us-east-1', { name: NAME, string: 'password=hunter2' });
  const event = {
    ...labelUpdated({ arn, name: NAME, region: 'us-east-1', versionId: versions[0]?.id ?? '' }),
    id: '3f0c5f0e-8b1d-4a55-9e0b-5d2b7a9f1c10',
  };
  let server: Awaited<ReturnType<typeof serve>>;

  beforeAll(async () => {
    server = await serve(sandbox, { port: 0 });
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true });
  });

  async function linesWith(environment: Readonly<Record<string, string>>): Promise<string[]> {
    const destinations = [{ name: 'disaster-recovery', region: 'us-west-2', transform: [{ sed: 's/a/a/' }] }];
    writeFileSync(
      join(folder, 'config.json'),
      JSON.stringify({ version: 1, source: { region: 'us-east-1' }, destinations }),
    );
    const lines: string[] = [];
    const replicator = await FunctionProcess.start({
      environment: {
        AWS_REGION: 'us-east-1',
        AWS_ENDPOINT_URL: server.url,
        AWS_ACCESS_KEY_ID: 'test',
        AWS_SECRET_ACCESS_KEY: 'test',
        REPLICATOR_CONFIG: join(folder, 'config.json'),
        ...environment,
      },
      onLine: (line) => lines.push(line),
    });
    await replicator.invoke({ Records: [{ messageId: 'm1', eventSource: 'aws:sqs', body: JSON.stringify(event) }] });
    await replicator.stop();
    return lines;
  }

  test(`is one line of at most ${LIMIT} bytes that leads from the event to its outcome`, async () => {
    const lines = await linesWith({});

    expect(lines).toHaveLength(1);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 'INFO',
      message: 'replica written',
      events: [event.id],
      secret: NAME,
      destination: 'disaster-recovery',
      how: 'created',
    });
    expect(Buffer.byteLength(`${lines[0]}\n`)).toBeLessThanOrEqual(LIMIT);
  }, 60_000);

  test('is nothing where only errors are wanted, and all there is for a sampled invocation', async () => {
    await expect(linesWith({ LOG_LEVEL: 'ERROR' })).resolves.toEqual([]);
    sandbox.faults.add({ kind: 'throttle', operation: 'DescribeSecret', region: 'us-west-2', times: 1 });
    const sampled = await linesWith({ LOG_LEVEL: 'ERROR', LOG_SAMPLE_RATE: '1' });
    expect(sampled.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['DEBUG', 'INFO']);
    expect(sampled.join()).not.toContain('hunter2');
  }, 60_000);
});
