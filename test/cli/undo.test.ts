import { DeleteSecretCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from '@jest/globals';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { status } from '../../src/cli/commands/status.js';
import { undoReplicas, type UndoFlags } from '../../src/cli/commands/undo.js';
import type { DestinationRules } from '../../src/core/transformed.js';
import { HELD_TAG } from '../../src/core/ownership.js';
import { folderWith } from '../support/folder.js';
import { reconciled, told } from '../support/reconciled.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const DR = { name: 'dr', region: 'us-west-2', transform: [{ sed: 's/us-east-1/us-west-2/' }] };
const CANARY = 'canary-4711';

function configOf(destination: object): string {
  const document = { version: 1, source: { region: SOURCE_REGION }, destinations: [destination] };
  return `${folderWith({ 'replicator.json': JSON.stringify(document) })}/replicator.json`;
}

function digestOf(rules: DestinationRules | undefined): string {
  const place = { region: 'us-west-2', sourceRegion: SOURCE_REGION, account: ACCOUNT, sourceAccount: ACCOUNT };
  return rules?.bind({ ...place, sourceName: 'any', replicaName: 'any' }).digest ?? '';
}

/** A secret that was replicated twice, and the commands over the same cloud. */
async function world() {
  const made = new World({ destinations: [DR] });
  await made.create('app/db', `good ${CANARY} us-east-1`);
  await made.deliver(...made.takeEvents());
  await made.put('app/db', `bad ${CANARY} us-east-1`);
  await made.deliver(...made.takeEvents());
  const config = configOf(DR);
  const said: string[] = [];
  const say = (text: string) => said.push(text);
  const terminal = { out: say, err: say, interrupted: async () => undefined };
  const options = {
    requestHandler: made.sandbox.requestHandler as unknown as HttpHandler,
    credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
    clock: made.clock,
  };
  const undo = (flags: Partial<UndoFlags> = {}) =>
    undoReplicas(terminal, {}, { to: 'dr', names: ['app/db'], config, dryRun: false, json: false, ...flags }, options);
  const compare = (json = false) => status(terminal, {}, { to: undefined, config, json }, options);
  return { made, said, undo, compare, replica: () => made.current('us-west-2', 'app/db') };
}

describe('undo', () => {
  test('moves the replica back and holds it there against events and reconciles', async () => {
    const { made, undo, replica } = await world();
    await expect(undo()).resolves.toBe(0);
    expect(replica()).toBe(`good ${CANARY} us-west-2`);
    await made.invoke({ action: 'sync', names: ['app/db'] });
    const answer = await reconciled(made);
    expect(replica()).toBe(`good ${CANARY} us-west-2`);
    expect(answer.counts).toMatchObject({ held: 1, drifted: 0 });
    expect(made.said()).toContain('held');
  });

  test('holds until the source changes', async () => {
    const { made, undo, replica } = await world();
    await undo();
    await made.put('app/db', 'better us-east-1');
    await made.deliver(...made.takeEvents());
    expect(replica()).toBe('better us-west-2');
  });

  test('is over for good when the source has moved on, also where it comes back to what was held off', async () => {
    const { made, undo, replica } = await world();
    await undo();
    const [, held] = made.versions(SOURCE_REGION, 'app/db').map(({ id }) => id);
    const better = await made.put('app/db', 'better us-east-1');
    await made.deliver(...made.takeEvents());
    await made.moveCurrent('app/db', better, held ?? '');
    await made.deliver(...made.takeEvents());
    expect(replica()).toBe(`bad ${CANARY} us-west-2`);
  });

  test('is not over because somebody else wrote to the replica', async () => {
    const { made, undo, replica } = await world();
    await undo();
    await made.put('app/db', 'by hand', 'us-west-2');
    expect((await reconciled(made)).counts).toMatchObject({ held: 1, repaired: 0 });
    expect(replica()).toBe('by hand');
  });

  test('holds until the rules change', async () => {
    const { made, undo, replica } = await world();
    await undo();
    const changed = new World({ destinations: [{ ...DR, transform: [{ sed: 's/us-east-1/elsewhere/' }] }], on: made });
    expect(told(await reconciled(changed))).toEqual(['dr app/db stale-rules written']);
    expect(replica()).toBe(`bad ${CANARY} elsewhere`);
  });

  test('of what is undone already, or has nothing before it, does nothing and says why', async () => {
    const { made, said, undo, replica } = await world();
    await made.create('app/new', 'us-east-1');
    await made.create('app/gone', 'us-east-1');
    await made.deliver(...made.takeEvents());
    await undo();
    await made.client().send(new DeleteSecretCommand({ SecretId: 'app/gone', ForceDeleteWithoutRecovery: true }));
    await expect(undo({ names: ['app/db', 'app/new', 'app/gone'] })).resolves.toBe(0);
    expect(replica()).toBe(`good ${CANARY} us-west-2`);
    expect(said.at(-1)?.split('\n')).toEqual([
      'app/db  -> app/db  kept  it is held already',
      'app/new  -> app/new  kept  there is no version before this one',
      'app/gone  kept  SourceAbsent',
      '0 of 3 undone',
    ]);
  });

  test('of a name that nobody has fails', async () => {
    const { said, undo } = await world();
    await expect(undo({ names: ['app/typo'] })).resolves.toBe(1);
    expect(said.at(-1)).toContain('app/typo  failed  there is no such secret at the source in us-east-1');
  });

  test('without names undoes everything at the destination', async () => {
    const { undo, said, replica } = await world();
    await expect(undo({ names: [] })).resolves.toBe(0);
    expect(replica()).toBe(`good ${CANARY} us-west-2`);
    expect(said.at(-1)).toContain('1 of 1 undone');
  });

  test('never touches a secret that is not ours', async () => {
    const { made, said, undo } = await world();
    await made.create('app/theirs', 'source');
    await made.create('app/theirs', 'first', 'us-west-2');
    await made.put('app/theirs', 'second', 'us-west-2');
    await undo({ names: ['app/theirs'] });
    expect(made.current('us-west-2', 'app/theirs')).toBe('second');
    expect(made.sandbox.secret(ACCOUNT, 'us-west-2', 'app/theirs')?.tags).toEqual({});
    expect(said.at(-1)).toContain('Foreign');
  });

  test('in a dry run says what it would do and does not do it', async () => {
    const { made, said, undo, replica } = await world();
    await expect(undo({ dryRun: true })).resolves.toBe(1);
    expect(said.at(-1)).toContain('1 of 1 would be undone');
    expect(replica()).toBe(`bad ${CANARY} us-west-2`);
    expect(made.sandbox.secret(ACCOUNT, 'us-west-2', 'app/db')?.tags[HELD_TAG]).toBeUndefined();
  });

  test('of certain rules moves back what they made, and nothing else', async () => {
    const { made, said, undo, replica } = await world();
    const before = made.wiring.destinations[0]?.rules;
    const changed = { ...DR, transform: [{ sed: 's/us-east-1/nowhere/' }] };
    await new World({ destinations: [changed], on: made }).invoke({ action: 'sync' });
    await made.create('app/new', 'us-east-1');
    await made.deliver(...made.takeEvents());
    const former = digestOf(before);
    const config = configOf(changed);
    await expect(undo({ config, names: [], rules: former.slice(0, 12) })).resolves.toBe(0);
    expect(replica()).toBe(`bad ${CANARY} nowhere`);
    const broken = digestOf(new World({ destinations: [changed] }).wiring.destinations[0]?.rules);
    await expect(undo({ config, names: [], rules: broken.slice(0, 12) })).resolves.toBe(0);
    expect(replica()).toBe(`bad ${CANARY} us-west-2`);
    expect(made.current('us-west-2', 'app/new')).toBe('us-west-2');
    expect(said.at(-1)?.split('\n')).toEqual([
      'app/db  -> app/db  undone',
      'app/new  -> app/new  kept  it was not made by those rules',
      '1 of 2 undone',
    ]);
  });

  test('of former rules takes their whole digest', async () => {
    const { made, undo } = await world();
    const former = digestOf(made.wiring.destinations[0]?.rules);
    await made.create('app/new', 'us-east-1');
    await made.deliver(...made.takeEvents());
    const plain = new World({ destinations: [{ ...DR, transform: [] }], on: made });
    await plain.invoke({ action: 'sync', names: ['app/new'] });
    await made.invoke({ action: 'sync', names: ['app/new'] });
    await expect(undo({ config: configOf({ ...DR, transform: [] }), names: ['app/new'], rules: former })).resolves.toBe(
      0,
    );
    expect(made.current('us-west-2', 'app/new')).toBe('us-east-1');
  });

  test('does not move to a version that the same rules made', async () => {
    const { said, made, undo, replica } = await world();
    await expect(undo({ rules: digestOf(made.wiring.destinations[0]?.rules) })).resolves.toBe(0);
    expect(replica()).toBe(`bad ${CANARY} us-west-2`);
    expect(said.at(-1)).toContain('the version before it was made by those rules too');
  });

  test('of a destination that nobody has is wrong usage', async () => {
    const { said, undo } = await world();
    await expect(undo({ to: 'elsewhere' })).resolves.toBe(2);
    expect(said).toEqual(['no destination is called elsewhere; there are dr']);
  });
});

describe('status', () => {
  test('says that all is in sync, and ends with 0', async () => {
    const { said, compare } = await world();
    await expect(compare()).resolves.toBe(0);
    expect(said).toEqual(['1 in sync']);
  });

  test('says what differs without a value, writes nothing and ends with 1', async () => {
    const { made, said, compare, replica } = await world();
    await made.put('app/db', `by hand ${CANARY}`, 'us-west-2');
    await made.create('app/new', CANARY);
    await expect(compare()).resolves.toBe(1);
    expect(said.at(-1)?.split('\n')).toEqual([
      'app/db  -> dr: app/db  changed-at-destination',
      'app/new  -> dr: app/new  missing',
      '0 in sync, 2 drifted',
    ]);
    expect(replica()).toBe(`by hand ${CANARY}`);
    await compare(true);
    expect(said.join('\n')).not.toContain(CANARY);
    expect(JSON.parse(said.at(-1) ?? '')).toMatchObject({ counts: { drifted: 2 }, rows: [{ source: 'app/db' }, {}] });
  });

  test('counts what is held apart', async () => {
    const { said, undo, compare } = await world();
    await undo();
    await expect(compare()).resolves.toBe(0);
    expect(said.at(-1)?.split('\n')).toEqual(['app/db  -> dr: app/db  held', '0 in sync, 1 held']);
  });
});
