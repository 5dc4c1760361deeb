import { describe, expect, test } from '@jest/globals';
import { explain, type ExplainOptions } from '../../src/cli/commands/explain.js';
import { folderWith } from '../support/folder.js';

const CANARY = 'canary-4711';
const CONFIG = {
  version: 1,
  source: { region: 'us-east-1', select: { include: ['app/*'] } },
  destinations: [
    {
      name: 'dr',
      region: 'us-west-2',
      select: { exclude: ['app/batch/*'] },
      transform: [{ sed: 's/us-east-1/us-west-2/' }, { json: [{ path: '$.debug', remove: true }] }],
      expect: { absent: ['us-east-1'] },
    },
  ],
};
const folder = folderWith({
  'replicator.json': JSON.stringify(CONFIG),
  good: `{"host":"db.us-east-1","debug":1,"password":"${CANARY}"}`,
  twice: `{"host":"us-east-1 us-east-1","password":"${CANARY}"}`,
  huge: `{"password":"${CANARY}${'x'.repeat(65_536)}"}`,
  'no-json': `password=${CANARY}`,
  empty: '',
});

async function explained(file: string, options: Partial<ExplainOptions> = {}): Promise<{ said: string; exit: number }> {
  const lines: string[] = [];
  const say = (text: string) => lines.push(text);
  const terminal = { out: say, err: say, interrupted: async () => undefined };
  const defaults = { name: 'app/db', valueFrom: `${folder}/${file}`, to: 'dr', config: `${folder}/replicator.json` };
  const exit = await explain(terminal, {}, { ...defaults, showValues: false, json: false, ...options });
  return { said: lines.join('\n').replaceAll(`${folder}/`, ''), exit };
}

describe('explain', () => {
  test('tells hits, key paths, size and verdict', async () => {
    const { said, exit } = await explained('good');
    expect(said).toContain('app/db -> dr: app/db');
    expect(said).toContain('     1 hit   dr.transform[0].sed:1:1');
    expect(said).toContain('  changed    $.host\n  removed    $.debug\n');
    expect(said).toContain('  verdict    would be written');
    expect(exit).toBe(0);
  });

  test('without a name says that steps with names are left out, and says nothing of it where there are none', async () => {
    const limited = {
      ...CONFIG,
      destinations: CONFIG.destinations.map((one) => ({
        ...one,
        transform: [{ sed: 's/a/b/', names: ['app/*'] }],
        expect: undefined,
      })),
    };
    const other = folderWith({ 'limited.json': JSON.stringify(limited) });
    const config = `${other}/limited.json`;
    expect((await explained('good', { name: undefined, config })).said).toContain(
      '  note       steps with names are left out',
    );
    expect((await explained('good', { config })).said).not.toContain('note');
    expect((await explained('good', { name: undefined })).said).not.toContain('note');
  });

  test.each([
    [
      'a contract that breaks',
      'twice',
      {},
      'refused, ContractBroken: dr.expect.absent[0]: the text is left over at $.host',
      1,
    ],
    ['a value that is no JSON', 'no-json', {}, 'refused, RuleFailed: dr.transform[1] takes a JSON value', 1],
    [
      'a name that the source leaves out',
      'good',
      { name: 'web/db' },
      'not replicated: the source does not select this name',
      1,
    ],
    [
      'a name that the destination leaves out',
      'good',
      { name: 'app/batch/a' },
      'not replicated: the destination does not',
      1,
    ],
    ['a file that is not there', 'absent', {}, 'absent was not found', 2],
    ['a folder', '', {}, 'is a folder, not a file', 2],
    ['a value that no secret can hold', 'huge', {}, /huge has \d+ bytes; at most 65536 are read/, 2],
    ['an empty file', 'empty', {}, 'empty is empty; a secret holds at least one byte', 2],
    ['a destination that is not there', 'good', { to: 'eu' }, 'no destination is called eu; there are dr', 2],
    [
      'neither name nor file',
      'good',
      { name: undefined, valueFrom: undefined },
      'explain takes a secret, or --value-from a file',
      2,
    ],
    [
      "values of a secret that is not one's own file",
      'good',
      { valueFrom: undefined, showValues: true },
      '--show-values is for a file of your own',
      2,
    ],
  ])('says what is wrong with %s', async (_, file, options, sentence, code) => {
    const { said, exit } = await explained(file, options);
    expect(said).toMatch(sentence);
    expect(exit).toBe(code);
  });

  test("shows no value unless asked to, for a file of one's own", async () => {
    for (const file of ['good', 'twice', 'huge', 'no-json']) {
      expect((await explained(file)).said).not.toContain(CANARY);
      expect((await explained(file, { json: true })).said).not.toContain(CANARY);
    }
    expect((await explained('good', { showValues: true })).said).toContain(
      `{"host":"db.us-west-2","password":"${CANARY}"}`,
    );
  });
});
