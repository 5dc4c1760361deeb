import { readFileSync } from 'node:fs';
import { Clients } from '../../aws/clients.js';
import { SecretsManagerStore } from '../../aws/secrets.js';
import { ReplicatorError } from '../../core/failure.js';
import { parseSecretArn, type SecretId } from '../../core/names.js';
import { SecretValue } from '../../core/secret-value.js';
import { loadConfigFile, type LoadedConfig } from '../../files/config-file.js';
import { explain as explained, type Explanation } from '../../transform/explain.js';
import type { Terminal } from '../terminal.js';

export interface ExplainOptions {
  /** The source: read from AWS, or, beside a file, only the name that the rules go by. */
  readonly name: string | undefined;
  readonly valueFrom: string | undefined;
  readonly to: string;
  readonly config: string;
  readonly showValues: boolean;
  readonly json: boolean;
}

/** The place of a value that is read from a file and belongs to no account. */
const NOWHERE = '000000000000';
const SIGNAL_MS = 30_000;

/** Says what a destination's rules do to a secret. Exit code 0 if it would be written, 1 if not, 2 for wrong usage. */
export async function explain(terminal: Terminal, options: ExplainOptions): Promise<number> {
  const wrong = misuse(options);
  if (wrong !== undefined) {
    terminal.err(wrong);
    return 2;
  }
  const loaded = loadConfigFile(options.config);
  const index = loaded.config.destinations.findIndex(({ id }) => id === options.to);
  const [destination, rules] = [loaded.config.destinations[index], loaded.rules[index]];
  if (destination === undefined || rules === undefined) {
    terminal.err(
      `no destination is called ${options.to}; there are ${loaded.config.destinations.map(({ id }) => id).join(', ')}`,
    );
    return 2;
  }
  const source = await sourceOf(options, loaded);
  const place = {
    region: destination.region,
    sourceRegion: loaded.config.source.region,
    account: destination.account ?? source.account,
    sourceAccount: source.account,
    sourceName: source.name,
  };
  const explanation = explained(rules, place, source.value);
  terminal.out(options.json ? JSON.stringify(told(explanation)) : rendered(source.name, options.to, explanation));
  if (options.showValues && explanation.result !== undefined) terminal.out(shown(explanation.result));
  return explanation.refusal === undefined ? 0 : 1;
}

function misuse({ name, valueFrom, showValues, json }: ExplainOptions): string | undefined {
  if (name === undefined && valueFrom === undefined) return 'explain takes a secret, or --value-from a file';
  if (showValues && valueFrom === undefined) return '--show-values is for a file of your own, given with --value-from';
  return showValues && json ? '--show-values and --json exclude each other' : undefined;
}

interface Source {
  readonly name: string;
  readonly account: string;
  readonly value: SecretValue;
}

async function sourceOf({ name, valueFrom }: ExplainOptions, { config }: LoadedConfig): Promise<Source> {
  if (valueFrom !== undefined) return { name: name ?? 'example', account: NOWHERE, value: fileValue(valueFrom) };
  const { region } = config.source;
  const store = new SecretsManagerStore(new Clients({ homeRegion: region }).secretsManager(region), region);
  const signal = AbortSignal.timeout(SIGNAL_MS);
  const description = await store.describe(name as SecretId, signal);
  if (description === undefined) throw new ReplicatorError('NotFound', `there is no secret of that name in ${region}`);
  const { value } = await store.read(description.arn, signal);
  return { name: description.name, account: parseSecretArn(description.arn)?.account ?? NOWHERE, value };
}

/** Text where the bytes are UTF-8, and binary, as the service tells them apart, where they are not. */
function fileValue(path: string): SecretValue {
  const bytes = readFileSync(path);
  try {
    return new SecretValue(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return new SecretValue(bytes);
  }
}

function told({ result, ...explanation }: Explanation): object {
  return { ...explanation, written: result !== undefined };
}

function rendered(source: string, destination: string, explanation: Explanation): string {
  const { replica, mode, digest, rules, inputBytes, outputBytes, changes, refusal } = explanation;
  const lines = [
    `${source} -> ${destination}: ${replica}`,
    `  rules      ${digest === undefined ? 'none apply' : `${mode}, digest ${digest}`}`,
  ];
  for (const { file, line, column, hits } of rules)
    lines.push(`  ${String(hits).padStart(4)} hits  ${file}:${line}:${column}`);
  for (const { path, change } of changes ?? []) lines.push(`  ${change.padEnd(9)}  ${path}`);
  lines.push(`  size       ${inputBytes} -> ${outputBytes ?? 'nothing'} bytes`);
  lines.push(
    refusal === undefined
      ? '  verdict    would be written'
      : `  verdict    refused, ${refusal.code}: ${refusal.reason}`,
  );
  return lines.join('\n');
}

function shown(result: SecretValue): string {
  const value = result.reveal();
  return typeof value === 'string' ? value : `(${value.byteLength} bytes, binary)`;
}
