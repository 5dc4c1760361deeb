import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseConfig } from '../../src/core/check-config.js';
import { SecretValue } from '../../src/core/secret-value.js';
import { loadConfigFile } from '../../src/files/config-file.js';
import { MAX_CONFIG_BYTES } from '../../src/files/config-text.js';
import { ConfigFileError } from '../../src/files/file-issue.js';
import { readCompiledConfig } from '../../src/files/compiled-config.js';
import { proofOf } from '../../src/files/config-proof.js';
import { folderWith } from '../support/folder.js';

const place = {
  region: 'us-west-2',
  sourceRegion: 'us-east-1',
  account: '111122223333',
  sourceAccount: '111122223333',
  sourceName: 'app/db',
  replicaName: 'app/db',
};

/** The lines of the error, the folder's own path left out. */
function issuesOf(
  files: Record<string, string | Uint8Array>,
  name = 'replicator.yaml',
  load = loadConfigFile,
): string[] {
  const folder = folderWith(files);
  try {
    load(join(folder, name));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigFileError)) throw error;
    return error.message.replaceAll(`${folder}/`, '').split('\n');
  }
}

const head = 'version: 1\nsource: { region: us-east-1 }\ndestinations:\n';

const good = {
  'replicator.yaml': `${head}  - region: us-west-2\n    transform:\n      - sedfile: rules/swap.sed\n        names: ["app/*"]\n`,
  'rules/swap.sed': '# moves the region\ns/${SOURCE_REGION}/${REGION}/g\n',
};

describe('a configuration file', () => {
  test('gives the configuration and its rules, compiled', () => {
    const loaded = loadConfigFile(join(folderWith(good), 'replicator.yaml'));
    const value = loaded.rules[0]?.bind(place).run(new SecretValue('db.us-east-1.x'));

    expect(loaded.config.destinations.map(({ id }) => id)).toEqual(['us-west-2']);
    expect(value?.value.reveal()).toBe('db.us-west-2.x');
    expect(value?.rules).toMatchObject([{ file: 'rules/swap.sed', hits: 1 }]);
  });

  test('compiles to a JSON text of the same schema that needs no file beside it', async () => {
    const loaded = loadConfigFile(join(folderWith(good), 'replicator.yaml'));
    const again = await readCompiledConfig(join(folderWith({ 'config.json': loaded.compiled }), 'config.json'));

    expect(parseConfig(JSON.parse(loaded.compiled))).toEqual(loaded.config);
    expect(again.config).toEqual(loaded.config);
    expect(again.rules[0]?.bind(place).digest).toBe(loaded.rules[0]?.bind(place).digest);
  });

  test('may be JSON', () => {
    const text = JSON.stringify(
      { version: 1, source: { region: 'us-east-1' }, destinations: [{ region: 'eu-west-1' }] },
      undefined,
      '\t',
    );
    const loaded = loadConfigFile(join(folderWith({ 'replicator.json': text }), 'replicator.json'));

    expect(loaded.config.destinations[0]?.id).toBe('eu-west-1');
  });

  test('may name a sedfile by its whole path, and is told its mistakes under that name', () => {
    const sedfile = join(folderWith({ 'a.sed': 's/x/${NONE}/' }), 'a.sed');
    const text = `${head}  - region: us-west-2\n    transform: [{ sedfile: ${sedfile} }]\n`;

    expect(issuesOf({ 'replicator.yaml': text })[0]).toMatch(
      `${sedfile}:1:5 destinations[0].transform[0].sedfile: the variable NONE`,
    );
  });

  test('may say a thing once and refer to it', () => {
    const text = `${head}  - region: us-west-2\n    variables: &own { POOL: "1" }\n  - region: eu-west-1\n    variables: *own\n`;
    const loaded = loadConfigFile(join(folderWith({ 'replicator.yaml': text }), 'replicator.yaml'));

    expect(loaded.config.destinations[1]?.variables).toEqual({ POOL: '1' });
  });

  test('that holds sedfiles may be given to the function too', async () => {
    const document = {
      version: 1,
      source: { region: 'us-east-1' },
      destinations: [{ region: 'us-west-2', transform: [{ sedfile: 'a.sed' }] }],
    };
    const read = await readCompiledConfig(
      join(folderWith({ 'c.json': JSON.stringify(document), 'a.sed': 's/a/b/' }), 'c.json'),
    );

    expect(read.rules[0]?.bind(place).run(new SecretValue('a')).value.reveal()).toBe('b');
  });
});

