import { CreateSecretCommand } from '@aws-sdk/client-secrets-manager';
import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/core/config-issues.js';
import { parseSettings } from '../../src/core/settings.js';
import type { Seed } from '../../src/sandbox/secrets-manager/seed.js';
import { compileConfig } from '../../src/transform/compile-config.js';
import { CannedAnswers } from '../support/canned-answers.js';
import { ACCOUNT, SOURCE_REGION, World } from '../support/world.js';

const WEST = { name: 'dr', region: 'us-west-2' };
const QUEUE = `https://sqs.us-east-1.amazonaws.com/${ACCOUNT}/dead`;
const ARN = `arn:aws:secretsmanager:${SOURCE_REGION}:${ACCOUNT}:secret:app/db`;

/** How a message or a service's answer ends. */
type Ending =
  /** Nothing to do, with a line in the log that says why. */
  | `ignored: ${string}`
  /** A dead letter at once, with this cause. */
  | `buried: ${string}`
  /** Delivered again, since this may pass. */
  | `again: ${string}`
  | 'replicated';

function worldWith(canned?: CannedAnswers, destination: object = WEST): World {
  const world = new World({
    destinations: [destination],
    environment: { DEAD_LETTER_QUEUE_URL: QUEUE, ENABLE_METRICS: 'false' },
    retry: { attempts: 2 },
    ...(canned === undefined ? {} : { around: canned.around }),
  });
  world.sandbox.queues.create('dead');
  return world;
}

/** The ending of one message, told from what the platform and the dead letters got. */
async function endingOf(world: World, body: object | string): Promise<string> {
  const again = await world.deliver(body);
  const causes = world.sandbox.queues
    .get('dead')
    .messages()
    .map(({ messageAttributes }) => messageAttributes['Cause']);
  const field = (name: string) =>
    world.records
      .map(({ level, fields }) => (level === 'debug' ? undefined : fields[name]))
      .find((value) => value !== undefined);
  if (again.length > 0) return `again: ${String(field('code'))}`;
  const [cause] = causes as { StringValue?: string }[];
  if (cause !== undefined) return `buried: ${cause.StringValue ?? ''}`;
  return world.said().length > 0 ? 'replicated' : `ignored: ${String(field('reason'))}`;
}

/** Later than anything the tests put there, however long they take. */
const now = () => new Date(Date.now() + 60_000).toISOString();
const event = (rest: object) => ({
  version: '0',
  id: '1',
  source: 'aws.secretsmanager',
  account: ACCOUNT,
  region: SOURCE_REGION,
  time: now(),
  resources: [],
  ...rest,
});
const native = (rest: object = {}, detail: object = {}) =>
  event({
    'detail-type': 'Secret Label Updated',
    resources: [ARN],
    detail: { name: 'app/db', labelUpdated: 'AWSCURRENT', ...detail },
    ...rest,
  });
const trail = (detail: object, rest: object = {}) =>
  event({
    'detail-type': 'AWS API Call via CloudTrail',
    detail: { eventSource: 'secretsmanager.amazonaws.com', eventName: 'UpdateSecret', ...detail },
    ...rest,
  });

