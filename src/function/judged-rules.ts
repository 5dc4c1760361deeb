import type { ObjectRead } from '../aws/published-object.js';
import { beyondRules, NOT_RULES } from '../core/beyond-rules.js';
import type { ConfigError } from '../core/config-issues.js';
import type { ReplicationConfig } from '../core/config.js';
import { asReplicatorError } from '../core/failure.js';
import { MAX_RULES_BYTES } from '../core/rules-object.js';
import type { CompiledConfig } from '../transform/compile-checked.js';

/** Issues of an object that are told; `secrets-replicator check` tells all of them. */
const MAX_ISSUES = 5;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** Why an object was not taken; of one that is wrong each issue with its place, and no text of a rule. */
export interface Objection {
  /** `RulesRefused` for what was read, otherwise why it could not be read. */
  readonly code: string;
  readonly reason: string;
  readonly etag?: string;
}

/** What became of an object that was read: its rules, or an objection. */
export type JudgedRules =
  | { readonly etag: string; readonly compiled: CompiledConfig; readonly objection?: undefined }
  | { readonly etag: string; readonly compiled?: undefined; readonly objection: Objection };

export interface JudgeDeps {
  /** As it was deployed. */
  readonly config: ReplicationConfig;
  /** Rejects with ConfigError. */
  readonly compile: (document: unknown) => Promise<CompiledConfig>;
}

/**
 * Whether an object may take the place of what was deployed: a compiled configuration, checked as one in a file is, that
 * differs in its rules and in nothing else. Never rejects.
 */
export async function judgedRules(deps: JudgeDeps, read: Exclude<ObjectRead, { kind: 'same' }>): Promise<JudgedRules> {
  const { etag } = read;
  const refuse = (reason: string): JudgedRules => ({ etag, objection: { code: 'RulesRefused', reason, etag } });
  if (read.kind === 'too-large') return refuse(`the object has more than ${MAX_RULES_BYTES} bytes`);
  try {
    const compiled = await compiledFrom(deps, read.bytes);
    return typeof compiled === 'string' ? refuse(compiled) : { etag, compiled };
  } catch (thrown) {
    return refuse(asReplicatorError(thrown).message);
  }
}

/** Or what is wrong. */
async function compiledFrom({ config, compile }: JudgeDeps, bytes: Uint8Array): Promise<CompiledConfig | string> {
  const document = documentIn(bytes);
  if (document === undefined) return 'the object is not JSON in UTF-8';
  try {
    const compiled = await compile(document);
    const places = beyondRules(config, compiled.config);
    return places.length === 0 ? compiled : `${places.join(', ')} ${places.length === 1 ? 'is' : 'are'} ${NOT_RULES}`;
  } catch (thrown) {
    if (isConfigError(thrown)) return told(thrown);
    throw thrown;
  }
}

/** Told by its name: the class itself would be a file of its own at every start. */
function isConfigError(thrown: unknown): thrown is ConfigError {
  return thrown instanceof Error && thrown.name === 'ConfigError';
}

/** The engine's own message would quote the text. */
function documentIn(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(UTF8.decode(bytes));
  } catch {
    return undefined;
  }
}

function told({ issues }: ConfigError): string {
  const lines = issues.map(({ message, script }) =>
    script === undefined ? message : `${message} (line ${script.line}, column ${script.column} of the script)`,
  );
  const rest = lines.length > MAX_ISSUES ? [`and ${lines.length - MAX_ISSUES} more`] : [];
  return [...lines.slice(0, MAX_ISSUES), ...rest].join('; ');
}
