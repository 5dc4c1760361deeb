import { describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../src/core/config-issues.js';
import { checkConfig, parseConfig } from '../../src/core/check-config.js';
import { DEFAULT_RETRY } from '../../src/core/config.js';
import { SedfileUnreadable } from '../../src/core/sedfile-steps.js';

const minimal = { version: 1, source: { region: 'us-east-1' }, destinations: [{ region: 'us-west-2' }] };
const withDestination = (destination: object) => ({
  ...minimal,
  destinations: [{ region: 'us-west-2', ...destination }],
});

function messagesOf(document: unknown): string[] {
  try {
    parseConfig(document);
    return [];
  } catch (error) {
    return error instanceof ConfigError ? error.issues.map(({ message }) => message) : [String(error)];
  }
}

describe('a configuration', () => {
  test('that says little is completed', () => {
    const config = parseConfig(minimal);

    expect(config.retry).toEqual(DEFAULT_RETRY);
    expect(config.metrics).toEqual({ namespace: 'SecretsReplicator', publisher: 'api', totalsOnly: new Set() });
    expect(config.source.select).toEqual({ include: ['*'], exclude: [], tags: new Map() });
    expect(config.destinations[0]).toMatchObject({ id: 'us-west-2', index: 0, transform: [], variables: {} });
  });

  test('takes the account of a destination from its role', () => {
    const roleArn = 'arn:aws:iam::222222222222:role/SecretsReplica';
    const config = parseConfig(withDestination({ roleArn, externalId: 'x-1' }));

    expect(config.destinations[0]?.role).toEqual({ arn: roleArn, account: '222222222222', externalId: 'x-1' });
  });

  test('may write to one region twice when names or accounts differ', () => {
    const destinations = [
      { region: 'us-west-2' },
      { name: 'renamed', region: 'us-west-2', rename: 's/^/dr-/' },
      { name: 'partner', region: 'us-west-2', roleArn: 'arn:aws:iam::222222222222:role/r' },
    ];
    expect(messagesOf({ ...minimal, destinations })).toEqual([]);
  });

  test('holds the text of a sedfile in the place of its name', () => {
    const document = withDestination({ transform: [{ sedfile: 'a.sed', extended: true, names: ['app/*'] }] });
    const { config } = checkConfig(document, (name) => `# ${name}`);

    expect(config?.destinations[0]?.transform).toEqual([
      { sed: '# a.sed', name: 'a.sed', extended: true, names: ['app/*'] },
    ]);
  });

  test('that names a sedfile cannot stand alone', () => {
    expect(messagesOf(withDestination({ transform: [{ sedfile: 'a.sed' }] }))).toEqual([
      'destinations[0].transform[0].sedfile cannot be read here; the compiled configuration holds its text instead',
    ]);
  });

  test('tells what is wrong with one destination and still hands out the others', () => {
    const destinations = [
      { region: 'mars' },
      { region: 'us-west-2', transform: [{ sedfile: 'gone.sed' }] },
      { region: 'eu-west-1' },
    ];
    const checked = checkConfig({ ...minimal, destinations }, () => {
      throw new SedfileUnreadable('was not found');
    });

    expect(checked.config).toBeUndefined();
    expect(checked.destinations.map(({ id }) => id)).toEqual(['us-west-2', 'eu-west-1']);
    expect(checked.issues.map(({ message }) => message)).toEqual([
      'destinations[0].region is not the name of an AWS region, such as us-east-1',
      'destinations[1].transform[0].sedfile was not found',
    ]);
  });
});

describe('a wrong configuration names its place and what is allowed there', () => {
  const cases: [string, unknown, string[]][] = [
    ['nothing', null, ['the document is empty; it takes a mapping']],
    ['a list', [], ['the document is a list; it takes a mapping']],
    ['no destinations', { ...minimal, destinations: [] }, ['destinations is empty: at least 1 entry']],
    ['another version', { ...minimal, version: 2 }, ['version takes 1']],
    ['a missing region', { ...minimal, source: {} }, ['source.region is missing; it takes a text']],
    [
      'an unknown key',
      { ...minimal, sorce: {} },
      [
        'sorce is not a key that is known here; known are $schema, version, source, destinations, retry, circuitBreaker, metrics, events, reconcile, rulesObject',
      ],
    ],
    [
      'an object with rules that is none',
      { ...minimal, rulesObject: { uri: 's3://Rules/a', ttlSeconds: 0, keyArn: 'alias/rules' } },
      [
        'rulesObject.uri takes s3://<bucket>/<key>, the key 1 to 1024 letters, digits and . _ - /, no part of it empty or only dots',
        'rulesObject.ttlSeconds is too small: at least 1',
        'rulesObject.keyArn takes the ARN of a key: arn:aws:kms:<region>:<12 digits>:key/<id>',
      ],
    ],
    [
      'a regular expression and braces in the place of globs, which would match nothing',
      { ...minimal, source: { ...minimal.source, select: { include: ['^app/.*'], exclude: ['app/{a,b}/*'] } } },
      ['include', 'exclude'].map(
        (key) =>
          `source.select.${key}[0] takes letters, digits and / _ + = . @ - ! beside * and ?; it is no regular expression`,
      ),
    ],
    [
      'a wildcard where the policy of the role would take it for more than one',
      withDestination({
        onConflict: { adopt: ['app/*'] },
        kmsKeyId: 'arn:aws:kms:us-west-2:111122223333:key/*',
        credentialsSecret: 'arn:aws:secretsmanager:us-east-1:111122223333:secret:*',
      }),
      [
        'destinations[0].credentialsSecret is not the name or ARN of a secret',
        'destinations[0].kmsKeyId takes the id of a key, alias/<name>, or the ARN of either',
        'destinations[0].onConflict.adopt[0] takes the exact name of a secret: 1 to 512 letters, digits and / _ + = . @ -',
      ],
    ],
    [
      'a merge key',
      withDestination({ '<<': { region: 'eu-west-1' } }),
      ['destinations[0].<< would merge a mapping into this one, which YAML 1.2 does not; write its keys out'],
    ],
    [
      'a word where several kinds of value may stand',
      withDestination({ metadata: { tags: 'all' } }),
      ['destinations[0].metadata.tags takes none, copy or a mapping with fixed'],
    ],
    [
      'another one',
      withDestination({ onConflict: 'adopt' }),
      ['destinations[0].onConflict takes fail or a mapping with adopt'],
    ],
    ['a word beside a number', { ...minimal, retry: { jitter: 'half' } }, ['retry.jitter takes a number or full']],
    [
      'a step that is a text, and one that is empty',
      withDestination({ transform: ['s/a/b/', {}] }),
      [
        'destinations[0].transform[0] takes a mapping with sedfile, sed or json',
        'destinations[0].transform[1] takes a mapping with sedfile, sed or json',
      ],
    ],
    [
      'a number of hits that is none',
      withDestination({ transform: [{ sed: 's/a/b/', hits: 'x' }] }),
      ['destinations[0].transform[0].hits takes a number, or a number and a plus: 1+'],
    ],
    ['an empty text', withDestination({ kmsKeyId: '' }), ['destinations[0].kmsKeyId is empty: at least 1 character']],
    [
      'a wrong key of the reconciler',
      { ...minimal, reconcile: { everyMinutes: 1, hourly: true } },
      [
        'reconcile.everyMinutes is too small: at least 5',
        'reconcile.hourly is not a key that is known here; known are everyMinutes, mode',
      ],
    ],
    [
      'a number where a text belongs',
      withDestination({ variables: { POOL: 12 } }),
      ['destinations[0].variables.POOL is a number; it takes a text, so put it in quotes'],
    ],
    [
      'a lower-case variable',
      withDestination({ variables: { pool: '12' } }),
      ['destinations[0].variables.pool: its name takes capital letters, digits and underscores'],
    ],
    [
      'a user instead of a role',
      withDestination({ roleArn: 'arn:aws:iam::222222222222:user/x' }),
      ['destinations[0].roleArn is not the ARN of an IAM role: arn:aws:iam::<12 digits>:role/<name>'],
    ],
    [
      'a step of two kinds',
      withDestination({ transform: [{ sed: 's/a/b/', json: [] }] }),
      [
        'destinations[0].transform[0].json is not a key that is known here; known are sed, name, extended, mode, hits, names',
      ],
    ],
    [
      'a slow retry',
      { ...minimal, retry: { minDelayMs: 10, maxDelayMs: 5 } },
      ['retry.minDelayMs is 10, more than retry.maxDelayMs, 5'],
    ],
    ['a retry without end', { ...minimal, retry: { attempts: 21 } }, ['retry.attempts is too large: at most 20']],
    [
      'a key of another region',
      withDestination({ kmsKeyId: 'arn:aws:kms:us-east-1:111122223333:key/11111111-2222-3333-4444-555555555555' }),
      [
        'destination us-west-2 has a kmsKeyId in us-east-1; a key encrypts in its own region only, so name one in us-west-2',
      ],
    ],
    [
      'a destination that is the source',
      { ...minimal, destinations: [{ region: 'us-east-1' }] },
      [
        'destination us-east-1 would write onto the source itself: same region, same account, same name; set region, roleArn or rename',
      ],
    ],
    [
      'two destinations that are one place',
      {
        ...minimal,
        destinations: [
          { name: 'a', region: 'us-west-2' },
          { name: 'b', region: 'us-west-2' },
        ],
      },
      [
        'destination b would write onto destination a: same region, same account, same name; set region, roleArn or rename',
      ],
    ],
    [
      'two destinations of one name',
      {
        ...minimal,
        destinations: [
          { name: 'a', region: 'us-west-2' },
          { name: 'a', region: 'us-west-1' },
        ],
      },
      ['two destinations are called a; give each its own name'],
    ],
  ];

  test.each(cases)('%s', (_, document, messages) => {
    expect(messagesOf(document)).toEqual(messages);
  });

  test('all of it at once', () => {
    expect(messagesOf({ version: 2, source: { region: 'x' }, destinations: [{}], extra: 1 })).toHaveLength(4);
  });
});
