import { describe, expect, test } from '@jest/globals';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { explain } from '../../src/cli/commands/explain.js';
import { status } from '../../src/cli/commands/status.js';
import { sync } from '../../src/cli/commands/sync.js';
import { undoReplicas } from '../../src/cli/commands/undo.js';
import { folderWith } from '../support/folder.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const CANARY = 'canary-4711';
const URI = 's3://rules/live/replicator.json';
const OTHER = 's3://rules/other.json';
const DR = { name: 'dr', region: 'us-west-2', transform: [{ sed: 's/source/file/' }] };
const documentOf = (destination: object, more: object = { rulesObject: { uri: URI } }) =>
  JSON.stringify({ version: 1, source: { region: SOURCE_REGION }, destinations: [destination], ...more });
const PUBLISHED = documentOf({ ...DR, transform: [{ sed: 's/source/object/' }] });

interface Flags {
  readonly rulesObject?: string | false;
  readonly json?: boolean;
}

/** A deployment that takes rules from an object, and the commands over the same cloud with the file that was deployed. */
async function world(published: string | null = PUBLISHED, file = documentOf(DR)) {
  const made = new World({ destinations: [DR], environment: { REPLICATOR_CONFIG: URI } });
  made.sandbox.buckets.create('rules');
  if (published !== null) made.sandbox.buckets.put('rules', 'live/replicator.json', published);
  await made.create('app/db', `source ${CANARY}`);
  const folder = folderWith({ 'replicator.json': file, value: 'source' });
  const config = `${folder}/replicator.json`;
  const said: string[] = [];
  const say = (text: string) => said.push(text.replaceAll(`${folder}/`, ''));
  const terminal = { out: say, err: say, interrupted: async () => undefined };
  const options = {
    requestHandler: made.sandbox.requestHandler as unknown as HttpHandler,
    credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
    clock: made.clock,
  };
  const all = { config, json: false, to: undefined };
  const run = {
    status: (flags: Flags = {}) => status(terminal, {}, { ...all, ...flags }, options),
    plan: (flags: Flags = {}) => sync(terminal, {}, { ...all, action: 'plan', names: [], ...flags }, options),
    sync: (flags: Flags = {}) => sync(terminal, {}, { ...all, action: 'sync', names: [], ...flags }, options),
    undo: (flags: Flags = {}) =>
      undoReplicas(terminal, {}, { ...all, to: 'dr', names: [], dryRun: false, ...flags }, options),
    explain: (flags: Flags & { readonly valueFrom?: string } = {}) => {
      const given = { valueFrom: undefined, showValues: false, ...flags };
      return explain(terminal, {}, { ...all, to: 'dr', name: 'app/db', ...given }, options);
    },
  };
  const deliver = () => made.deliver(...made.takeEvents());
  return { made, run, said, deliver, folder, replica: () => made.current('us-west-2', 'app/db') };
}

const COMMANDS = ['status', 'plan', 'sync', 'undo', 'explain'] as const;

