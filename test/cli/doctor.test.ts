import { describe, expect, test } from '@jest/globals';
import type { HttpHandler } from '../../src/aws/client-config.js';
import { doctor, type DoctorFlags } from '../../src/cli/commands/doctor.js';
import { grantsFor } from '../../src/core/access/function-access.js';
import { policyDocument } from '../../src/core/access/policy-document.js';
import type { LocalOptions } from '../../src/cli/local-function.js';
import { folderWith } from '../support/folder.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';
import { withIam } from './support/iam.js';

const ROLE = 'arn:aws:iam::444455556666:role/Replica';
const FUNCTION_ROLE = `arn:aws:iam::${ACCOUNT}:role/Function`;
const CANARY = 'canary-4711';
const destinations = [
  { name: 'dr', region: 'us-west-2' },
  { name: 'partner', region: 'eu-west-1', roleArn: ROLE, externalId: 'a1b2' },
];

interface Said {
  readonly checks: readonly {
    readonly place: string;
    readonly what: string;
    readonly status: string;
    detail: string;
  }[];
  readonly missing: readonly {
    readonly principal: string;
    readonly policy: { readonly Statement: readonly { readonly Sid: string }[] };
  }[];
}

/** A secret and its replicas, and the doctor over the same cloud. */
async function hospital(more: object = {}) {
  const world = new World({ destinations });
  world.sandbox.roles.add({ roleArn: ROLE, externalId: 'a1b2' });
  await world.create('app/db', CANARY);
  await world.deliver(...world.takeEvents());
  world.sandbox.calls.clear();
  const document = { version: 1, source: { region: SOURCE_REGION }, destinations, ...more };
  const config = `${folderWith({ 'replicator.json': JSON.stringify(document) })}/replicator.json`;
  const text: string[] = [];
  const say = (line: string) => text.push(line);
  const terminal = { out: say, err: say, interrupted: async () => undefined };
  const requestHandler = world.sandbox.requestHandler as unknown as HttpHandler;
  const credentials = async () => ({ accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'example' });
  const examine = async (flags: Partial<DoctorFlags> = {}, options: LocalOptions = {}) => {
    const given = { requestHandler, credentials, clock: world.clock, ...options };
    const exit = await doctor(terminal, {}, { config, json: true, ...flags }, given);
    const said = text.splice(0).join('\n');
    return { exit, said, answer: flags.json === false ? undefined : (JSON.parse(said) as Said) };
  };
  const states = () =>
    [
      [ACCOUNT, SOURCE_REGION],
      [ACCOUNT, 'us-west-2'],
      ['444455556666', 'eu-west-1'],
    ].map(([account = '', region = '']) => world.sandbox.secret(account, region, 'app/db'));
  return { world, document, examine, states, requestHandler };
}

const failedOf = ({ answer }: { answer: Said | undefined }) =>
  answer?.checks.filter(({ status }) => status === 'failed').map(({ place, what }) => `${place} ${what}`);