describe('a message', () => {
  test.each<[string, object | string, Ending]>([
    // No queue holds such a message, the dead letters neither.
    ['nothing', '', 'again: NotAnEvent'],
    ['words', 'not json', 'buried: NotAnEvent'],
    ['JSON cut short', '{"source": "aws.secretsm', 'buried: NotAnEvent'],
    ['null', 'null', 'buried: NotAnEvent'],
    ['a number', '42', 'buried: NotAnEvent'],
    ['a text', '"aws.secretsmanager"', 'buried: NotAnEvent'],
    ['a list', '[]', 'buried: NotAnEvent'],
    ['an empty object', '{}', 'buried: NotAnEvent'],
    ['lists in lists, a hundred thousand deep', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, 'buried: NotAnEvent'],
    ['an object that names prototypes', '{"__proto__": {"source": "aws.secretsmanager"}}', 'buried: NotAnEvent'],
    ['an event without detail', event({ 'detail-type': 'Secret Label Updated' }), 'buried: NotAnEvent'],
    ['an event whose detail is a list', native({ detail: [] }), 'buried: NotAnEvent'],
    ['an event whose source is a number', native({ source: 7 }), 'buried: NotAnEvent'],
    ['an event of another service', native({ source: 'aws.ec2' }), 'ignored: OtherService'],
    ['an event of an unknown kind', native({ 'detail-type': 'Secret Dreamt' }), 'ignored: IrrelevantCall'],
    ['an event about another label', native({}, { labelUpdated: 'AWSPENDING' }), 'ignored: OtherLabel'],
    ['an event about a label that is none', native({}, { labelUpdated: { AWSCURRENT: 1 } }), 'ignored: OtherLabel'],
    ['an event of another region', native({ region: 'eu-central-1' }), 'ignored: OtherRegion'],
    ['an event of another account', native({ account: '999999999999', resources: [] }), 'ignored: OtherAccount'],
    [
      'a call of ours about a secret of another account',
      trail({ responseElements: { arn: ARN.replace(ACCOUNT, '999999999999') } }),
      'ignored: OtherAccount',
    ],
    [
      'an event of here about a secret of there',
      native({ resources: [ARN.replace('east', 'west')] }),
      'ignored: OtherRegion',
    ],
    ['an event without a region', native({ region: undefined }), 'buried: NotAnEvent'],
    ['an event without an account', native({ account: '' }), 'buried: NotAnEvent'],
    ['an event without a time', native({ time: undefined }), 'buried: NotAnEvent'],
    ['an event whose time is none', native({ time: 'yesterday' }), 'buried: NotAnEvent'],
    ['an event without a secret', native({ resources: [] }, { name: '' }), 'buried: NotAnEvent'],
    ['an event whose resources are numbers', native({ resources: [1] }, { name: 2 }), 'buried: NotAnEvent'],
    ['a call that failed', trail({ errorCode: 'AccessDenied' }), 'ignored: FailedCall'],
    ['a call of another service', trail({ eventSource: 'kms.amazonaws.com' }), 'ignored: OtherService'],
    ['a call that changes nothing', trail({ eventName: 'DescribeSecret' }), 'ignored: IrrelevantCall'],
    ['a call without a name', trail({ eventName: null }), 'ignored: IrrelevantCall'],
    ['a call without a secret', trail({ requestParameters: null, responseElements: null }), 'buried: NotAnEvent'],
    [
      'a call about a secret that is gone',
      trail({ requestParameters: { secretId: 'gone' } }, { time: '2020-01-01T00:00:00Z' }),
      'ignored: SourceAbsent',
    ],
    [
      'a call about a secret not there yet',
      trail({ requestParameters: { secretId: 'soon' } }),
      'again: SourceNotVisible',
    ],
    [
      'a call with an id of 10,000 characters',
      trail({ requestParameters: { secretId: 'x'.repeat(10_000) } }),
      'buried: InvalidParameter',
    ],
    [
      'an event about a version that is not there yet',
      native({}, { versionId: 'f'.repeat(32) }),
      'again: SourceNotVisible',
    ],
    [
      'an old event about a version that never was',
      native({ time: '2020-01-01T00:00:00Z' }, { versionId: 'f'.repeat(32) }),
      'replicated',
    ],
    ['an event without resources', native({ resources: 'none' }), 'replicated'],
    ['an event with an id that is no text', native({ id: { deep: 1 } }), 'replicated'],
  ])('that is %s', async (_what, body, ending) => {
    const world = worldWith();
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/db', string: 'value' });
    await expect(endingOf(world, body)).resolves.toBe(ending);
    expect(world.current('us-west-2', 'app/db')).toBe(ending === 'replicated' ? 'value' : undefined);
  });
});

const HTML = '<html><body>502 Bad Gateway</body></html>';
const described = (rest: object) => JSON.stringify({ ARN: `${ARN}-AbCdEf`, Name: 'app/db', ...rest });

