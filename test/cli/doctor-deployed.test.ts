import { describe, expect, test } from '@jest/globals';
import { doctor } from '../../src/cli/commands/doctor.js';
import { NATIVE_PATTERN, TRAIL_PATTERN } from '../../src/core/change-patterns.js';
import { folderWith } from '../support/folder.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';
import { withDeployed, type Deployed } from './support/deployed.js';

const DESTINATIONS = [{ name: 'dr', region: 'us-west-2' }];
const RULES = [
  { Name: 'scheduled', State: 'ENABLED' },
  { Name: 'others', State: 'ENABLED', EventPattern: '{"source":["aws.ec2"]}' },
  { Name: 'native', State: 'ENABLED', EventPattern: JSON.stringify(NATIVE_PATTERN) },
  { Name: 'from-trail', State: 'ENABLED', EventPattern: JSON.stringify(TRAIL_PATTERN) },
];

interface Answer {
  readonly checks: readonly { place: string; what: string; status: string; detail: string }[];
}

/** A function that is deployed, and an operator with this configuration at home. */
function hospital(
  atHome: readonly object[] = DESTINATIONS,
  more: Readonly<Record<string, string>> = {},
  rulesObject?: { readonly uri: string },
) {
  const environment = { DEAD_LETTER_QUEUE_URL: `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/letters`, ...more };
  const world = new World({ destinations: DESTINATIONS, environment });
  const letters = world.sandbox.queues.create('letters');
  const document = { version: 1, source: { region: SOURCE_REGION }, destinations: atHome, rulesObject };
  const config = `${folderWith({ 'replicator.json': JSON.stringify(document) })}/replicator.json`;
  const healthy: Deployed = {
    rules: RULES,
    invoke: (name, request) => (name === 'replicator' ? world.invoke(request) : undefined),
  };
  const tell = (rule: string, events: number, daysAgo = 1) =>
    world.sandbox.metrics.add({
      account: ACCOUNT,
      region: SOURCE_REGION,
      namespace: 'AWS/Events',
      name: 'Invocations',
      dimensions: { RuleName: rule },
      at: world.clock.now() - daysAgo * 86_400_000,
      unit: 'Count',
      values: [events],
      counts: [1],
    });
  const examine = async (deployed: Partial<Deployed> = {}, name = 'replicator') => {
    const said: string[] = [];
    const say = (line: string) => said.push(line);
    const exit = await doctor(
      { out: say, err: say, interrupted: async () => undefined },
      {},
      { config, json: true, function: name },
      {
        requestHandler: withDeployed(world.sandbox.requestHandler, {
          ...healthy,
          ...deployed,
        }),
        credentials: async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' }),
        clock: world.clock,
      },
    );
    const { checks } = JSON.parse(said.join('')) as Answer;
    const about = checks.filter(({ place }) => place === 'function' || place === 'events');
    return { exit, about, told: about.map(({ what, status, detail }) => `${what} ${status}: ${detail}`) };
  };
  return { world, letters, tell, examine };
}

