import { readFileSync } from 'node:fs';
import { Command, CommanderError } from 'commander';
import { ConfigFileError } from '../files/file-issue.js';
import { UnknownDestination } from '../function/limited-to.js';
import { another, port, queueUrl, queueUrls, roleArn, rules, rulesUri, secrets, wrongEndpoint } from './arguments.js';
import { check, type CheckOptions } from './commands/check.js';
import { doctor, type DoctorFlags } from './commands/doctor.js';
import { explain } from './commands/explain.js';
import { redriveLetters, type RedriveFlags } from './commands/redrive.js';
import { status } from './commands/status.js';
import { sync } from './commands/sync.js';
import { test } from './commands/test.js';
import { DEFAULT_PORT, start } from './commands/start.js';
import { undoReplicas, type UndoFlags } from './commands/undo.js';
import { sayEnd, USAGE } from './ended.js';
import { packagePath } from './package-path.js';
import type { RulesFlags } from './rules-in-force.js';
import { processTerminal } from './terminal.js';

interface ExplainFlags extends RulesFlags {
  to: string;
  valueFrom?: string;
  showValues: boolean;
  json: boolean;
}

interface PlaceFlags extends RulesFlags {
  to?: string[];
  json: boolean;
}

/** They speak to no AWS, and `start` is one. */
const OFFLINE = new Set(['start', 'check', 'test']);

const AFTER_HELP = `
Exit code: 0 done or nothing to do, 1 something pending or failed, 2 wrong usage.
Credentials, profile, region and endpoint are those of the AWS SDK's variables: AWS_PROFILE, AWS_REGION, AWS_ENDPOINT_URL.`;

