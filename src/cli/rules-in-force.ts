import { Clients } from '../aws/clients.js';
import { failureOf } from '../aws/failures.js';
import { configDigest } from '../core/config-digest.js';
import { asReplicatorError, type FailureCode } from '../core/failure.js';
import { MAX_RULES_BYTES } from '../core/rules-object.js';
import { compileDocument } from '../files/compiled-config.js';
import { loadConfigFile, type LoadedConfig } from '../files/config-file.js';
import { judgedRules } from '../function/judged-rules.js';
import { publishedObject } from '../function/published-rules.js';
import type { CompiledConfig } from '../transform/compile-checked.js';
import type { LocalOptions } from './local-function.js';
import type { Terminal } from './terminal.js';

export interface RulesFlags {
  /** The file. */
  readonly config: string;
  /** Address of the object to go by; false: by the file alone; undefined: by the object that the file names, if any. */
  readonly rulesObject?: string | false | undefined;
}

/** What a command goes by, and where it is from. */
export interface RulesInUse extends CompiledConfig {
  /** Undefined: no object is named, so there are no rules but the file's. */
  readonly rulesFrom: RulesFrom | undefined;
}

export type RulesFrom = ObjectSeen | { readonly file: string; readonly insteadOf: string };

export interface ObjectSeen {
  readonly object: string;
  readonly etag: string;
  /** ISO 8601; absent where S3 does not say. */
  readonly publishedAt?: string;
  /** It says what the file says. */
  readonly sameAsFile: boolean;
}

/** What an operator waits for. Milliseconds. */
const READ_MS = 30_000;

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The rules that the deployed function works with: the object's, where one is named, otherwise the file's. Rejects with
 * what to do where the object is not taken, since a verdict by other rules than those in force would be none.
 */
export async function rulesInForce(
  environment: Environment,
  { config: file, rulesObject }: RulesFlags,
  network: LocalOptions,
): Promise<RulesInUse> {
  const loaded = loadConfigFile(file);
  const named = loaded.config.rulesObject?.uri;
  const uri = rulesObject ?? named;
  if (uri === undefined) return { ...loaded, rulesFrom: undefined };
  if (uri === false) {
    return { ...loaded, rulesFrom: named === undefined ? undefined : { file, insteadOf: named } };
  }
  const alone = `--no-rules-object goes by ${file} alone`;
  const seen = await objectRules(environment, loaded, uri, network).catch((thrown: unknown) => {
    const { code, message, remedy } = asReplicatorError(thrown);
    const advice = ADVICE[code] ?? (remedy === 'again' ? 'try again' : undefined);
    throw new RulesNotTaken(`${uri}: ${code}: ${[message, advice, alone].filter(Boolean).join('; ')}`);
  });
  if (seen.refusal === undefined) return seen;
  const state = `if ${file} is what is deployed, the function goes on with the last good rules: publish right ones`;
  throw new RulesNotTaken(`${uri}: RulesRefused: ${seen.refusal}; ${state}; ${alone}`);
}

/** Which rules there are is not known. */
class RulesNotTaken extends Error {
  override readonly name = 'RulesNotTaken';
}

const ADVICE: Partial<Record<FailureCode, string>> = {
  NotFound: 'publish it',
  AccessDenied:
    'it takes s3:GetObject on it, and kms:Decrypt with its key; S3 may call an object forbidden that is not there',
};

/** Those of an object, or why the function would not take it. */
export type ObjectRules =
  (CompiledConfig & { readonly rulesFrom: ObjectSeen; readonly refusal?: undefined }) | { readonly refusal: string };

/** The object judged against the file as the function judges it against what was deployed. Rejects with ReplicatorError. */
export async function objectRules(
  environment: Environment,
  { config }: LoadedConfig,
  uri: string,
  { clock: _clock, ...network }: LocalOptions,
): Promise<ObjectRules> {
  const clients = new Clients({ homeRegion: config.source.region, ...network });
  const given = (name: string) => environment[name]?.trim() || undefined;
  const object = publishedObject({ uri, given }, { clients, failureOf });
  const read = await object.read(undefined, MAX_RULES_BYTES, AbortSignal.timeout(READ_MS));
  if (read.kind === 'same') throw new TypeError('no condition was set');
  const { etag, compiled, objection } = await judgedRules({ config, compile: compileDocument }, read);
  if (compiled === undefined) return { refusal: objection.reason };
  const modified = new Date(read.kind === 'found' ? (read.modified ?? '') : '');
  const rulesFrom = {
    object: uri,
    etag,
    ...(Number.isNaN(modified.getTime()) ? {} : { publishedAt: modified.toISOString() }),
    sameAsFile: configDigest(compiled.config) === configDigest(config),
  };
  return { ...compiled, rulesFrom };
}

/** One line for a person, where there was a choice. */
export function tellRules(terminal: Terminal, { rulesFrom }: RulesInUse, { config, json }: TellFlags): void {
  if (!json && rulesFrom !== undefined) terminal.out(whichRules(rulesFrom, config));
}

type TellFlags = Pick<RulesFlags, 'config'> & { readonly json: boolean };

function whichRules(from: RulesFrom, file: string): string {
  if ('file' in from) return `rules: ${file}, not ${from.insteadOf}`;
  return `rules: ${objectTold(from)}; ${from.sameAsFile ? 'the same as' : 'other than those of'} ${file}`;
}

export function objectTold({ object, etag, publishedAt }: ObjectSeen): string {
  return `${object}, ${publishedAt === undefined ? `ETag ${etag}` : `published ${publishedAt}`}`;
}