describe('an answer of the service', () => {
  /** Operation, region, status, body; then how the message ends. */
  test.each<[string, string, string, number, string, Ending]>([
    ['nothing', 'DescribeSecret', SOURCE_REGION, 200, '', 'again: ServiceError'],
    ['words', 'DescribeSecret', SOURCE_REGION, 200, 'not json', 'again: ServiceError'],
    ['a page of a proxy', 'DescribeSecret', SOURCE_REGION, 200, HTML, 'again: ServiceError'],
    ['JSON cut short', 'DescribeSecret', SOURCE_REGION, 200, described({}).slice(0, 30), 'again: ServiceError'],
    ['null', 'DescribeSecret', SOURCE_REGION, 200, 'null', 'again: ServiceError'],
    ['no ARN', 'DescribeSecret', SOURCE_REGION, 200, '{"Name": "app/db"}', 'again: ServiceError'],
    ['no versions', 'DescribeSecret', SOURCE_REGION, 200, described({}), 'ignored: SourceWithoutValue'],
    [
      'versions that are none',
      'DescribeSecret',
      SOURCE_REGION,
      200,
      described({ VersionIdsToStages: 7 }),
      'ignored: SourceWithoutValue',
    ],
    ['a page with status 500', 'DescribeSecret', SOURCE_REGION, 500, HTML, 'again: ServiceError'],
    ['nothing with status 503', 'DescribeSecret', SOURCE_REGION, 503, '', 'again: ServiceError'],
    ['a redirection', 'DescribeSecret', SOURCE_REGION, 301, '', 'again: ServiceError'],
    ['a page with status 403', 'DescribeSecret', SOURCE_REGION, 403, HTML, 'again: AccessDenied'],
    ['words with status 429', 'DescribeSecret', SOURCE_REGION, 429, 'slow down', 'again: Throttled'],
    [
      'an unknown error',
      'DescribeSecret',
      SOURCE_REGION,
      400,
      '{"__type": "StrangeException"}',
      'buried: InvalidRequest',
    ],
    ['an error without a name', 'DescribeSecret', SOURCE_REGION, 400, '{}', 'buried: InvalidRequest'],
    ['an error cut short', 'DescribeSecret', SOURCE_REGION, 400, '{"__type": "Thrott', 'again: ServiceError'],
    ['an unknown key', 'DescribeSecret', 'us-west-2', 400, '{"__type": "DecryptionFailure"}', 'again: KeyUnavailable'],
    ['no value', 'GetSecretValue', SOURCE_REGION, 200, '{"VersionId": "1"}', 'again: ServiceError'],
    ['a value without a version', 'GetSecretValue', SOURCE_REGION, 200, '{"SecretString": "x"}', 'again: ServiceError'],
    ['a page for a value', 'GetSecretValue', SOURCE_REGION, 200, HTML, 'again: ServiceError'],
    ['no description of the replica', 'DescribeSecret', 'us-west-2', 200, '{}', 'again: ServiceError'],
    ['words for a creation', 'CreateSecret', 'us-west-2', 200, 'not json', 'again: ServiceError'],
    [
      'a refused creation, which might be a race',
      'CreateSecret',
      'us-west-2',
      400,
      '{"__type": "MalformedPolicyDocumentException"}',
      'again: Raced',
    ],
    [
      'a key that cannot decrypt',
      'GetSecretValue',
      SOURCE_REGION,
      400,
      '{"__type": "DecryptionFailure"}',
      'again: KeyUnavailable',
    ],
    [
      'a key that is disabled',
      'CreateSecret',
      'us-west-2',
      400,
      '{"__type": "EncryptionFailure"}',
      'again: KeyUnavailable',
    ],
    [
      'a key that does not exist',
      'CreateSecret',
      'us-west-2',
      400,
      '{"__type": "ResourceNotFoundException"}',
      'buried: NotFound',
    ],
    [
      'a denied read',
      'GetSecretValue',
      SOURCE_REGION,
      400,
      '{"__type": "AccessDeniedException"}',
      'again: AccessDenied',
    ],
    ['a full region', 'CreateSecret', 'us-west-2', 400, '{"__type": "LimitExceededException"}', 'again: LimitExceeded'],
    [
      'expired credentials',
      'CreateSecret',
      'us-west-2',
      400,
      '{"__type": "ExpiredTokenException"}',
      'again: CredentialsExpired',
    ],
  ])('that is %s (%s, %s, %i)', async (_what, operation, region, status, body, ending) => {
    const canned = new CannedAnswers(region);
    const world = worldWith(canned);
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/db', string: 'value' });
    canned.answer(operation, { status, body });
    await expect(endingOf(world, native())).resolves.toBe(ending);
    expect(world.current('us-west-2', 'app/db')).toBeUndefined();
  });

  test('that forgets to say which version was put: the version is put once, and the message comes back', async () => {
    const canned = new CannedAnswers('us-west-2');
    const world = worldWith(canned);
    await world.create('app/db', 'one');
    await world.deliver(...world.takeEvents());
    await world.put('app/db', 'two');
    canned.answer('PutSecretValue', { status: 200, body: '{}' });
    await expect(endingOf(world, world.takeEvents()[0] ?? '')).resolves.toBe('again: ServiceError');
    expect(world.current('us-west-2', 'app/db')).toBe('one');
  });

  test('that should hold credentials of a role and does not', async () => {
    const canned = new CannedAnswers(SOURCE_REGION);
    const world = worldWith(canned, { ...WEST, roleArn: 'arn:aws:iam::444455556666:role/Replica' });
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name: 'app/db', string: 'value' });
    const result = '<AssumeRoleResult></AssumeRoleResult>';
    canned.answer('AssumeRole', { status: 200, body: `<AssumeRoleResponse>${result}</AssumeRoleResponse>` });
    await expect(endingOf(world, native())).resolves.toBe('again: ServiceError');
  });
});

