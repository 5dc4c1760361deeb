import { resolve } from 'node:path';
import { loadConfigFile, type LoadedConfig } from '../../files/config-file.js';
import { checkReplicas } from '../demonstration/expected-replicas.js';
import { ACCOUNT, LocalCloud } from '../demonstration/local-cloud.js';
import { compared, narrate } from '../demonstration/narrator.js';
import { madeUpNames } from '../demonstration/made-up-names.js';
import { scenario } from '../demonstration/scenario.js';
import type { Terminal } from '../terminal.js';

/** Where the rules lie beside those that the function is deployed with, if the configuration does not say. */
const RULES = 's3://rules/replicator.json';

/** Where the stand-in is served unless the port is taken. */
export const DEFAULT_PORT = 4590;

export interface StartOptions {
  readonly config: string;
  readonly port: number;
  /** End after the demonstration instead of serving. */
  readonly once: boolean;
}

/** The main job on a stand-in for AWS: shows what is replicated where, then serves the stand-in. Exit code 0 only if every replica is right. */
export async function start(terminal: Terminal, options: StartOptions): Promise<number> {
  const loaded = loadConfigFile(resolve(options.config));
  const say = (text: string) => terminal.out(text);
  const cloud = await LocalCloud.open({
    ...loaded,
    port: options.port,
    rules: objectOf(loaded),
    onLine: (line, stream) => {
      const told = narrate(line) ?? (stream === 'stderr' ? line : undefined);
      if (told !== undefined) say(told);
    },
  });
  try {
    say(introduction(loaded));
    const wrong = await demonstrate(cloud, loaded, say);
    if (options.once) return wrong === 0 ? 0 : 1;
    say(invitation(cloud.url, loaded, options.config));
    await terminal.interrupted();
    return wrong === 0 ? 0 : 1;
  } finally {
    await cloud.close();
  }
}

/** Resolves to the number of replicas that are not right. */
async function demonstrate(
  cloud: LocalCloud,
  { config, rules }: LoadedConfig,
  say: (text: string) => void,
): Promise<number> {
  const secrets = new Set<string>();
  for (const act of scenario(cloud.sandbox, cloud.url, config.source, madeUpNames(config.source.select))) {
    say(`\n${act.secret} is ${act.says} in ${config.source.region}`);
    await act.run();
    await cloud.poller.idle();
    secrets.add(act.secret);
  }
  const checks = checkReplicas(cloud.sandbox, ACCOUNT, config, rules, [...secrets]);
  say('\nWhat stands where now (values made up for this demonstration; the replicator itself never shows one):\n');
  for (const check of checks) say(compared(check));
  const wrong = checks.filter(({ right }) => !right).length;
  say(`\n${checks.length - wrong} of ${checks.length} replicas are right.`);
  if (checks.some(({ refused }) => refused !== undefined)) say(REFUSED);
  if (checks.length === 0) say(NONE);
  return checks.length === 0 ? 1 : wrong;
}

const REFUSED =
  'What is refused is not written, and becomes a dead letter; limit the step with names, or give it a mode: docs/configuration.md.';
const NONE =
  'The configuration selects none of these secrets; source.select and the select of each destination say which.';

const objectOf = ({ config }: LoadedConfig) => config.rulesObject?.uri ?? RULES;

function introduction({ config }: LoadedConfig): string {
  const destinations = config.destinations.map(({ id, region }) => `${id} in ${region}`).join(', ');
  return `The replicator on a stand-in for AWS; nothing leaves this machine.\nFrom ${config.source.region} to ${destinations}.`;
}

function invitation(url: string, loaded: LoadedConfig, file: string): string {
  const { config, rules } = loaded;
  const aws = (region: string) => `aws --endpoint-url ${url} --region ${region} secretsmanager`;
  const [first] = config.destinations;
  const { database } = madeUpNames(config.source.select);
  return [
    `\nThe stand-in is served at ${url}. In another terminal:\n`,
    '  export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local',
    `  ${aws(config.source.region)} put-secret-value --secret-id ${database} \\`,
    // Not a URL: the command line would fetch one instead of storing it.
    `    --secret-string '{"host":"mine.abc123.${config.source.region}.rds.amazonaws.com"}'`,
    `  ${aws(first?.region ?? '')} get-secret-value --secret-id ${rules[0]?.replicaName(database) ?? database} --query SecretString --output text`,
    '\nNew rules, while it runs: change them in the file, then\n',
    `  npx secrets-replicator check ${file} --output replicator.json`,
    `  aws --endpoint-url ${url} s3 cp replicator.json ${objectOf(loaded)}`,
    '\nCtrl-C ends it. What is replicated appears here:\n',
  ].join('\n');
}