describe('commands where the configuration names an object with rules', () => {
  test('find in sync what the object made, and stale what the file alone would make', async () => {
    const { run, said, deliver, replica } = await world();
    await deliver();
    expect(replica()).toBe(`object ${CANARY}`);
    await expect(run.status()).resolves.toBe(0);
    await expect(run.plan()).resolves.toBe(0);
    await expect(run.status({ rulesObject: false })).resolves.toBe(1);
    const published = expect.stringMatching(
      /^rules: s3:\/\/rules\/live\/replicator\.json, published 20[\d-]+T[\d:.]+Z; other than those of replicator\.json$/,
    );
    expect(said).toEqual([
      published,
      '1 in sync',
      published,
      '1 unchanged',
      `rules: replicator.json, not ${URI}`,
      'app/db  -> dr: app/db  stale-rules\n0 in sync, 1 drifted',
    ]);
  });

  test('write what the function would write, which then has nothing to do', async () => {
    const { made, run, deliver, replica } = await world();
    await expect(run.sync()).resolves.toBe(0);
    expect(replica()).toBe(`object ${CANARY}`);
    const before = made.sandbox.secret(ACCOUNT, 'us-west-2', 'app/db');
    await deliver();
    expect(made.sandbox.secret(ACCOUNT, 'us-west-2', 'app/db')).toBe(before);
    await expect(run.sync({ rulesObject: false })).resolves.toBe(0);
    expect(replica()).toBe(`file ${CANARY}`);
  });

  test('hold a replica that is undone against the rules in force', async () => {
    const { made, run, said, deliver, replica } = await world();
    await deliver();
    await made.put('app/db', `bad source ${CANARY}`);
    await deliver();
    await expect(run.undo()).resolves.toBe(0);
    await made.invoke({ action: 'sync', names: ['app/db'] });
    expect(replica()).toBe(`object ${CANARY}`);
    await expect(run.status()).resolves.toBe(0);
    expect(said.at(-1)).toBe('app/db  -> dr: app/db  held\n0 in sync, 1 held');
  });

  test('explain a secret by the object, and a value from a file by the file unless an object is named', async () => {
    const { made, run, said, folder } = await world();
    const shown = { valueFrom: `${folder}/value`, showValues: true };
    await expect(run.explain()).resolves.toBe(0);
    expect(said.splice(0)[0]).toMatch(/^rules: s3:\/\/rules\/live\/replicator\.json, /);
    await run.explain(shown);
    expect(said.splice(0)).toEqual([`rules: replicator.json, not ${URI}`, expect.anything(), 'file']);
    made.sandbox.buckets.put('rules', 'other.json', PUBLISHED.replace('/object/', '/other/'));
    await run.explain({ ...shown, rulesObject: OTHER });
    expect(said.at(-1)).toBe('other');
  });

  test('tell programs which rules they went by', async () => {
    const { made, run, said } = await world();
    const etag = made.sandbox.buckets.get('rules', 'live/replicator.json').etag;
    for (const command of COMMANDS) await run[command]({ json: true });
    const rulesFrom = { object: URI, etag, publishedAt: expect.stringMatching(/^20.*Z$/), sameAsFile: false };
    const answers = said.map((text) => JSON.parse(text) as object);
    expect(answers).toEqual(COMMANDS.map(() => expect.objectContaining({ rulesFrom })));
  });

  test('say that the object is the same where it is', async () => {
    const { run, said } = await world(documentOf(DR));
    await run.status();
    expect(said[0]).toMatch(/Z; the same as replicator\.json$/);
  });

  const wrong: readonly (readonly [string, string | null, RegExp])[] = [
    ['is not there', null, /: NotFound: .*NoSuchKey.*; publish it; /],
    ['is no JSON', `no ${CANARY}`, /: RulesRefused: the object is not JSON in UTF-8; if replicator\.json is what is /],
    [
      'has a wrong rule',
      PUBLISHED.replace('object/', `${CANARY}/Q`),
      /destinations\[0\]\.transform\[0\]\.sed: .*line 1/,
    ],
    ['differs in more than rules', PUBLISHED.replace('us-west-2', 'eu-west-1'), /destinations\[0\]\.region is not as /],
  ];
  test.each(wrong)('judge and write nothing where it %s, and say what to do', async (_, published, sentence) => {
    const { made, run, said, folder } = await world(published);
    for (const command of COMMANDS) {
      const error: unknown = await run[command]().catch((thrown: unknown) => thrown);
      const told = String(error).replaceAll(`${folder}/`, '');
      expect(told).toContain(`${URI}: `);
      expect(told).toMatch(sentence);
      expect(told).toMatch(/; --no-rules-object goes by replicator\.json alone$/);
      expect(told).not.toContain(CANARY);
    }
    expect(said).toEqual([]);
    expect(made.sandbox.count(ACCOUNT, 'us-west-2')).toBe(0);
    await expect(run.sync({ rulesObject: false })).resolves.toBe(0);
    expect(made.current('us-west-2', 'app/db')).toBe(`file ${CANARY}`);
  });

  test('say what it takes where these credentials may not read it', async () => {
    const { made, run } = await world();
    made.sandbox.faults.add({ kind: 'denied', operation: 'GetObject', region: SOURCE_REGION });
    await expect(run.status()).rejects.toThrow(/: AccessDenied: .*; it takes s3:GetObject on it, and kms:Decrypt/);
  });
});

describe('commands where the configuration names none', () => {
  test('go by the file, and tell of what other rules made that there may be one, unless one is named by hand', async () => {
    const file = documentOf(DR, {});
    const { run, said, deliver } = await world(file.replace('/file/', '/object/'), file);
    await deliver();
    const stale = 'app/db  -> dr: app/db  stale-rules\n0 in sync, 1 drifted';
    await expect(run.status()).resolves.toBe(1);
    expect(said.splice(0)).toEqual([stale, expect.stringMatching(/^stale-rules: .*, name it with --rules-object$/)]);
    await expect(run.status({ rulesObject: false })).resolves.toBe(1);
    expect(said.splice(0)).toEqual([stale]);
    await expect(run.status({ rulesObject: URI })).resolves.toBe(0);
    expect(said).toEqual([expect.stringMatching(/^rules: s3:/), '1 in sync']);
  });
});