describe('the doctor at a deployed function', () => {
  test('finds that it runs this configuration, reaches every place and hears of values and calls', async () => {
    const { tell, examine } = hospital();
    for (const rule of ['native', 'from-trail']) tell(rule, 7);
    tell('native', 3, 10);
    tell('native', 100, 20);
    const { exit, told } = await examine();
    expect(exit).toBe(0);
    expect(told).toEqual([
      'answers ok: replicator',
      'configuration ok: the same as here',
      'ready ok: source and every destination answer it',
      'dead letters ok: none',
      'values ok: native: 10 in 14 days',
      'calls ok: from-trail: 7 in 14 days',
    ]);
  });

  test('writes nothing', async () => {
    const { world, examine } = hospital();
    await world.create('app/db', 'value');
    world.sandbox.calls.clear();
    await examine();
    const operations = new Set(
      world.sandbox.calls.list({ service: 'secretsmanager' }).map(({ operation }) => operation),
    );
    expect([...operations].toSorted()).toEqual(['DescribeSecret', 'GetSecretValue', 'ListSecrets']);
    expect(world.sandbox.count(ACCOUNT, 'us-west-2')).toBe(0);
  });

  test('tells of another configuration', async () => {
    const { examine } = hospital([{ ...DESTINATIONS[0], transform: [{ sed: 's/a/b/' }] }]);
    const { exit, told } = await examine();
    expect(exit).toBe(1);
    expect(told[1]).toMatch(/^configuration failed: it runs another one/);
  });

  test('tells which rules are in force where an object may change them, and why not those of the object', async () => {
    const atHome = [{ ...DESTINATIONS[0], transform: [{ sed: 's/a/b/' }] }];
    const { world, examine } = hospital(atHome, { REPLICATOR_CONFIG: 's3://rules/live.json' });
    world.sandbox.buckets.create('rules');
    expect((await examine()).told[2]).toMatch(
      /^rules failed: the deployed ones are in force; s3:\/\/rules\/live.json: NotFound: /,
    );
    const document = { version: 1, source: { region: SOURCE_REGION }, destinations: atHome };
    world.sandbox.buckets.put('rules', 'live.json', JSON.stringify(document));
    world.clock.advance(60_000);
    expect((await examine()).told.slice(1, 3)).toEqual([
      'configuration ok: the same as here',
      `rules ok: from s3://rules/live.json since ${new Date(world.clock.now()).toISOString()}; name it as rulesObject, so that status, plan, sync, undo and explain go by it`,
    ]);
  });

  test('finds nothing wrong where the object that is named here has other rules, and they are in force', async () => {
    const uri = 's3://rules/live.json';
    const { world, examine } = hospital(DESTINATIONS, { REPLICATOR_CONFIG: uri }, { uri });
    world.sandbox.buckets.create('rules');
    const destinations = [{ ...DESTINATIONS[0], transform: [{ sed: 's/a/b/' }] }];
    const document = { version: 1, source: { region: SOURCE_REGION }, destinations };
    world.sandbox.buckets.put('rules', 'live.json', JSON.stringify(document));
    const { exit, told } = await examine();
    expect(exit).toBe(0);
    expect(told.slice(1, 3)).toEqual([
      `configuration ok: the same as here, with the rules of ${uri}`,
      `rules ok: from ${uri} since ${new Date(world.clock.now()).toISOString()}`,
    ]);
  });

  test.each<[string, Readonly<Record<string, string>>, RegExp]>([
    ['none', {}, /^rules failed: from its deployment alone, and s3:\/\/rules\/here is named here; deploy it$/],
    [
      'another object',
      { REPLICATOR_CONFIG: 's3://rules/there' },
      /^rules failed: from s3:\/\/rules\/there, and s3:\/\/rules\/here is named here; deploy it, or name the other$/,
    ],
  ])('tells that it looks at %s where one is named here', async (_, environment, sentence) => {
    const { world, examine } = hospital(DESTINATIONS, environment, { uri: 's3://rules/here' });
    world.sandbox.buckets.create('rules');
    const document = { version: 1, source: { region: SOURCE_REGION }, destinations: DESTINATIONS };
    for (const key of ['here', 'there']) world.sandbox.buckets.put('rules', key, JSON.stringify(document));
    const { exit, told } = await examine();
    expect(exit).toBe(1);
    expect(told[1]).toBe('configuration ok: the same as here');
    expect(told[2]).toMatch(sentence);
  });

  test('tells of a place that the function does not reach, and of dead letters', async () => {
    const { world, letters, examine } = hospital();
    letters.send('{}');
    world.sandbox.faults.add({ kind: 'denied', operation: 'ListSecrets', region: 'us-west-2' });
    const { exit, told } = await examine();
    expect(exit).toBe(1);
    expect(told.slice(2, 4)).toEqual(['ready failed: dr: AccessDenied', 'dead letters failed: 1; see redrive']);
  });

  test.each([
    [
      'is not there',
      'absent',
      {},
      /^answers failed: NotFound: Invoke in us-east-1 failed: .*; looked for in us-east-1$/,
    ],
    [
      'does not start',
      'replicator',
      { invoke: () => Promise.reject(Object.assign(new Error('canary-4711'), { name: 'Runtime.ExitError' })) },
      /^answers failed: ServiceError: the function ended with Runtime\.ExitError; its log tells why/,
    ],
    ['is another', 'replicator', { invoke: async () => ({ statusCode: 200 }) }, /^answers failed: .*another function$/],
  ])('tells of a function that %s', async (_how, name, deployed, expected) => {
    const { examine } = hospital();
    const { exit, told } = await examine(deployed, name);
    expect(exit).toBe(1);
    expect(told[0]).toMatch(expected);
    expect(told.join()).not.toContain('canary');
  });

  test('tells of rules that are off or not there', async () => {
    const { examine } = hospital();
    const rules = RULES.filter(({ Name }) => Name !== 'from-trail').map((rule) => ({ ...rule, State: 'DISABLED' }));
    const { exit, told } = await examine({ rules });
    expect(exit).toBe(1);
    expect(told.slice(-2)).toEqual([
      'values failed: no rule for these is on in us-east-1; deploy the stack there',
      'calls failed: no rule for these is there in us-east-1; deploy the stack there',
    ]);
  });

  test('does not call silence a failure, and says what it may mean', async () => {
    const { tell, examine } = hospital();
    tell('native', 7);
    const { exit, told } = await examine();
    expect(exit).toBe(0);
    expect(told.at(-1)).toMatch(/^calls unknown: from-trail: 0 in 14 days: no trail records write events here, or /);
  });

  test('does not call it a failure that the operator may not ask', async () => {
    const { examine } = hospital();
    const { exit, about } = await examine({ isDenied: true });
    expect(exit).toBe(0);
    expect(about.map(({ what, status }) => `${what} ${status}`)).toEqual(['answers unknown', 'rules unknown']);
  });
});