describe('the doctor', () => {
  test('finds nothing wrong where all is well, writes nothing and is answered no value', async () => {
    const { world, examine, states } = await hospital();
    const before = states();
    expect(before.every((state) => state !== undefined)).toBe(true);
    const { exit, said, answer } = await examine();
    expect({ exit, failed: failedOf({ answer }), missing: answer?.missing }).toEqual({
      exit: 0,
      failed: [],
      missing: [],
    });
    expect(answer?.checks.map(({ place, what, status }) => `${place} ${what} ${status}`)).toEqual([
      'here configuration ok',
      'here credentials ok',
      'here clock unknown',
      ...['list', 'describe', 'read'].map((what) => `source ${what} ok`),
      ...['list', 'describe', 'write', 'key'].map((what) => `dr ${what} ok`),
      ...['role', 'list', 'describe', 'write', 'key'].map((what) => `partner ${what} ok`),
    ]);
    // A state is never changed in place, so the same object is the same state.
    for (const [index, state] of states().entries()) expect(state).toBe(before[index]);
    expect(said).not.toContain(CANARY);
    const answered = world.sandbox.calls.list({ service: 'secretsmanager' }).filter(({ error }) => error === undefined);
    expect(new Set(answered.map(({ operation }) => operation))).toEqual(new Set(['ListSecrets']));
  });

  test.each([
    ['ListSecrets', SOURCE_REGION, 'source list', 'Look'],
    ['DescribeSecret', SOURCE_REGION, 'source describe', 'Look'],
    ['GetSecretValue', SOURCE_REGION, 'source read', 'ReadSources'],
    ['ListSecrets', 'us-west-2', 'dr list', 'Look'],
    ['UpdateSecretVersionStage', 'us-west-2', 'dr write', 'UpdateReplicas'],
    ['PutSecretValue', 'us-west-2', 'dr key', 'UpdateReplicas'],
  ])('prints the statement that is missing where %s in %s is denied', async (operation, region, check, statement) => {
    const { world, examine } = await hospital();
    world.sandbox.faults.add({ kind: 'denied', operation, region });
    const { exit, answer } = await examine();
    expect({ exit, failed: failedOf({ answer }) }).toEqual({ exit: 1, failed: [check] });
    const [missing, ...more] = answer?.missing ?? [];
    expect(more).toEqual([]);
    expect(missing?.principal).toContain(ACCOUNT);
    expect(missing?.policy.Statement.map(({ Sid }) => Sid)).toContain(statement);
  });

  test("prints what another account's role lacks under that role's name", async () => {
    const { world, examine } = await hospital();
    world.sandbox.faults.add({ kind: 'denied', operation: 'UpdateSecretVersionStage', region: 'eu-west-1' });
    const { answer } = await examine();
    expect(answer?.missing).toMatchObject([{ principal: ROLE, policy: { Statement: [{ Sid: 'UpdateReplicas' }] } }]);
  });

  test('tells of a role that cannot be taken, and what its trust has to say', async () => {
    const { world, examine } = await hospital();
    world.sandbox.roles.add({ roleArn: ROLE, externalId: 'another' });
    const { exit, answer } = await examine();
    expect({ exit, failed: failedOf({ answer }) }).toEqual({ exit: 1, failed: ['partner role'] });
    expect(answer?.checks.at(-1)?.detail).toContain('externalId');
    expect(answer?.missing).toMatchObject([{ policy: { Statement: [{ Sid: 'AssumeRoles', Resource: [ROLE] }] } }]);
  });

  test('tells of a region that is down and of a key that is not usable', async () => {
    const { world, examine } = await hospital();
    world.sandbox.faults.add({ kind: 'region-down', region: 'us-west-2' });
    const { exit, answer } = await examine();
    expect({ exit, failed: failedOf({ answer }) }).toEqual({ exit: 1, failed: ['dr list', 'dr describe'] });
    expect(answer?.missing).toEqual([]);
  });

  test('stops where there are no credentials', async () => {
    const { examine } = await hospital();
    const credentials = async () =>
      Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' }));
    const { exit, answer } = await examine({}, { credentials });
    expect({ exit, failed: failedOf({ answer }) }).toEqual({ exit: 1, failed: ['here credentials'] });
  });

  test('notices a clock that signatures would be refused for', async () => {
    const { world, examine, requestHandler } = await hospital();
    const dated = (at: number): HttpHandler =>
      new Proxy(requestHandler, {
        get: (target, key, receiver) =>
          key !== 'handle'
            ? (Reflect.get(target, key, receiver) as unknown)
            : async (...call: Parameters<HttpHandler['handle']>) => {
                const answer = await target.handle(...call);
                answer.response.headers.date = new Date(at).toUTCString();
                return answer;
              },
      });
    const right = await examine({}, { requestHandler: dated(world.clock.now() - 20_000) });
    expect({ exit: right.exit, failed: failedOf(right) }).toEqual({ exit: 0, failed: [] });
    const wrong = await examine({}, { requestHandler: dated(world.clock.now() + 301_000) });
    expect({ exit: wrong.exit, failed: failedOf(wrong) }).toEqual({ exit: 1, failed: ['here clock'] });
  });

  test('looks at queues that are named', async () => {
    const { world, examine } = await hospital();
    world.sandbox.queues.create('changes');
    const queue = (name: string) => `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/${name}`;
    const { exit, answer } = await examine({ queue: [queue('changes'), queue('gone')] });
    expect({ exit, failed: failedOf({ answer }) }).toEqual({ exit: 1, failed: ['gone queue'] });
    expect(answer?.checks.find(({ place }) => place === 'changes')?.detail).toBe('0 waiting, 0 under way');
  });

  test("asks IAM what the function's role allows, and prints the statement that it lacks, ready to paste", async () => {
    const { world, examine, requestHandler } = await hospital();
    const grants = grantsFor({ config: world.wiring.config, place: { partition: 'aws', account: ACCOUNT } });
    const { Statement } = policyDocument(grants);
    const whole = await examine({ role: FUNCTION_ROLE }, { requestHandler: withIam(requestHandler, Statement) });
    expect({ exit: whole.exit, failed: failedOf(whole) }).toEqual({ exit: 0, failed: [] });
    expect(whole.answer?.checks.filter(({ place }) => place === 'role').length).toBeGreaterThan(5);

    const lacking = Statement.filter(({ Sid }) => Sid !== 'UpdateReplicas');
    const requests = { requestHandler: withIam(requestHandler, lacking) };
    const found = await examine({ role: FUNCTION_ROLE }, requests);
    expect({ exit: found.exit, failed: failedOf(found) }).toEqual({ exit: 1, failed: ['role UpdateReplicas'] });
    const { said } = await examine({ role: FUNCTION_ROLE, json: false }, requests);
    const pasted = JSON.parse(said.slice(said.indexOf('\n{'))) as object;
    expect(pasted).toEqual(policyDocument(grants.filter(({ id }) => id === 'UpdateReplicas')));
  });

  test('asks IAM once where it may not ask', async () => {
    const { examine, requestHandler } = await hospital();
    const found = await examine({ role: FUNCTION_ROLE }, { requestHandler: withIam(requestHandler, undefined) });
    expect({ exit: found.exit, failed: failedOf(found) }).toEqual({ exit: 1, failed: ['role Look'] });
  });

  describe('where the configuration names an object with rules', () => {
    const KEY = 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555';
    const rulesObject = { uri: 's3://rules/live/replicator.json', keyArn: KEY };
    const withObject = async () => {
      const made = await hospital({ rulesObject });
      made.world.sandbox.buckets.create('rules');
      const publish = (document: object) =>
        made.world.sandbox.buckets.put('rules', 'live/replicator.json', JSON.stringify(document));
      publish(made.document);
      const told = ({ answer }: { answer: Said | undefined }) =>
        answer?.checks.flatMap(({ place, status, detail }) => (place === 'rules' ? [`${status}: ${detail}`] : []));
      return { ...made, publish, told };
    };

    test('reads it as the function does, and says whether it would be taken', async () => {
      const { document, examine, publish, told } = await withObject();
      const at = 's3:\\/\\/rules\\/live\\/replicator\\.json';
      const [line] = told(await examine()) ?? [];
      expect(line).toMatch(new RegExp(`^ok: ${at}, published 20.*Z; the same as here$`));
      const [first, second] = destinations;
      publish({ ...document, destinations: [{ ...first, transform: [{ sed: 's/a/b/' }] }, second] });
      expect(told(await examine())?.[0]).toMatch(/^ok: .*; other rules than here$/);
      publish({ ...document, destinations: [{ ...first, region: 'eu-west-2' }, second] });
      const refused = await examine();
      expect(refused.exit).toBe(1);
      expect(told(refused)?.[0]).toMatch(
        new RegExp(`^failed: ${at}: RulesRefused: destinations\\[0\\]\\.region is not as deployed; `),
      );
      expect(told(await examine({ rulesObject: false }))).toEqual([]);
      expect(told(await examine({ rulesObject: 's3://rules/none' }))?.[0]).toMatch(
        /^failed: s3:\/\/rules\/none: NotFound: /,
      );
    });

    test('prints the statements that whoever asks lacks to read it', async () => {
      const { world, examine } = await withObject();
      world.sandbox.faults.add({ kind: 'denied', operation: 'GetObject', region: SOURCE_REGION });
      const { exit, answer } = await examine();
      expect({ exit, failed: failedOf({ answer }) }).toEqual({ exit: 1, failed: ['rules object'] });
      expect(answer?.missing.map(({ policy }) => policy.Statement)).toMatchObject([
        [
          { Sid: 'ReadRules', Action: ['s3:GetObject'], Resource: ['arn:aws:s3:::rules/live/replicator.json'] },
          { Sid: 'DecryptRules', Action: ['kms:Decrypt'], Resource: [KEY] },
        ],
      ]);
    });

    test("asks IAM whether the function's role may read that object and use its key, and prints what it lacks", async () => {
      const { world, examine, requestHandler } = await withObject();
      const { config } = world.wiring;
      const object = { ...rulesObject, bucket: 'rules', key: 'live/replicator.json' };
      const grants = grantsFor({ config, place: { partition: 'aws', account: ACCOUNT }, rulesObject: object });
      const { Statement } = policyDocument(grants);
      const whole = await examine({ role: FUNCTION_ROLE }, { requestHandler: withIam(requestHandler, Statement) });
      expect({ exit: whole.exit, failed: failedOf(whole) }).toEqual({ exit: 0, failed: [] });
      for (const lacking of ['ReadRules', 'DecryptRules']) {
        const rest = Statement.filter(({ Sid }) => Sid !== lacking);
        const found = await examine({ role: FUNCTION_ROLE }, { requestHandler: withIam(requestHandler, rest) });
        expect({ exit: found.exit, failed: failedOf(found) }).toEqual({ exit: 1, failed: [`role ${lacking}`] });
        expect(found.answer?.missing).toEqual([
          { principal: FUNCTION_ROLE, policy: policyDocument(grants.filter(({ id }) => id === lacking)) },
        ]);
      }
    });

    test('does not ask for a key of which nothing is known', async () => {
      const { world, examine, requestHandler } = await withObject();
      const uri = 's3://rules/other.json';
      world.sandbox.buckets.put('rules', 'other.json', '{}');
      const { Statement } = policyDocument([]);
      const { answer } = await examine(
        { role: FUNCTION_ROLE, rulesObject: uri },
        { requestHandler: withIam(requestHandler, Statement) },
      );
      expect(failedOf({ answer })).toContain('role ReadRules');
      expect(failedOf({ answer })).not.toContain('role DecryptRules');
    });
  });
});
