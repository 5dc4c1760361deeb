import { Clients } from '../../aws/clients.js';
import { SecretsManagerStore } from '../../aws/secrets.js';
import { ReplicatorError } from '../../core/failure.js';
import { parseSecretArn, type SecretId } from '../../core/names.js';
import { SecretValue } from '../../core/secret-value.js';
import { whyUnselected } from '../../core/selection.js';
import { FileUnreadable, readBytes } from '../../files/text-file.js';
import type { CompiledConfig } from '../../transform/compile-checked.js';
import { explain as explained, type Explanation } from '../../transform/explain.js';
import { MAX_VALUE_BYTES } from '../../transform/pipeline.js';
import { sayEnd, USAGE } from '../ended.js';
import type { LocalOptions } from '../local-function.js';
import { rulesInForce, tellRules, type RulesFlags } from '../rules-in-force.js';
import type { Terminal } from '../terminal.js';

export interface ExplainOptions extends RulesFlags {
  /** The source: read from AWS, or, beside a file, only the name that the rules go by. */
  readonly name: string | undefined;
  readonly valueFrom: string | undefined;
  readonly to: string;
  readonly showValues: boolean;
  readonly json: boolean;
}

/** The place of a value that is read from a file and belongs to no account. */
const NOWHERE = '000000000000';
const SIGNAL_MS = 30_000;

/** Says what a destination's rules do to a secret. Exit code 0 if it would be written, 1 if not, 2 for wrong usage. */
export async function explain(
  terminal: Terminal,
  environment: Readonly<Record<string, string | undefined>>,
  options: ExplainOptions,
  network: LocalOptions = {},
): Promise<number> {
  const wrong = misuse(options);
  if (wrong !== undefined) {
    sayEnd(terminal, options.json, wrong);
    return USAGE;
  }
  // What is done without AWS is about the file, unless an object is named here and now.
  const usual = options.valueFrom === undefined ? undefined : false;
  const flags = { ...options, rulesObject: options.rulesObject ?? usual };
  const loaded = await rulesInForce(environment, flags, network);
  const index = loaded.config.destinations.findIndex(({ id }) => id === options.to);
  const [destination, rules] = [loaded.config.destinations[index], loaded.rules[index]];
  if (destination === undefined || rules === undefined) {
    const known = loaded.config.destinations.map(({ id }) => id).join(', ');
    sayEnd(terminal, options.json, `no destination is called ${options.to}; there are ${known}`);
    return USAGE;
  }
  const source = await sourceOf(options, loaded, network);
  if (typeof source === 'string') {
    sayEnd(terminal, options.json, source);
    return USAGE;
  }
  const place = {
    region: destination.region,
    sourceRegion: loaded.config.source.region,
    account: destination.account ?? source.account,
    sourceAccount: source.account,
    sourceName: source.name,
  };
  const explanation = explained(rules, place, source.value);
  // A file without a name stands for no secret in particular.
  const unselected =
    options.name === undefined
      ? undefined
      : whyUnselected(loaded.config.source.select, destination.select, source.name);
  const isLimited = destination.transform.some(({ names }) => names !== undefined);
  const note = options.name === undefined && isLimited ? NAMELESS : undefined;
  const report = { ...explanation, unselected, ...(note === undefined ? {} : { note }) };
  tellRules(terminal, loaded, options);
  terminal.out(
    options.json
      ? JSON.stringify({ ...told(report), rulesFrom: loaded.rulesFrom })
      : rendered(source.name, options.to, report),
  );
  if (options.showValues && explanation.result !== undefined) terminal.out(shown(explanation.result));
  return explanation.refusal === undefined && unselected === undefined ? 0 : 1;
}

function misuse({ name, valueFrom, showValues, json }: ExplainOptions): string | undefined {
  if (name === undefined && valueFrom === undefined) return 'explain takes a secret, or --value-from a file';
  if (showValues && valueFrom === undefined) return '--show-values is for a file of your own, given with --value-from';
  return showValues && json ? '--show-values and --json exclude each other' : undefined;
}

const NAMELESS = 'steps with names are left out, since no secret is named: explain <name> --value-from <file>';

interface Report extends Explanation {
  readonly note?: string;
  /** Why the secret would not be replicated at all. */
  readonly unselected: string | undefined;
}

interface Source {
  readonly name: string;
  readonly account: string;
  readonly value: SecretValue;
}

/** The source, or what is wrong with the file that should hold its value. */
async function sourceOf(
  { name, valueFrom }: ExplainOptions,
  { config }: CompiledConfig,
  { clock: _clock, ...network }: LocalOptions,
): Promise<Source | string> {
  if (valueFrom !== undefined) {
    const value = fileValue(valueFrom);
    return typeof value === 'string' ? value : { name: name ?? 'example', account: NOWHERE, value };
  }
  const { region } = config.source;
  const store = new SecretsManagerStore(new Clients({ homeRegion: region, ...network }).secretsManager(region), region);
  const signal = AbortSignal.timeout(SIGNAL_MS);
  const description = await store.describe(name as SecretId, signal);
  if (description === undefined) throw new ReplicatorError('NotFound', `there is no secret ${name} in ${region}`);
  const { value } = await store.read(description.arn, signal);
  return { name: description.name, account: parseSecretArn(description.arn)?.account ?? NOWHERE, value };
}

/** Text where the bytes are UTF-8, and binary, as the service tells them apart, where they are not; or why there is none. */
function fileValue(path: string): SecretValue | string {
  const bytes = fileBytes(path);
  if (typeof bytes === 'string') return bytes;
  try {
    return new SecretValue(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    return new SecretValue(bytes);
  }
}

function fileBytes(path: string): Uint8Array | string {
  try {
    const bytes = readBytes(path, MAX_VALUE_BYTES);
    return bytes.length > 0 ? bytes : `${path} is empty; a secret holds at least one byte`;
  } catch (error) {
    if (!(error instanceof FileUnreadable)) throw error;
    return `${path} ${error.message}`;
  }
}

function told({ result, ...explanation }: Report): object {
  return { ...explanation, written: result !== undefined && explanation.unselected === undefined };
}

function rendered(source: string, destination: string, report: Report): string {
  const { replica, mode, digest, rules, inputBytes, outputBytes, changes, refusal, unselected, note } = report;
  const lines = [
    `${source} -> ${destination}: ${replica}`,
    `  rules      ${digest === undefined ? 'none apply' : `${mode}, digest ${digest}`}`,
  ];
  for (const { file, line, column, hits } of rules)
    lines.push(`  ${String(hits).padStart(4)} ${hits === 1 ? 'hit ' : 'hits'}  ${file}:${line}:${column}`);
  for (const { path, change } of changes ?? []) lines.push(`  ${change.padEnd(9)}  ${path}`);
  lines.push(`  size       ${inputBytes} -> ${outputBytes ?? 'nothing'} bytes`);
  lines.push(`  verdict    ${verdict(refusal, unselected)}`);
  if (note !== undefined) lines.push(`  note       ${note}`);
  return lines.join('\n');
}

function verdict(refusal: Explanation['refusal'], unselected: string | undefined): string {
  if (unselected !== undefined) return `not replicated: ${unselected}`;
  return refusal === undefined ? 'would be written' : `refused, ${refusal.code}: ${refusal.reason}`;
}

function shown(result: SecretValue): string {
  const value = result.reveal();
  return typeof value === 'string' ? value : `(${value.byteLength} bytes, binary)`;
}
