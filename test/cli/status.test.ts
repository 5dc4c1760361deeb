import { expect, test } from '@jest/globals';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { status } from '../../src/cli/commands/status.js';
import { folderWith } from '../support/folder.js';
import { SOURCE_REGION, World } from '../support/world.js';

const destinations = [
  { name: 'dr', region: 'us-west-2' },
  { name: 'eu', region: 'eu-west-1' },
];

/** The command over a cloud in which one region may not be listed, as text and as JSON. */
async function toldWithout(region: string) {
  const world = new World({ destinations });
  await world.create('app/db', 'value');
  world.sandbox.faults.add({ kind: 'denied', operation: 'ListSecrets', region });
  const document = { version: 1, source: { region: SOURCE_REGION }, destinations };
  const config = `${folderWith({ 'replicator.json': JSON.stringify(document) })}/replicator.json`;
  const [said, complained]: [string[], string[]] = [[], []];
  const terminal = {
    out: (text: string) => said.push(text),
    err: (text: string) => complained.push(text),
    interrupted: async () => undefined,
  };
  const local = {
    requestHandler: world.sandbox.requestHandler as unknown as HttpHandler,
    credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
    clock: world.clock,
  };
  for (const json of [false, true])
    await expect(status(terminal, {}, { to: undefined, config, json }, local)).resolves.toBe(1);
  return { said, complained };
}

test('status tells what differs at the places that can be listed, and which cannot', async () => {
  const { said, complained } = await toldWithout('eu-west-1');
  expect(said[0]).toBe('app/db  -> dr: app/db  missing\n0 in sync, 1 drifted');
  expect(JSON.parse(said[1] ?? '')).toMatchObject({ counts: { drifted: 1 }, errors: [complained[1]] });
  expect(complained[0]).toMatch(/^reconcile: AccessDenied: ListSecrets in eu-west-1 failed: /);
});

test('status says only what went wrong where nothing could be compared', async () => {
  const { said, complained } = await toldWithout(SOURCE_REGION);
  expect(said).toEqual([expect.stringContaining('"errors":["reconcile: AccessDenied: ')]);
  expect(complained[0]).toMatch(/^reconcile: AccessDenied: ListSecrets in us-east-1 failed: /);
});
