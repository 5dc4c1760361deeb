import { asReplicatorError, type FailureCode } from '../core/failure.js';
import type { SecretValue } from '../core/secret-value.js';
import type { DestinationRules, RuleReport, TransformMode, TransformPlace } from '../core/transformed.js';
import { changedPaths, type PathChange } from './changed-paths.js';

/** What a destination's rules do to one value, told without the value. */
export interface Explanation {
  readonly replica: string;
  readonly mode: TransformMode;
  /** Of the rules that apply, for `undo --rules`; undefined: none do. */
  readonly digest: string | undefined;
  readonly rules: readonly RuleReport[];
  readonly inputBytes: number;
  /** Undefined where the rules gave no value. */
  readonly outputBytes: number | undefined;
  /** Key paths that differ; undefined where source or result is no JSON object or list. */
  readonly changes: readonly PathChange[] | undefined;
  /** Why nothing would be written: a contract that broke, a rule that failed; undefined if all is well. */
  readonly refusal: { readonly code: FailureCode; readonly reason: string } | undefined;
  /** For whoever may see it: the caller's own file, shown at the caller's own wish. */
  readonly result: SecretValue | undefined;
}

/** Runs the rules as a replication would. Throws nothing that a rule, a contract or a value causes. */
export function explain(
  rules: DestinationRules,
  place: Omit<TransformPlace, 'replicaName'>,
  value: SecretValue,
): Explanation {
  const base = { replica: '', mode: 'none' as TransformMode, digest: undefined, inputBytes: value.sizeBytes };
  try {
    const replica = rules.replicaName(place.sourceName);
    const bound = rules.bind({ ...place, replicaName: replica });
    return { ...base, replica, mode: bound.mode, digest: bound.digest, ...resultOf(() => bound.run(value), value) };
  } catch (thrown) {
    return { ...base, ...refused(thrown) };
  }
}

type Result = Pick<Explanation, 'rules' | 'outputBytes' | 'changes' | 'refusal' | 'result'>;

function resultOf(run: () => { value: SecretValue; rules: readonly RuleReport[] }, source: SecretValue): Result {
  try {
    const { value, rules } = run();
    const [before, after] = [source.reveal(), value.reveal()];
    const changes = typeof before === 'string' && typeof after === 'string' ? changedPaths(before, after) : undefined;
    return { rules, outputBytes: value.sizeBytes, changes, refusal: undefined, result: value };
  } catch (thrown) {
    return refused(thrown);
  }
}

function refused(thrown: unknown): Result {
  const { code, message } = asReplicatorError(thrown);
  const refusal = { code, reason: message };
  return { rules: [], outputBytes: undefined, changes: undefined, refusal, result: undefined };
}