describe('a wrong file is told with the place of everything that is wrong', () => {
  const step = (line: string) => `${head}  - region: us-west-2\n    transform:\n      - ${line}\n`;
  const known = 'known are REGION, SOURCE_REGION, ACCOUNT_ID, SOURCE_ACCOUNT_ID, SECRET_NAME, DEST_SECRET_NAME';

  const cases: [string, Record<string, string | Uint8Array>, string[]][] = [
    ['a missing file', {}, ['replicator.yaml was not found']],
    ['a folder', { 'replicator.yaml/x': '' }, ['replicator.yaml is a folder, not a file']],
    ['an empty file', { 'replicator.yaml': '' }, ['replicator.yaml:1:1 is empty; it starts with version: 1']],
    [
      'a file that is too large',
      { 'replicator.yaml': ' '.repeat(MAX_CONFIG_BYTES + 1) },
      ['replicator.yaml has 4194305 bytes; at most 4194304 are read'],
    ],
    [
      'a file that is not UTF-8',
      { 'replicator.yaml': Uint8Array.of(0x61, 0xff) },
      ['replicator.yaml is not UTF-8 text'],
    ],
    [
      'no YAML',
      { 'replicator.yaml': 'version: 1\nsource: "x\n' },
      ['replicator.yaml:3:1 a quote, bracket, comma or colon is missing here'],
    ],
    [
      'a key twice',
      { 'replicator.yaml': `${head}  - region: us-west-2\n    region: eu-west-1\n` },
      ['replicator.yaml:5:5 this key stands here a second time; a mapping holds each key once'],
    ],
    ['a text', { 'replicator.yaml': 'hello\n' }, ['replicator.yaml:1:1 the document is a text; it takes a mapping']],
    [
      'an unknown key',
      { 'replicator.yaml': `${head}  - region: us-west-2\n    transforms: []\n` },
      [
        'replicator.yaml:5:5 destinations[0].transforms is not a key that is known here; known are name, region, roleArn, externalId, credentialsSecret, accountId, kmsKeyId, select, rename, transform, variables, expect, tests, onConflict, onDelete, metadata',
      ],
    ],
    [
      'a wrong type',
      { 'replicator.yaml': `${head}  - region: us-west-2\n    variables: { POOL: 12 }\n` },
      ['replicator.yaml:5:24 destinations[0].variables.POOL is a number; it takes a text, so put it in quotes'],
    ],
    [
      'a value that is missing',
      { 'replicator.yaml': `${head}  - region:\n` },
      ['replicator.yaml:4:5 destinations[0].region is empty; it takes a text'],
    ],
    [
      'a cycle',
      { 'replicator.yaml': `${head}  - region: us-west-2\n  - region: us-east-1\n` },
      [
        'replicator.yaml:5:5 destination us-east-1 would write onto the source itself: same region, same account, same name; set region, roleArn or rename',
      ],
    ],
    [
      'a missing sedfile',
      { 'replicator.yaml': step('sedfile: gone.sed') },
      ['replicator.yaml:6:18 destinations[0].transform[0].sedfile was not found'],
    ],
    [
      'an empty sedfile',
      { 'replicator.yaml': step('sedfile: a.sed'), 'a.sed': '' },
      [
        'replicator.yaml:6:18 destinations[0].transform[0].sedfile is empty; a sedfile holds at least one command or comment',
      ],
    ],
    [
      'a sedfile that is not text',
      { 'replicator.yaml': step('sedfile: a.sed'), 'a.sed': Uint8Array.of(0xff) },
      ['replicator.yaml:6:18 destinations[0].transform[0].sedfile is not UTF-8 text'],
    ],
    [
      'an undefined variable in a sedfile',
      { 'replicator.yaml': step('sedfile: a.sed'), 'a.sed': 'p\ns/x/${POOL}/\n' },
      [`a.sed:2:5 destinations[0].transform[0].sedfile: the variable POOL has no value here; ${known}`],
    ],
    [
      'an undefined variable in a script on one line',
      { 'replicator.yaml': step('sed: "s/x/${POOL}/"') },
      [`replicator.yaml:6:19 destinations[0].transform[0].sed: the variable POOL has no value here; ${known}`],
    ],
    [
      'an undefined variable in a block',
      { 'replicator.yaml': step('sed: |\n          p\n          s/x/${POOL}/') },
      [`replicator.yaml:8:15 destinations[0].transform[0].sed: the variable POOL has no value here; ${known}`],
    ],
    [
      'a bad pattern in a sedfile',
      { 'replicator.yaml': step('sedfile: rules/a.sed'), 'rules/a.sed': '# swap\n  s/hunter\\{2,1\\}/x/\n' },
      [
        'rules/a.sed:2:11 destinations[0].transform[0].sedfile: the first number of an interval may not exceed the second',
      ],
    ],
    [
      'a bad pattern on one line',
      { 'replicator.yaml': step("sed: 's/''\\(hunter2/x/'") },
      ['replicator.yaml:6:19 destinations[0].transform[0].sed: the group is not closed'],
    ],
    [
      'a bad pattern in a block',
      { 'replicator.yaml': step('sed: |\n          p\n          s/hunter\\{2/x/') },
      ['replicator.yaml:8:19 destinations[0].transform[0].sed: the interval is not closed'],
    ],
    [
      'a bad flag',
      { 'replicator.yaml': step('sed: s/hunter2/x/q') },
      ['replicator.yaml:6:26 destinations[0].transform[0].sed: unknown flag; s takes g, p, i, m or a number'],
    ],
    [
      'a refused command',
      { 'replicator.yaml': step('sed: s/hunter2/x/;w /tmp/hunter2') },
      [
        'replicator.yaml:6:27 destinations[0].transform[0].sed: commands that read files, write files or run programs (r R w W e F) are not allowed',
      ],
    ],
    [
      'a bad rename',
      { 'replicator.yaml': `${head}  - region: us-west-2\n    rename: y/hunter2/x/\n` },
      ['replicator.yaml:5:14 destinations[0].rename: both lists of y need the same number of characters'],
    ],
    [
      'a bad script in a JSON rule',
      { 'replicator.yaml': step('json: [{ path: $.a, sed: "s/hunter2/x" }]') },
      ['replicator.yaml:6:36 destinations[0].transform[0].json[0].sed: s needs its delimiter three times'],
    ],
    [
      'a variable that the replicator sets',
      { 'replicator.yaml': `${head}  - region: us-west-2\n    variables: { REGION: mars }\n` },
      ['replicator.yaml:5:18 destinations[0].variables.REGION is set by the replicator; give yours another name'],
    ],
    [
      'a variable that a name cannot be made from',
      { 'replicator.yaml': `${head}  - region: us-west-2\n    rename: s/^/\${DEST_SECRET_NAME}/\n` },
      [
        'replicator.yaml:5:17 destinations[0].rename: the variable DEST_SECRET_NAME has no value here; known are REGION, SECRET_NAME',
      ],
    ],
    [
      'a wrong JSON path',
      { 'replicator.yaml': step('json: [{ path: "$.a[", remove: true }]') },
      ['replicator.yaml:6:29 destinations[0].transform[0].json[0].path is not a JSON path (RFC 9535)'],
    ],
    [
      'an undefined variable in a value to set',
      { 'replicator.yaml': step('json: [{ path: $.a, set: { pool: "${POOL}" } }]') },
      [
        `replicator.yaml:6:42 destinations[0].transform[0].json[0].set.pool: the variable POOL has no value here; ${known}`,
      ],
    ],
    [
      'a number that cannot be kept',
      { 'replicator.yaml': step('json: [{ path: $.a, set: 12345678901234567890 }]') },
      [
        'replicator.yaml:6:34 destinations[0].transform[0].json[0].set is a number with too many digits to be kept exactly; put it in quotes',
      ],
    ],
    [
      'an undefined variable in a contract',
      { 'replicator.yaml': `${head}  - region: us-west-2\n    expect: { absent: [a, "\${POOL}"] }\n` },
      [`replicator.yaml:5:27 destinations[0].expect.absent[1]: the variable POOL has no value here; ${known}`],
    ],
  ];

  test.each(cases)('%s', (_, files, lines) => {
    expect(issuesOf(files)).toEqual(lines);
  });

  test('without quoting a rule, wherever it stands', () => {
    expect(cases.flatMap(([, files]) => issuesOf(files)).filter((line) => line.includes('hunter'))).toEqual([]);
  });

  test('all of them at once, in the order of the file', () => {
    const text = `${head}  - region: mars\n  - region: us-west-2\n    rename: s/x/\${NONE}/\n    transform:\n      - sedfile: gone.sed\nextra: 1\n`;

    expect(issuesOf({ 'replicator.yaml': text }).map((line) => line.split(' ')[0])).toEqual([
      'replicator.yaml:4:13',
      'replicator.yaml:6:17',
      'replicator.yaml:8:18',
      'replicator.yaml:9:1',
    ]);
  });
});