function program(): Command {
  const root = new Command('secrets-replicator').exitOverride().showHelpAfterError('(--help shows what there is)');
  root.description('Keeps transformed replicas of AWS Secrets Manager secrets in other regions and accounts.');
  root.version(version());
  root.addHelpText('afterAll', AFTER_HELP);
  root.hook('preAction', (_root, command) => {
    const wrong = OFFLINE.has(command.name()) ? undefined : wrongEndpoint(process.env);
    if (wrong !== undefined) command.error(`error: ${wrong}`);
  });
  root
    .command('start')
    .description('run the main job on a stand-in for AWS, then serve the stand-in')
    .option('--config <file>', 'the configuration', 'replicator.yaml')
    .option('--port <number>', 'where to serve; another if it is taken', port, DEFAULT_PORT)
    .option('--once', 'end after the demonstration; exit code 0 only if every replica is right', false)
    .action(async (options: { config: string; port: number; once: boolean }) => {
      process.exitCode = await start(processTerminal, options);
    });
  root
    .command('check')
    .description('check a configuration and its rules')
    .argument('[file]', 'the configuration', 'replicator.yaml')
    .option('--output <file>', 'write what the function reads, if all is right')
    .option('--deployed <file>', 'the configuration that runs: only rules may differ from it')
    .option('--json', 'the result as JSON', false)
    .action((file: string, options: Omit<CheckOptions, 'file'>) => {
      process.exitCode = check(processTerminal, { file, ...options });
    });
  root
    .command('test')
    .description('run the cases beside the rules')
    .argument('[file]', 'the configuration', 'replicator.yaml')
    .option('--json', 'the result as JSON', false)
    .action((file: string, options: { json: boolean }) => {
      process.exitCode = test(processTerminal, { file, ...options });
    });
  byRules(root.command('explain'))
    .description('say what the rules of a destination do to a secret, without showing it')
    .argument('[name]', 'the secret, read from AWS; beside --value-from only the name that rules go by')
    .requiredOption('--to <id>', 'the destination')
    .option('--value-from <file>', 'a value of your own instead of a secret')
    .option('--show-values', 'show the result of a value of your own', false)
    .option('--json', 'the result as JSON', false)
    .action(async (name: string | undefined, options: ExplainFlags) => {
      process.exitCode = await explain(processTerminal, process.env, {
        ...options,
        name,
        valueFrom: options.valueFrom,
      });
    });
  for (const action of ['plan', 'sync'] as const) {
    byRules(root.command(action))
      .description(action === 'plan' ? 'say what a sync would write, and write nothing' : 'replicate secrets now')
      .argument('[names...]', 'secrets by name or ARN; none: all that the configuration selects', secrets)
      .option('--to <id>', 'a destination by its id; may be repeated; none: all', another)
      .option('--json', 'the result as JSON', false)
      .action(async (names: readonly string[] | undefined, options: PlaceFlags) => {
        process.exitCode = await sync(processTerminal, process.env, {
          ...options,
          action,
          names: names ?? [],
          to: options.to,
        });
      });
  }
  byRules(root.command('status'))
    .description('compare every source with its replicas, and write nothing')
    .option('--to <id>', 'a destination by its id; may be repeated; none: all', another)
    .option('--json', 'the result as JSON', false)
    .action(async (options: PlaceFlags) => {
      process.exitCode = await status(processTerminal, process.env, { ...options, to: options.to });
    });
  byRules(root.command('doctor'))
    .description('look at everything that a change needs, and change nothing')
    .option('--role <arn>', "the function's role: ask IAM what it allows", roleArn)
    .option('--function <name>', 'the deployed function: ask it how it is, and whether events reach it')
    .option('--queue <urls...>', 'queues of the stack, by URL', queueUrls)
    .option('--json', 'the result as JSON', false)
    .action(async (flags: DoctorFlags) => {
      process.exitCode = await doctor(processTerminal, process.env, flags);
    });
  byRules(root.command('undo'))
    .description('give replicas back the value they had before, until their source or the rules change')
    .argument('[names...]', 'secrets by name or ARN; none: all that the configuration selects', secrets)
    .requiredOption('--to <id>', 'the destination')
    .option('--rules <digest>', 'only replicas made by these rules; explain tells the digest, none: by no rules', rules)
    .option('--dry-run', 'say which would be undone, and write nothing', false)
    .option('--json', 'the result as JSON', false)
    .action(async (names: readonly string[] | undefined, options: Omit<UndoFlags, 'names'>) => {
      process.exitCode = await undoReplicas(processTerminal, process.env, { ...options, names: names ?? [] });
    });
  root
    .command('redrive')
    .description('send dead letters through again')
    .requiredOption('--queue <url>', 'the dead-letter queue', queueUrl)
    .requiredOption('--to <url>', 'the queue of changes', queueUrl)
    .option('--cause <code>', 'only those with this cause')
    .option('--name <glob>', 'only those about a secret of such a name')
    .option('--dry-run', 'say which would be sent, and send none', false)
    .option('--json', 'the result as JSON', false)
    .action(async (flags: RedriveFlags) => {
      process.exitCode = await redriveLetters(processTerminal, process.env, flags);
    });
  root.command('sed').description('a sed filter: the language of the rules; sed --help tells its options');
  return root;
}

/** For commands that go by the rules in force. */
function byRules(command: Command): Command {
  return command
    .option('--config <file>', 'the configuration', 'replicator.yaml')
    .option('--rules-object <uri>', 'go by this object in S3; default: the one that the configuration names', rulesUri)
    .option('--no-rules-object', 'go by the file alone');
}

function version(): string {
  return (JSON.parse(readFileSync(packagePath('package.json'), 'utf8')) as { version: string }).version;
}

process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
// A reader that has seen enough, `| head` for instance, is no error, and what a sync has begun it ends.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
try {
  await program().parseAsync();
} catch (thrown) {
  if (thrown instanceof CommanderError) process.exitCode = thrown.exitCode === 0 ? 0 : USAGE;
  else process.exitCode = told(thrown);
}

/** Says what ended the command, for programs as well where they asked for JSON; the exit code. */
function told(thrown: unknown): number {
  const message = thrown instanceof Error ? thrown.message : 'something that is no error was thrown';
  const issues = thrown instanceof ConfigFileError ? { issues: thrown.issues } : {};
  sayEnd(processTerminal, process.argv.includes('--json'), message, issues);
  return thrown instanceof ConfigFileError || thrown instanceof UnknownDestination ? USAGE : 1;
}