/** Secrets as people and services leave them; `at` stands at the destination already. */
interface Scene {
  readonly name?: string;
  readonly source: Omit<Seed, 'name'>;
  readonly at?: Omit<Seed, 'name'>;
  readonly destination?: object;
}

const OURS = { 'secrets-replicator:source': ARN };
const OTHERS = { 'secrets-replicator:source': ARN.replace('us-east-1', 'eu-west-3') };
const ROTATION = { enabled: true, lambdaArn: 'arn:aws:lambda:us-west-2:111122223333:function:rotate' };
const NEXT_WEEK = Date.now() + 7 * 86_400_000;
const grown = (bytes: number) => ({ transform: [{ sed: `s/$/${'x'.repeat(bytes)}/` }] });

describe('a secret', () => {
  test.each<[string, Scene, Ending]>([
    ['has no value', { source: {} }, 'ignored: SourceWithoutValue'],
    ['is scheduled for deletion', { source: { string: 'x', deletedAt: NEXT_WEEK } }, 'ignored: SourceDeleted'],
    ['is a replica of ours', { source: { string: 'x', tags: OTHERS } }, 'ignored: IsReplica'],
    [
      'is binary, and rules are for texts',
      { source: { binary: Buffer.of(0, 255) }, destination: grown(1) },
      'buried: BinaryWithRules',
    ],
    ['is binary, and there are no rules', { source: { binary: Buffer.of(0, 255) } }, 'replicated'],
    ['is 64 KiB large', { source: { string: 'x'.repeat(65_536) } }, 'replicated'],
    [
      'becomes larger than 64 KiB',
      { source: { string: 'x'.repeat(65_000) }, destination: grown(600) },
      'buried: ValueTooLarge',
    ],
    ['becomes empty', { source: { string: 'x' }, destination: { transform: [{ sed: 'd' }] } }, 'buried: ValueEmpty'],
    [
      'is no JSON where rules ask for it',
      { source: { string: 'x' }, destination: { transform: [{ json: [{ path: '$.a', remove: true }] }] } },
      'buried: RuleFailed',
    ],
    [
      'is JSON nested a thousand deep',
      {
        source: { string: `${'['.repeat(1_000)}${']'.repeat(1_000)}` },
        destination: { transform: [{ json: [{ path: '$.a', remove: true }] }] },
      },
      'buried: RuleFailed',
    ],
    [
      'breaks its contract',
      { source: { string: 'x' }, destination: { transform: [{ sed: 's/y/z/' }], expect: { changed: true } } },
      'buried: ContractBroken',
    ],
    ['has the longest name', { name: 'n'.repeat(512), source: { string: 'x' } }, 'replicated'],
    [
      'has a name that becomes too long',
      { name: 'n'.repeat(512), source: { string: 'x' }, destination: { rename: 's/^/n/' } },
      'buried: InvalidName',
    ],
    [
      'has a name that becomes none',
      { source: { string: 'x' }, destination: { rename: 's/.*//' } },
      'buried: InvalidName',
    ],
    [
      'has the name of a service',
      { name: 'rds!cluster-1', source: { string: 'x', owningService: 'rds' } },
      'buried: InvalidName',
    ],
    ['meets a stranger of its name', { source: { string: 'x' }, at: { string: 'y' } }, 'buried: Foreign'],
    [
      'meets the replica of another replicator',
      { source: { string: 'x' }, at: { string: 'y', tags: OTHERS } },
      'buried: OwnedByAnother',
    ],
    [
      'meets a secret of a service',
      { source: { string: 'x' }, at: { string: 'y', tags: OURS, owningService: 'rds' } },
      'buried: ManagedByService',
    ],
    [
      'meets a replica that rotates',
      { source: { string: 'x' }, at: { string: 'y', tags: OURS, rotation: ROTATION } },
      'buried: RotationEnabled',
    ],
    [
      'meets its replica scheduled for deletion',
      { source: { string: 'x' }, at: { string: 'y', tags: OURS, deletedAt: NEXT_WEEK } },
      'replicated',
    ],
  ])('that %s', async (_what, { name = 'app/db', source, at, destination }, ending) => {
    const world = worldWith(undefined, { ...WEST, ...destination });
    world.sandbox.seed(ACCOUNT, SOURCE_REGION, { name, ...source });
    if (at !== undefined) world.sandbox.seed(ACCOUNT, 'us-west-2', { name, ...at });
    const before = world.current('us-west-2', name);
    await expect(endingOf(world, native({ resources: [] }, { name }))).resolves.toBe(ending);
    const wanted = ending === 'replicated' ? (source.string ?? source.binary) : before;
    expect(world.current('us-west-2', name)).toEqual(wanted);
  });

  test('that AWS replicates there itself is left to AWS', async () => {
    const world = worldWith();
    const made = await world
      .client()
      .send(
        new CreateSecretCommand({ Name: 'app/db', SecretString: 'x', AddReplicaRegions: [{ Region: 'us-west-2' }] }),
      );
    await expect(endingOf(world, native({ resources: [made.ARN] }))).resolves.toBe('buried: NativeReplica');
  });
});