describe('a wrong compiled configuration', () => {
  test.each([
    ['a missing file', {}, 'c.json was not found'],
    ['an empty file', { 'c.json': ' ' }, 'c.json is empty'],
    ['no JSON', { 'c.json': '{"password": hunter2}' }, 'c.json is not JSON'],
    ['a wrong shape', { 'c.json': '[]' }, 'c.json the document is a list; it takes a mapping'],
    [
      'an undefined variable',
      {
        'c.json': JSON.stringify({
          version: 1,
          source: { region: 'us-east-1' },
          destinations: [{ region: 'us-west-2', rename: 's/x/${NONE}/' }],
        }),
      },
      'c.json destinations[0].rename: the variable NONE has no value here; known are REGION, SECRET_NAME (line 1, column 5 of the script)',
    ],
  ])('%s', async (_, files: Record<string, string>, line) => {
    const folder = folderWith(files);
    await expect(readCompiledConfig(join(folder, 'c.json'))).rejects.toMatchObject({
      name: 'ConfigFileError',
      message: `${folder}/${line}`,
    });
  });

  test('is found in a proven file that was edited since', async () => {
    const { compiled } = loadConfigFile(join(folderWith(good), 'replicator.yaml'));
    const proof = proofOf('c.json', compiled);
    const read = (text: string) =>
      readCompiledConfig(join(folderWith({ 'c.json': text, [proof.path]: proof.text }), 'c.json'));

    await expect(read(compiled)).resolves.toMatchObject({ config: { destinations: [{ id: 'us-west-2' }] } });
    await expect(read(compiled.replace('us-west-2', 'mars'))).rejects.toThrow('destinations[0].region');
  });

  test('has the same meaning with and without its proof', async () => {
    const document = {
      version: 1,
      source: { region: 'us-east-1', select: { include: ['app/*'] } },
      destinations: [{ region: 'us-west-2', transform: [{ json: [{ path: '$.a', set: 1 }] }], onConflict: 'fail' }],
      metrics: { namespace: 'Own' },
    };
    const text = JSON.stringify(document);
    const proof = proofOf('c.json', text);
    const [plain, proven] = await Promise.all([
      readCompiledConfig(join(folderWith({ 'c.json': text }), 'c.json')),
      readCompiledConfig(join(folderWith({ 'c.json': text, [proof.path]: proof.text }), 'c.json')),
    ]);

    expect(proven.config).toEqual(plain.config);
    expect(proven.rules[0]?.bind(place).digest).toBe(plain.rules[0]?.bind(place).digest);
  });
});
