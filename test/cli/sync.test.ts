import { DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from '@jest/globals';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { sync, type SyncOptions } from '../../src/cli/commands/sync.js';
import { folderWith } from '../support/folder.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const DESTINATIONS = [
  { name: 'dr', region: 'us-west-2', rename: 's#^app/#dr/#' },
  { name: 'eu', region: 'eu-west-1' },
];

/** The command over a cloud of its own. */
function world() {
  const made = new World({ destinations: DESTINATIONS });
  const document = { version: 1, source: { region: SOURCE_REGION }, destinations: DESTINATIONS };
  const config = `${folderWith({ 'replicator.json': JSON.stringify(document) })}/replicator.json`;
  const said: string[] = [];
  const say = (text: string) => said.push(text);
  const complained: string[] = [];
  const local = {
    requestHandler: made.sandbox.requestHandler as unknown as HttpHandler,
    credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
    clock: made.clock,
  };
  const run = (action: SyncOptions['action'], names: readonly string[], options: Partial<SyncOptions> = {}) =>
    sync(
      { out: say, err: (text) => complained.push(text), interrupted: async () => undefined },
      {},
      { action, names, config, to: undefined, json: false, ...options },
      local,
    );
  return { made, run, complained, lines: () => (said.at(-1) ?? '').split('\n') };
}

const MISSPELT =
  'app/typo  unread  NotFound: there is no such secret at the source in us-east-1, and no replica of one; is the name right?';

describe.each(['plan', 'sync'] as const)('%s of a name', (action) => {
  test('that is at the source nowhere and left no replica fails, beside others that do not', async () => {
    const { made, run, lines } = world();
    await made.create('app/db', 'value');
    await made.deliver(...made.takeEvents());
    await expect(run(action, ['app/typo', 'app/db'])).resolves.toBe(1);
    expect(lines()).toEqual([MISSPELT, '1 unread, 2 unchanged']);
  });

  test.each([
    ['its name', () => 'app/db'],
    ['its ARN', (arn: string) => arn],
    ['its ARN without the random end', (arn: string) => arn.slice(0, -7)],
  ])('that was there and is gone leaves its replica alone, and that is no failure: by %s', async (_by, idOf) => {
    const { made, run, lines } = world();
    await made.create('app/db', 'value');
    await made.deliver(...made.takeEvents());
    const arn = made.sandbox.secret(ACCOUNT, SOURCE_REGION, 'app/db')?.arn ?? '';
    await made.client().send(new DeleteSecretCommand({ SecretId: 'app/db', ForceDeleteWithoutRecovery: true }));
    made.clock.advance(60_000);
    for (const to of [undefined, ['dr'], ['eu']]) {
      await expect(run(action, [idOf(arn)], { to })).resolves.toBe(0);
      expect(lines()).toEqual([`${idOf(arn)}  ignored  SourceAbsent`, '1 ignored']);
    }
    expect(made.current('us-west-2', 'dr/db')).toBe('value');
  });

  test('is not taken for one that is gone because of a secret that is not its replica', async () => {
    const { made, run, lines } = world();
    await made.create('app/typo', 'theirs', 'eu-west-1');
    await made.create('dr/typo', 'theirs', 'us-west-2');
    await expect(run(action, ['app/typo'])).resolves.toBe(1);
    expect(lines()).toEqual([MISSPELT, '1 unread']);
  });

  test('says where it could not be told whether there is a replica', async () => {
    const { made, run, lines } = world();
    made.sandbox.faults.add({ kind: 'denied', region: 'eu-west-1' });
    await expect(run(action, ['app/typo'])).resolves.toBe(1);
    expect(lines()[0]).toMatch(/whether there is a replica is not known: .+/);
  });
});

describe('sync', () => {
  test('says once of a call that it is tried again, and of nothing that is not', async () => {
    const { made, run, complained } = world();
    await made.create('app/db', 'value');
    made.sandbox.faults.add({ kind: 'throttle', operation: 'DescribeSecret', region: 'us-east-1', times: 2 });
    made.sandbox.faults.add({ kind: 'denied', region: 'eu-west-1' });
    await expect(run('sync', ['app/db'])).resolves.toBe(1);
    expect(complained).toEqual(['DescribeSecret in us-east-1: Throttled; trying again']);
  });

  test('of such a name makes the function fail too', async () => {
    const { made } = world();
    await expect(made.invoke({ action: 'sync', names: ['app/typo'] })).rejects.toThrow(/^app\/typo: NotFound: /);
  });

  test('in which one secret failed tells what became of the others too', async () => {
    const { made, run, lines } = world();
    await made.create('app/db', 'value');
    await made.create('app/theirs', 'value');
    await made.create('app/theirs', 'theirs', 'eu-west-1');
    await expect(run('sync', [])).resolves.toBe(1);
    expect(lines()).toEqual(
      expect.arrayContaining([
        'app/db  -> eu: app/db  written  created',
        expect.stringMatching(/^app\/theirs {2}-> eu: app\/theirs {2}blocked {2}Foreign: /),
      ]),
    );
  });
});