describe('a configuration', () => {
  const minimal = { version: 1, source: { region: SOURCE_REGION }, destinations: [WEST] };
  const to = (destination: object) => ({ ...minimal, destinations: [{ ...WEST, ...destination }] });
  test.each<[string, unknown, RegExp]>([
    ['is none', undefined, /the document/],
    ['is a list', [], /the document/],
    ['is of a later version', { ...minimal, version: 2 }, /version/],
    ['has no destination', { ...minimal, destinations: [] }, /destinations/],
    [
      'has 51 destinations',
      { ...minimal, destinations: Array.from({ length: 51 }, (_each, index) => ({ ...WEST, name: `d${index}` })) },
      /destinations/,
    ],
    ['has an unknown key', { ...minimal, retires: {} }, /retires/],
    ['has a region that is none', to({ region: 'mars' }), /region/],
    ['has a role that is none', to({ roleArn: 'arn:aws:iam::1:role/x' }), /roleArn/],
    ['writes onto its own source', to({ region: SOURCE_REGION }), /the source itself/],
    ['has a rule that is none', to({ transform: [{ sed: 's/a/' }] }), /transform/],
    ['has a breaker that opens at once', { ...minimal, circuitBreaker: { failures: 0 } }, /circuitBreaker\.failures/],
    [
      'has a breaker that opens for ever',
      { ...minimal, circuitBreaker: { openMs: 10_000_000 } },
      /circuitBreaker\.openMs/,
    ],
    ['has a breaker that is a word', { ...minimal, circuitBreaker: 'off' }, /circuitBreaker/],
  ])('that %s is refused, with the place', (_what, document, place) => {
    const compile = () => compileConfig(document, () => '');
    expect(compile).toThrow(ConfigError);
    expect(compile).toThrow(place);
  });

  test.each([
    ['LOG_LEVEL', 'LOUD'],
    ['CIRCUIT_BREAKER', 'maybe'],
    ['ENABLE_METRICS', '2'],
    ['DRY_RUN', 'perhaps'],
    ['OWNERSHIP_ENFORCED', 'I think so'],
  ])('setting %s that is "%s" is refused by name', (name, text) => {
    expect(() => parseSettings({ [name]: text })).toThrow(name);
  });
});
