import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { callsUnder } from './support/protocol-story.js';
import { allows, statementsOf, type Call, type Statement } from './support/role-policy.js';
import type { RecordedCall } from './support/recorded-calls.js';
import type { StackCase } from './support/stack-case.js';
import { STACK_CASES } from './support/stack-cases.js';
import { templateOf, type CaseName, type Template } from './support/synthesized.js';
import { propertiesOf } from './support/template-resources.js';

/** Golden configurations, and the templates of the roles that other accounts give them. */
const CASES: readonly (readonly [CaseName, Readonly<Record<string, CaseName>>])[] = [
  ['one-region', {}],
  ['three-regions', {}],
  ['cross-account', { 'arn:aws:iam::222222222222:role/Replica': 'cross-account-role' }],
  ['everything-on', { 'arn:aws:iam::222222222222:role/shared/Replica': 'replica-role' }],
];

/** What Lambda does in the role's name: it polls the queue, and the runtime writes the log (Lambda developer guide). */
const BY_LAMBDA: readonly (readonly [action: string, id: string])[] = [
  ['sqs:ReceiveMessage', 'Queue'],
  ['sqs:DeleteMessage', 'Queue'],
  ['sqs:ChangeMessageVisibility', 'Queue'],
  ['sqs:GetQueueAttributes', 'Queue'],
  ['logs:CreateLogStream', 'Log'],
  ['logs:PutLogEvents', 'Log'],
];
/** What SQS does with the key of its queues in the name of whoever sends and receives. */
const BY_SQS = ['kms:GenerateDataKey', 'kms:Decrypt'];

/** What S3 does with the key of an object in the name of whoever reads it. */
function byS3({ config, rulesObject }: StackCase): readonly Call[] {
  if (rulesObject?.keyArn === undefined) return [];
  const { region } = (config as { readonly source: { readonly region: string } }).source;
  const object = rulesObject.uri.replace('s3://', 'arn:aws:s3:::');
  const context = { 'kms:ViaService': `s3.${region}.amazonaws.com`, 'kms:EncryptionContext:aws:s3:arn': object };
  return [{ action: 'kms:Decrypt', resource: rulesObject.keyArn, context }];
}

function byPlatform(template: Template): readonly Call[] {
  const [key] = propertiesOf(template, 'AWS::KMS::Key').keys();
  return [
    ...BY_LAMBDA.map(([action, id]) => ({ action, resource: arnIn(template, id) })),
    ...(key === undefined ? [] : BY_SQS.map((action) => ({ action, resource: `${key}.Arn` }))),
  ];
}

/** `SecretsReplicatorChangesQueue8B351F13.Arn` for Queue. */
function arnIn({ Resources }: Template, id: string): string {
  const found = Object.keys(Resources).find((one) => new RegExp(`(Changes|Replicator)${id}[0-9A-F]{8}$`).test(one));
  return `${found ?? `no ${id}`}.Arn`;
}

const inTemplate = (template: Template, call: RecordedCall): RecordedCall =>
  call.action.startsWith('sqs:') ? { ...call, resource: arnIn(template, call.resource) } : call;

/** Actions of statements that none of the calls needs. */
function unused(statements: readonly Statement[], calls: readonly Call[]): readonly string[] {
  return statements
    .filter(({ Effect }) => Effect === 'Allow')
    .flatMap((statement) =>
      [statement.Action].flat().flatMap((action) => {
        const alone = [{ ...statement, Action: action }];
        return calls.some((call) => allows(alone, call)) ? [] : [`${statement.Sid ?? ''} ${action}`];
      }),
    );
}

const stories = new Map(
  CASES.map(([name]) => {
    const { config, rulesObject }: StackCase = STACK_CASES[name];
    return [name, callsUnder(config as Parameters<typeof callsUnder>[0], rulesObject?.uri)];
  }),
);

async function callsIn(name: CaseName): Promise<readonly RecordedCall[]> {
  return (await stories.get(name)) ?? [];
}

/** What the command line and its doctor send with an operator's credentials. */
const NOT_THE_FUNCTIONS = new Set([
  'GetCallerIdentity',
  'SimulatePrincipalPolicy',
  'ReceiveMessage',
  'DeleteMessage',
  'Invoke',
  'ListRules',
  'GetMetricData',
]);

describe.each(CASES)('under the configuration %s', (name, roles) => {
  const template = templateOf(name);
  const statements = statementsOf(template);
  const recorded = callsIn(name);

  test('the role of the function allows each call that it makes', async () => {
    const own = (await recorded)
      .filter(({ roleArn }) => roleArn === undefined)
      .map((call) => inTemplate(template, call));
    expect(own.length).toBeGreaterThan(100);
    expect(own.filter((call) => !allows(statements, call))).toEqual([]);
  });

  test('the role of another account allows each call that is made with it', async () => {
    for (const [roleArn, role] of Object.entries(roles)) {
      const theirs = (await recorded).filter((call) => call.roleArn === roleArn);
      expect(theirs.length).toBeGreaterThan(50);
      expect(theirs.filter((call) => !allows(statementsOf(templateOf(role)), call))).toEqual([]);
      expect(unused(statementsOf(templateOf(role)), theirs)).toEqual([]);
    }
  });

  test('no action is allowed that neither the function nor the platform needs', async () => {
    const own = (await recorded)
      .filter(({ roleArn }) => roleArn === undefined)
      .map((call) => inTemplate(template, call));
    // What goes to the queues does not hang on the configuration.
    const sent = (await callsIn('one-region')).filter(({ action }) => action.startsWith('sqs:'));
    const needed = [
      ...own,
      ...sent.map((call) => inTemplate(template, call)),
      ...byPlatform(template),
      ...byS3(STACK_CASES[name]),
    ];
    expect(unused(statements, needed)).toEqual([]);
  });
});

test('the story has every command that the function sends', async () => {
  const folder = new URL('../../src/aws/', import.meta.url);
  const sent = readdirSync(folder).flatMap((file) =>
    [...readFileSync(new URL(file, folder), 'utf8').matchAll(/new (\w+)Command\(/g)].map(([, command = '']) => command),
  );
  expect(sent.length).toBeGreaterThan(15);
  const told = await Promise.all(CASES.map(async ([name]) => callsIn(name)));
  const made = new Set(told.flat().map(({ action }) => action.replace(/^.*:/, '')));
  expect(new Set(sent.filter((command) => !made.has(command)))).toEqual(NOT_THE_FUNCTIONS);
});
